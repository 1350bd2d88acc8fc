import { formatCount, formatShare } from './format';
import { measureOf, objectTotalOf } from './measure';
import type { Problem } from './problem';
import { FrameKind, type Profile } from './profile';
import { repeatedFrames } from './repeatedFrames';

/** Intervals for object mode that do not fall in step with loops; the capture kit uses the same. */
export const SAFE_INTERVALS: readonly number[] = [53, 97, 499, 1999];

/**
 * What the numbers of a profile cannot be trusted for, in the order a reader needs it. The decoder reports damage; this
 * reports limits of an intact recording. Messages are one sentence in English with English digit grouping.
 */
export function numberProblems(profile: Profile): Problem[] {
  const problems: Problem[] = [];
  const add = (problem: Problem | null): void => {
    if (problem !== null) problems.push(problem);
  };
  add(unknownMode(profile));
  add(empty(profile));
  add(roundInterval(profile));
  add(inexactTotal(profile));
  add(missedSamples(profile));
  if (profile.samples > 0) {
    add(noStacks(profile));
    add(noLines(profile));
    add(inflatedLines(profile));
  }
  return problems;
}

function unknownMode(profile: Profile): Problem | null {
  const { mode, interval } = profile;
  if (mode === 'unknown') {
    return {
      code: 'unknown-mode',
      message: 'The profile does not say what it sampled (mode): figures are bare samples, not objects or time.',
    };
  }
  if (interval !== null || mode === 'custom') return null;
  return {
    code: 'unknown-mode',
    message: `The profile has no interval: ${measureOf(profile).unit === 'samples' ? 'figures are bare samples' : 'objects are estimated from its event counter'}.`,
  };
}

function empty(profile: Profile): Problem | null {
  if (profile.samples > 0) return null;
  const interval = profile.interval ?? 1;
  const hint =
    profile.mode === 'object' && interval > 1
      ? `fewer than ${formatCount(interval)} objects were allocated while recording; use a smaller interval or record longer`
      : 'nothing ran while recording';
  return { code: 'empty', message: `The profile has no samples: ${hint}.` };
}

function roundInterval({ mode, interval, samples }: Profile): Problem | null {
  if (mode !== 'object' || samples === 0 || interval === null || !fallsInStep(interval)) return null;
  return {
    code: 'round-interval',
    message: `Captured at interval ${formatCount(interval)}: lines in tight loops can be over- or under-counted; capture at ${formatCount(safeIntervalNear(interval))}.`,
  };
}

/**
 * True when sampling every Nth allocation can lock onto a loop: one that makes k objects a row is sampled at the same
 * place every time when k and N share a factor. A prime leaves only the loops of N, 2N, ... objects; 2 and 5 are prime
 * yet divide most row sizes that people write.
 */
export function fallsInStep(interval: number): boolean {
  if (interval <= 1) return false;
  if (interval === 2 || interval === 5) return true;
  // StackProf takes intervals below a million; a factor above 1,000 would not matter anyway.
  for (let factor = 2; factor <= 1000 && factor * factor <= interval; factor++) {
    if (interval % factor === 0) return true;
  }
  return false;
}

/** The recommended interval closest to one that was used. */
export function safeIntervalNear(interval: number): number {
  return SAFE_INTERVALS.reduce((best, each) => (Math.abs(each - interval) < Math.abs(best - interval) ? each : best));
}

function inexactTotal(profile: Profile): Problem | null {
  const { mode, interval, samples, missedSamples } = profile;
  if (mode !== 'object' || interval === null) return null;
  const counted = formatCount(samples + missedSamples);
  const multiplied = `${formatCount(samples)} samples x interval ${formatCount(interval)}`;
  switch (objectTotalOf(profile)) {
    case 'event-counter':
      return {
        code: 'inexact-total',
        message: `The file counted ${counted} allocations, which does not fit ${multiplied}: several runs or processes in one recording; the file's count is shown, figures per line are estimates.`,
      };
    case 'multiplied':
      return {
        code: 'inexact-total',
        message: `The file's count of allocations (${counted}) does not fit ${multiplied}: the total is the estimate samples x interval.`,
      };
    default:
      return null;
  }
}

function missedSamples({ mode, samples, missedSamples: missed }: Profile): Problem | null {
  if (mode === 'object' || missed <= 0) return null;
  return {
    code: 'missed-samples',
    message: `${formatCount(missed)} of ${formatCount(samples + missed)} samples (${formatShare(missed / (samples + missed))}) ${missed === 1 ? 'was' : 'were'} lost while recording: totals are too low by about that share.`,
  };
}

function noStacks({ detail }: Profile): Problem | null {
  if (detail !== 'aggregate') return null;
  return {
    code: 'no-stacks',
    message:
      'The profile has no stacks, only sums per method: callers, flame graph and what is charged through calls are approximate; record with raw: true.',
  };
}

function noLines({ detail, frameLines }: Profile): Problem | null {
  if (frameLines.line.length === 0 && detail !== 'raw_lines') {
    return {
      code: 'no-lines',
      message: 'The profile has no line numbers (recorded with aggregate: false): only methods can be shown.',
    };
  }
  if (detail !== 'raw') return null;
  return {
    code: 'no-lines',
    message:
      'The stacks have no line numbers: what a line allocates through calls is an estimate; record with StackProf 0.2.26 or newer.',
  };
}

function inflatedLines(profile: Profile): Problem | null {
  const { detail, frameLines, frames } = profile;
  if (detail === 'raw_lines' || frameLines.line.length === 0) return null;
  const repeated = repeatedFrames(profile);
  const inflated = repeated.some((mark, frame) => mark === 1 && frames.kind[frame] !== FrameKind.C);
  if (!inflated) return null;
  return {
    code: 'inflated-lines',
    message:
      "StackProf's line totals count recursion and blocks once per appearance: line totals are clamped to their method's and are upper bounds.",
  };
}
