import type { Problem } from '../problem';
import { FrameKind, type Profile, type StackTable } from '../profile';

/** The file's own figures per row of the frame table, added up over the gem frames that share it. */
export interface FileFigures {
  readonly self: number[];
  readonly total: number[];
  /** Gem frames that share the row. */
  readonly ids: number[];
  /** Frames without figures. */
  missing: number;
  /** Frames whose samples by line do not add up to their samples. */
  unequalLines: number;
}

export interface FileFacts {
  /** The header's samples, null when absent. */
  readonly samples: number | null;
  readonly timestamps: number | null;
  readonly isMerged: boolean;
  /** Not all stacks were read: their sums cannot agree with the file's. */
  readonly isPartial: boolean;
  readonly unknownFrames: boolean;
  /** Figures that are no counts, edges that lead nowhere. */
  readonly oddFigures: number;
}

/** An allocation in a thread that has no frame yet is counted without a stack; more than this share of them is not normal. */
const MAX_STACKLESS_SHARE = 0.1;
const MIN_STACKLESS_SAMPLES = 16;

/**
 * Compares what the stacks add up to with the file's own sums, which StackProf counts separately: a damaged dump that
 * still reads as one shows here. Seen in sound files, and hence not reported: samples without a stack, totals per
 * appearance (before StackProf 0.2.12), samples lost by StackProf's merge.
 */
export function checkAgainstFile(profile: Profile, figures: FileFigures, facts: FileFacts): Problem[] {
  const found: string[] = [];
  if (facts.unknownFrames) found.push('stacks name frames that the table of frames does not have');
  if (facts.oddFigures > 0)
    found.push(`${facts.oddFigures.toLocaleString('en')} figures are not counts or lead nowhere`);
  if (facts.samples === null) found.push('the number of samples is missing');
  if (figures.unequalLines > 0) found.push(`${methods(figures.unequalLines)} other samples by line than in all`);
  if (!facts.isPartial) {
    const weight = profile.detail === 'aggregate' ? sum(figures.self) : weightOf(profile.stacks);
    if (!facts.isMerged) found.push(...samplesAgainst(profile, facts, weight));
    if (profile.detail === 'aggregate') found.push(...selfAboveTotal(figures));
    else if (figures.missing === 0) found.push(...framesAgainstStacks(profile, figures));
    if (facts.timestamps !== null && profile.detail !== 'aggregate' && facts.timestamps !== weight) {
      found.push(
        `there are ${facts.timestamps.toLocaleString('en')} timestamps for ${weight.toLocaleString('en')} samples`,
      );
    }
  }
  if (found.length === 0) return [];
  const message = `The file contradicts itself: ${found.join('; ')}. It may be damaged; do not trust its numbers.`;
  return [{ code: 'inconsistent', message }];
}

function samplesAgainst(profile: Profile, facts: FileFacts, weight: number): string[] {
  if (facts.samples === null) return [];
  if (facts.samples < weight) {
    return [`it announces ${facts.samples.toLocaleString('en')} samples and holds ${weight.toLocaleString('en')}`];
  }
  // Up to StackProf 0.2.10 garbage collection was only a counter, without frames.
  const gc = profile.frames.kind.includes(FrameKind.Gc) ? 0 : profile.gcSamples;
  const stackless = facts.samples - weight - gc;
  if (stackless <= Math.max(MIN_STACKLESS_SAMPLES, facts.samples * MAX_STACKLESS_SHARE)) return [];
  return [`it announces ${facts.samples.toLocaleString('en')} samples, but holds only ${weight.toLocaleString('en')}`];
}

function selfAboveTotal(figures: FileFigures): string[] {
  let rows = 0;
  for (let row = 0; row < figures.self.length; row++) if (figures.self[row]! > figures.total[row]!) rows++;
  return rows === 0 ? [] : [`${methods(rows)} a total below the samples of their own`];
}

function framesAgainstStacks(profile: Profile, figures: FileFigures): string[] {
  const { frames, stacks } = profile;
  let appearances: Float64Array | null = null;
  let rows = 0;
  for (let row = 0; row < figures.self.length; row++) {
    const total = figures.total[row]!;
    const counted = frames.total[row]!;
    let totalFits = total === counted;
    if (!totalFits && total > counted) {
      appearances ??= appearancesOf(stacks, frames.length);
      // Several gem frames of one row on one stack count several times in their sum.
      totalFits = figures.ids[row]! > 1 ? total <= appearances[row]! : total === appearances[row];
    }
    if (figures.self[row] !== frames.self[row] || !totalFits) rows++;
  }
  return rows === 0 ? [] : [`${methods(rows)} other figures in the table of frames than in the stacks`];
}

function appearancesOf(stacks: StackTable, frames: number): Float64Array {
  const appearances = new Float64Array(frames);
  for (let node = 0; node < stacks.length; node++) appearances[stacks.frame[node]!]! += stacks.total[node]!;
  return appearances;
}

function methods(rows: number): string {
  return rows === 1 ? '1 method has' : `${rows.toLocaleString('en')} methods have`;
}

function weightOf(stacks: StackTable): number {
  let weight = 0;
  for (let node = 0; node < stacks.length; node = stacks.subtreeEnd[node]!) weight += stacks.total[node]!;
  return weight;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
