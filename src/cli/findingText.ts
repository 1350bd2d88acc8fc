import type { Finding } from '../findings/judge';
import { assertNever } from '../profile/assertNever';
import { formatCount } from '../profile/format';
import type { Gain } from '../ruby/pattern';

/**
 * The gain as outputs for programs name it: one of three, for the readers there are. What saves nothing is as little to be seen
 * in a new profile as a lower peak, and has no saved objects.
 */
export function gainName(gain: Gain): 'objects' | 'bytes' | 'peak' {
  return gain === 'none' ? 'peak' : gain;
}

/** What the rewrite of a finding gains, in a few words: `≈1,234 objects`, `lower peak`. */
export function gainPhrase({ gain, savedObjects }: Finding): string {
  switch (gain) {
    case 'objects':
      return savedObjects === null ? 'fewer objects' : `≈${formatCount(Math.round(savedObjects))} objects`;
    case 'bytes':
      return 'fewer bytes';
    case 'peak':
      return 'lower peak';
    case 'none':
      return 'saves no objects';
    default:
      return assertNever(gain);
  }
}
