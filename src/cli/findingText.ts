import type { Finding } from '../findings/judge';
import { assertNever } from '../profile/assertNever';
import { formatCount } from '../profile/format';

/** What the rewrite of a finding gains, in a few words: `≈1,234 objects`, `lower peak`. */
export function gainPhrase({ gain, savedObjects }: Finding): string {
  switch (gain) {
    case 'objects':
      return savedObjects === null ? 'fewer objects' : `≈${formatCount(Math.round(savedObjects))} objects`;
    case 'bytes':
      return 'fewer bytes';
    case 'peak':
      return 'lower peak';
    default:
      return assertNever(gain);
  }
}
