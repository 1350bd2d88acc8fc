import { assertNever } from './assertNever';
import type { Problem } from './problem';
import type { Profile } from './profile';

/** The unit of a profile's weights and how samples become it. */
export interface Measure {
  /** Objects allocated; microseconds of wall or CPU time; or bare samples (custom). */
  readonly unit: 'objects' | 'microseconds' | 'samples';
  /** The whole profile in that unit. */
  readonly total: number;
  /** True when `total` is a count, not samples x interval. */
  readonly exact: boolean;
  /** Unit per sample; figures below the total are samples x this, hence estimates unless it is exactly 1. */
  readonly perSample: number;
}

type Header = Pick<Profile, 'mode' | 'interval' | 'samples' | 'missedSamples'> & Partial<Pick<Profile, 'runs'>>;

/**
 * What the samples of a profile stand for.
 *
 * StackProf's object mode counts every allocation and takes every Nth, so samples + missed_samples is the number of
 * objects allocated, and missed_samples is not loss
 * (https://github.com/tmm1/stackprof/blob/master/ext/stackprof/stackprof.c, `stackprof_newobj_handler`).
 */
export function measureOf(profile: Header): Measure {
  const { mode, interval, samples } = profile;
  switch (mode) {
    case 'object':
      return objectMeasure(profile);
    case 'wall':
    case 'cpu':
      if (interval === null) return sampleMeasure(samples);
      return { unit: 'microseconds', total: samples * interval, exact: false, perSample: interval };
    case 'custom':
    case 'unknown':
      return sampleMeasure(samples);
    default:
      return assertNever(mode);
  }
}

/** Problems of a file after which none of its figures may be called exact. */
const untrusted: ReadonlySet<Problem['code']> = new Set(['inconsistent', 'corrupt', 'truncated']);

/** `measureOf`, not exact where the file contradicts itself, is damaged or ends early. */
export function trustedMeasure(profile: Header, problems: readonly Problem[]): Measure {
  const measure = measureOf(profile);
  return problems.some(({ code }) => untrusted.has(code)) ? { ...measure, exact: false } : measure;
}

/** Where an object profile's total comes from; `problems.ts` says it in words. */
export type ObjectTotal =
  /** samples + missed_samples fits the interval: a count. */
  | 'counted'
  /** It does not fit, yet many events were not sampled: runs with several intervals, or several processes, in one file. */
  | 'event-counter'
  /** missed_samples is no event counter here: samples x interval. */
  | 'multiplied'
  /** Neither an interval nor an event counter. */
  | 'unknown';

/** How the total of an object profile is known. */
export function objectTotalOf(profile: Header): ObjectTotal {
  const { interval, samples, missedSamples, runs = 1 } = profile;
  const events = samples + missedSamples;
  if (interval !== null && Math.abs(samples * interval - events) < interval * runs) return 'counted';
  // Every `start` overwrites the interval while the counters go on, and a merge adds up the remainders of every process,
  // so only the counters know what happened. A counter of events that were *lost* would be tiny against the samples.
  if (samples > 0 && missedSamples * 10 >= samples) return 'event-counter';
  return interval === null ? 'unknown' : 'multiplied';
}

function objectMeasure(profile: Header): Measure {
  const { interval, samples, missedSamples } = profile;
  const events = samples + missedSamples;
  const known = objectTotalOf(profile);
  switch (known) {
    case 'counted':
      return {
        unit: 'objects',
        total: events,
        exact: true,
        perSample: samples > 0 ? events / samples : (interval ?? 1),
      };
    case 'event-counter':
      return { unit: 'objects', total: events, exact: false, perSample: events / samples };
    case 'multiplied':
      return { unit: 'objects', total: samples * (interval ?? 1), exact: false, perSample: interval ?? 1 };
    case 'unknown':
      return sampleMeasure(samples);
    default:
      return assertNever(known);
  }
}

function sampleMeasure(samples: number): Measure {
  return { unit: 'samples', total: samples, exact: true, perSample: 1 };
}
