import { isChargeable } from './chargedFrames';
import { FloatColumn, IntColumn } from './column';
import type { LineColumns } from './lineIndex';
import { isLineOfFile, LineRows, reordered } from './lineRows';
import { type FrameIndex, FrameKind, type Profile, type StackIndex } from './profile';
import { walkStacks } from './walkStacks';

/** The lines of a profile whose stacks know the line of every frame (`raw_lines`): everything is a count. */
export function linesFromStacks(profile: Profile, origin: Uint8Array): LineColumns {
  const { stacks, frames } = profile;
  const rows = new LineRows();
  const through = new FloatColumn();
  const ownRecorded = new FloatColumn();
  const ownCaller = new FloatColumn();
  const ownMine = new FloatColumn();
  // The end of the outermost subtree of each line so far: inside it the line's samples are counted already.
  const outermostEnd = new IntColumn();
  const rowOf = (frame: FrameIndex, at: number): number => {
    const row = rows.rowOf(frames.file[frame]!, at);
    if (row < outermostEnd.length) return row;
    for (const column of [through, ownRecorded, ownCaller, ownMine, outermostEnd]) column.push(0);
    return row;
  };
  // Who answers at each depth of the stack at hand.
  const callers: number[] = [];
  const mines: number[] = [];
  walkStacks(stacks, (node, depth) => {
    const frame = stacks.frame[node]!;
    let caller = depth === 0 ? -1 : callers[depth - 1]!;
    let mine = depth === 0 ? -1 : mines[depth - 1]!;
    const self = stacks.self[node]!;
    if (hasLine(profile, node)) {
      const row = rowOf(frame, stacks.line[node]!);
      const kind = frames.kind[frame]!;
      const from = origin[frames.file[frame]!]!;
      if (isChargeable(kind, from, 'caller')) caller = row;
      if (isChargeable(kind, from, 'mine')) mine = row;
      ownRecorded.values[row]! += self;
      if (node >= outermostEnd.values[row]!) {
        outermostEnd.values[row] = stacks.subtreeEnd[node]!;
        through.values[row]! += stacks.total[node]!;
      }
    }
    callers[depth] = caller;
    mines[depth] = mine;
    if (self === 0) return;
    if (caller >= 0) ownCaller.values[caller]! += self;
    if (mine >= 0) ownMine.values[mine]! += self;
  });
  const { file, line, order } = rows.sorted();
  return {
    length: rows.length,
    file,
    line,
    through: reordered(through.values, order),
    ownRecorded: reordered(ownRecorded.values, order),
    ownCaller: reordered(ownCaller.values, order),
    ownMine: reordered(ownMine.values, order),
    callerCertainty: new Uint8Array(rows.length),
    mineCertainty: new Uint8Array(rows.length),
    throughCertainty: new Uint8Array(rows.length),
  };
}

/** Whether a stack node is at a line of its frame's file. */
export function hasLine(profile: Profile, node: StackIndex): boolean {
  const { stacks, frames } = profile;
  const frame = stacks.frame[node]!;
  return isLineOfFile(profile, frame, stacks.line[node]!) && frames.kind[frame] !== FrameKind.C;
}
