import { callWeights } from './callWeights';
import { chargeableFrames, chargeTo } from './chargedFrames';
import { BOUND, ESTIMATE, type Lens } from './lens';
import type { LineColumns } from './lineIndex';
import { isLineOfFile, LineRows, reordered } from './lineRows';
import { passedSamples } from './passedSamples';
import type { FrameIndex, Profile } from './profile';
import { repeatedFrames } from './repeatedFrames';

/**
 * The lines of a profile without lines in its stacks (`raw`, `aggregate`), from StackProf's sums per frame and line.
 *
 *   through     the sum, at most the frame's total: the sum counts a frame twice where it stands twice on a stack
 *   ownRecorded StackProf's self, exact
 *   ownCaller   self plus a share of what the frame is charged with for its callees, which the frame's lines divide by
 *   ownMine     `callWeights`, each up to its `through`
 */
export function linesFromSums(profile: Profile, origin: Uint8Array): LineColumns {
  const { frames, frameLines } = profile;
  const sums = frameLines.line.length;
  const rows = new LineRows();
  const rowOfSum = new Int32Array(sums).fill(-1);
  for (let frame = 0; frame < frames.length; frame++) {
    for (let sum = frameLines.offset[frame]!; sum < frameLines.offset[frame + 1]!; sum++) {
      const line = frameLines.line[sum]!;
      if (isLineOfFile(profile, frame, line)) rowOfSum[sum] = rows.rowOf(frames.file[frame]!, line);
    }
  }
  const length = rows.length;
  const through = new Float64Array(length);
  const throughCertainty = new Uint8Array(length);
  const ownRecorded = new Float64Array(length);
  const framesOfRow = new Uint8Array(length);
  const limits = new Float64Array(sums);
  const repeated = repeatedFrames(profile);
  for (let frame = 0; frame < frames.length; frame++) {
    for (let sum = frameLines.offset[frame]!; sum < frameLines.offset[frame + 1]!; sum++) {
      const row = rowOfSum[sum]!;
      if (row < 0) continue;
      const self = frameLines.self[sum]!;
      limits[sum] = Math.max(self, Math.min(frameLines.total[sum]!, frames.total[frame]!));
      ownRecorded[row]! += self;
      through[row] = Math.min(profile.samples, through[row]! + limits[sum]!);
      // Two frames on one line may stand on one stack: their samples cannot be added up surely.
      const onlyLine =
        frameLines.offset[frame + 1]! - frameLines.offset[frame]! === 1 && limits[sum] === frames.total[frame];
      if (framesOfRow[row]! > 0 || (repeated[frame] === 1 && !onlyLine)) throughCertainty[row] = BOUND;
      framesOfRow[row] = 1;
    }
  }

  const chargedLines = (lens: Lens): { own: Float64Array; certainty: Uint8Array } => {
    const own = new Float64Array(length);
    const certainty = new Uint8Array(length);
    const chargeable = chargeableFrames(profile, lens, origin);
    const charge = chargeTo(profile, chargeable);
    const passed = passedSamples(profile, chargeable);
    for (let frame = 0; frame < frames.length; frame++) {
      if (chargeable[frame] === 0) continue;
      const shares = divideAmongLines(profile, frame, charge.own[frame]!, passed.of(frame), rowOfSum, limits);
      const sure = isSure(shares, charge.exact);
      for (const { sum, share } of shares) {
        const row = rowOfSum[sum]!;
        own[row]! += frameLines.self[sum]! + share;
        if (!sure) certainty[row] = ESTIMATE;
      }
    }
    return { own, certainty };
  };
  const caller = chargedLines('caller');
  const mine = chargedLines('mine');

  const { file, line, order } = rows.sorted();
  return {
    length,
    file,
    line,
    through: reordered(through, order),
    ownRecorded: reordered(ownRecorded, order),
    ownCaller: reordered(caller.own, order),
    ownMine: reordered(mine.own, order),
    callerCertainty: reordered(caller.certainty, order),
    mineCertainty: reordered(mine.certainty, order),
    throughCertainty: reordered(throughCertainty, order),
  };
}

interface LineShare {
  /** Row of `frameLines`. */
  readonly sum: number;
  /** Whether samples pass through the line to a callee at all. */
  readonly calls: boolean;
  /** The weight it divides by, and no more than `room` of it. */
  weight: number;
  readonly room: number;
  /** Samples given to the line on top of its self. */
  share: number;
}

/** Divides what a frame is charged with beyond its lines' own self among its lines. */
function divideAmongLines(
  { frames, frameLines }: Profile,
  frame: FrameIndex,
  charged: number,
  passed: readonly number[],
  rowOfSum: Int32Array,
  limits: Float64Array,
): LineShare[] {
  const shares: LineShare[] = [];
  const total: number[] = [];
  const self: number[] = [];
  let left = charged;
  for (let sum = frameLines.offset[frame]!; sum < frameLines.offset[frame + 1]!; sum++) {
    if (rowOfSum[sum]! < 0) continue;
    total.push(frameLines.total[sum]!);
    self.push(frameLines.self[sum]!);
    left -= frameLines.self[sum]!;
    const calls = frameLines.total[sum]! > frameLines.self[sum]!;
    shares.push({ sum, calls, weight: 0, room: limits[sum]! - frameLines.self[sum]!, share: 0 });
  }
  if (left <= 1e-9) return shares;
  const weights = callWeights({ total, self }, frames.total[frame]!, passed);
  for (let at = 0; at < shares.length; at++) shares[at]!.weight = weights[at]!;
  left = fill(shares, left);
  // Guesses leave no room where they are wrong: what is charged for certain goes by plain sums then.
  for (let at = 0; at < shares.length; at++) shares[at]!.weight = total[at]! - self[at]!;
  fill(shares, left);
  return shares;
}

/** Gives `left` samples to lines by weight, none more than its room, and answers what found no room. */
function fill(shares: readonly LineShare[], left: number): number {
  const open = shares.filter((line) => line.weight > 0 && line.room > line.share);
  // A line that is full hands the rest on to the others: those that fill first go first.
  open.sort((a, b) => (a.room - a.share) / a.weight - (b.room - b.share) / b.weight);
  let weight = open.reduce((sum, line) => sum + line.weight, 0);
  for (const line of open) {
    const share = Math.min(line.room - line.share, Math.max(0, left) * (line.weight / weight));
    line.share += share;
    left -= share;
    weight -= line.weight;
  }
  return left;
}

/** True when a frame's lines got what is theirs for certain: nothing to divide, or one line to take it. */
function isSure(shares: readonly LineShare[], exactCharge: boolean): boolean {
  const calling = shares.filter((line) => line.calls);
  if (calling.length === 0) return true;
  if (!exactCharge) return false;
  return calling.length === 1 || shares.every((line) => line.share === 0);
}
