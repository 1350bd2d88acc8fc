import { callWeights } from './callWeights';
import { chargeableFrames, chargeTo } from './chargedFrames';
import { type FrameCall, frameCalls } from './frameCalls';
import { BOUND, ESTIMATE, type Lens } from './lens';
import type { LineColumns } from './lineIndex';
import { isLineOfFile, LineRows, reordered } from './lineRows';
import type { FrameIndex, Profile } from './profile';
import { repeatedFrames } from './repeatedFrames';

/**
 * The lines of a profile without lines in its stacks (`raw`, `aggregate`), from StackProf's sums per frame and line.
 *
 *   through     the sum, at most the frame's total: the sum counts a frame twice where it stands twice on a stack
 *   ownRecorded StackProf's self, exact
 *   ownCaller   self plus a share of what the frame is charged with for its callees, which the frame's lines divide by
 *   ownMine     likewise
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
    if (!chargeable.includes(1)) return { own, certainty };
    const charge = chargeTo(profile, chargeable);
    const calls = frameCalls(profile, chargeable);
    for (let frame = 0; frame < frames.length; frame++) {
      if (chargeable[frame] === 0) continue;
      const first = frameLines.offset[frame]!;
      const shares = divideAmongLines(profile, frame, charge.own[frame]!, calls.of(frame), rowOfSum, limits);
      const sure = isSure(profile, frame, shares, rowOfSum, charge.exact);
      for (let at = 0; at < shares.length; at++) {
        const row = rowOfSum[first + at]!;
        if (row < 0) continue;
        own[row]! += frameLines.self[first + at]! + shares[at]!;
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

/**
 * Divides what a frame is charged with beyond its lines' own self among its lines: samples per row of `frameLines` from
 * the frame's first. Rows that are no line of the file get nothing.
 */
function divideAmongLines(
  { frameLines }: Profile,
  frame: FrameIndex,
  charged: number,
  calls: readonly FrameCall[],
  rowOfSum: Int32Array,
  limits: Float64Array,
): Float64Array {
  const first = frameLines.offset[frame]!;
  const lines = frameLines.offset[frame + 1]! - first;
  const lineCalls = new Float64Array(lines);
  const room = new Float64Array(lines);
  let left = charged;
  for (let at = 0; at < lines; at++) {
    const self = frameLines.self[first + at]!;
    lineCalls[at] = Math.max(0, frameLines.total[first + at]! - self);
    if (rowOfSum[first + at]! < 0) continue;
    room[at] = limits[first + at]! - self;
    left -= self;
  }
  const shares = new Float64Array(lines);
  if (left <= 1e-9) return shares;
  left = fill(shares, room, callWeights(lineCalls, calls), left);
  // What found no room by its callee goes by plain sums: it is charged for certain.
  if (left > 1e-9) fill(shares, room, lineCalls, left);
  return shares;
}

/** Adds `left` samples to `shares` by weight, none above its room, and answers what found no room. */
function fill(shares: Float64Array, room: Float64Array, weights: Float64Array, left: number): number {
  let sum = 0;
  for (let at = 0; at < shares.length; at++) if (room[at]! > shares[at]!) sum += Math.max(0, weights[at]!);
  if (sum <= 0) return left;
  const open = Array.from(shares.keys()).filter((at) => weights[at]! > 0 && room[at]! > shares[at]!);
  // A line that is full hands the rest on to the others: those that fill first go first.
  const fits = open.every((at) => left * (weights[at]! / sum) <= room[at]! - shares[at]!);
  const fillsAt = (at: number): number => (room[at]! - shares[at]!) / weights[at]!;
  if (!fits) open.sort((a, b) => fillsAt(a) - fillsAt(b));
  for (const at of open) {
    const share = Math.min(room[at]! - shares[at]!, Math.max(0, left) * (weights[at]! / sum));
    shares[at]! += share;
    left -= share;
    sum -= weights[at]!;
  }
  return left;
}

/** True when a frame's lines got what is theirs for certain: nothing to divide, or one line to take it. */
function isSure(
  { frameLines }: Profile,
  frame: FrameIndex,
  shares: Float64Array,
  rowOfSum: Int32Array,
  exactCharge: boolean,
): boolean {
  const first = frameLines.offset[frame]!;
  let calling = 0;
  for (let at = 0; at < shares.length; at++) {
    if (rowOfSum[first + at]! >= 0 && frameLines.total[first + at]! > frameLines.self[first + at]!) calling++;
  }
  if (calling === 0) return true;
  return exactCharge && (calling === 1 || shares.every((share) => share === 0));
}
