/** How the editor words figures; every one with its unit, its base and how sure it is. */

import type { Finding } from '../findings/judge';
import { assertNever } from '../profile/assertNever';
import { formatCount, formatObjects, formatObjectsShort, formatShare } from '../profile/format';
import type { Certainty } from '../profile/lens';
import type { Measure } from '../profile/measure';
import type { ProfileMode } from '../profile/profile';

/** `≈229 k objects`, `at most 229 k objects`, `≈120 ms`. */
export function shortAmount(measure: Measure, samples: number, certainty: Certainty, locale: string): string {
  return qualified(formatObjectsShort(measure, samples, locale), certainty);
}

/** `≈228,882 objects`, with all digits. */
export function fullAmount(measure: Measure, samples: number, certainty: Certainty, locale: string): string {
  return qualified(formatObjects(measure, samples, locale), certainty);
}

/** `6.1 %` of all samples. */
export function shareOf(samples: number, all: number, locale: string): string {
  return formatShare(all > 0 ? samples / all : 0, locale);
}

/** `1,234 samples`. */
export function sampleCount(samples: number, locale: string): string {
  return `${formatCount(samples, locale)} ${Math.round(samples) === 1 ? 'sample' : 'samples'}`;
}

/** What a rewrite gains: `saves ≈12 k objects`. Gains that object mode does not count are said to be invisible to it. */
export function savingPhrase(
  { gain, savedObjects }: Pick<Finding, 'gain' | 'savedObjects'>,
  measure: Measure,
  locale: string,
): string {
  switch (gain) {
    case 'objects': {
      if (savedObjects === null) return 'fewer objects';
      return `saves ${shortAmount(measure, savedObjects / measure.perSample, 'estimate', locale)}`;
    }
    case 'bytes':
      return 'fewer bytes: a new profile will not show it';
    case 'peak':
      return 'lower peak: a new profile will not show it';
    case 'none':
      return 'saves no objects';
    default:
      return assertNever(gain);
  }
}

/** What the profile's figures are a share of. */
export function baseOf(mode: ProfileMode): string {
  switch (mode) {
    case 'object':
      return 'all objects allocated while recording';
    case 'wall':
      return 'all wall time sampled';
    case 'cpu':
      return 'all CPU time sampled';
    case 'custom':
    case 'unknown':
      return 'all samples';
    default:
      return assertNever(mode);
  }
}

/** What was done with the amount: `allocated`, `spent`. */
export function verbOf(mode: ProfileMode): string {
  switch (mode) {
    case 'object':
      return 'allocated';
    case 'wall':
    case 'cpu':
      return 'spent';
    case 'custom':
    case 'unknown':
      return 'sampled';
    default:
      return assertNever(mode);
  }
}

function qualified(amount: string, certainty: Certainty): string {
  const bare = amount.startsWith('≈') ? amount.slice(1) : amount;
  switch (certainty) {
    case 'bound':
      return `at most ${bare}`;
    case 'estimate':
      return `≈${bare}`;
    case 'exact':
      return amount;
    default:
      return assertNever(certainty);
  }
}
