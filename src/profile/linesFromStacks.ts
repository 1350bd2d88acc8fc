import { isChargeable } from './chargedFrames';
import type { LineColumns } from './lineIndex';
import { isLineOfFile, LineRows, reordered } from './lineRows';
import { FrameKind, type Profile } from './profile';

/** The lines of a profile whose stacks know the line of every frame (`raw_lines`): everything is a count. */
export function linesFromStacks(profile: Profile, origin: Uint8Array): LineColumns {
  const { stacks, frames } = profile;
  const rows = new LineRows();
  const rowOfNode = nodeRows(profile, (frame, line) => rows.rowOf(frames.file[frame]!, line));
  const length = rows.length;
  const through = new Float64Array(length);
  const ownRecorded = new Float64Array(length);
  const ownCaller = new Float64Array(length);
  const ownMine = new Float64Array(length);
  // The end of the outermost subtree of each line so far: inside it the line's samples are counted already.
  const outermostEnd = new Int32Array(length);
  const callerAnswers = new Int32Array(stacks.length);
  const mineAnswers = new Int32Array(stacks.length);
  for (let node = 0; node < stacks.length; node++) {
    const parent = stacks.parent[node]!;
    const row = rowOfNode[node]!;
    let caller = parent < 0 ? -1 : callerAnswers[parent]!;
    let mine = parent < 0 ? -1 : mineAnswers[parent]!;
    const self = stacks.self[node]!;
    if (row >= 0) {
      const frame = stacks.frame[node]!;
      const kind = frames.kind[frame]!;
      const from = origin[frames.file[frame]!]!;
      if (isChargeable(kind, from, 'caller')) caller = row;
      if (isChargeable(kind, from, 'mine')) mine = row;
      ownRecorded[row]! += self;
      if (node >= outermostEnd[row]!) {
        outermostEnd[row] = stacks.subtreeEnd[node]!;
        through[row]! += stacks.total[node]!;
      }
    }
    callerAnswers[node] = caller;
    mineAnswers[node] = mine;
    if (self === 0) continue;
    if (caller >= 0) ownCaller[caller]! += self;
    if (mine >= 0) ownMine[mine]! += self;
  }
  const { file, line, order } = rows.sorted();
  return {
    length,
    file,
    line,
    through: reordered(through, order),
    ownRecorded: reordered(ownRecorded, order),
    ownCaller: reordered(ownCaller, order),
    ownMine: reordered(ownMine, order),
    callerCertainty: new Uint8Array(length),
    mineCertainty: new Uint8Array(length),
    throughCertainty: new Uint8Array(length),
  };
}

/** The row of every stack node by its frame and current line, -1 where it has no line of a file. */
export function nodeRows(profile: Profile, rowOf: (frame: number, line: number) => number): Int32Array {
  const { stacks, frames } = profile;
  const result = new Int32Array(stacks.length);
  for (let node = 0; node < stacks.length; node++) {
    const frame = stacks.frame[node]!;
    const line = stacks.line[node]!;
    const hasRow = isLineOfFile(profile, frame, line) && frames.kind[frame] !== FrameKind.C;
    result[node] = hasRow ? rowOf(frame, line) : -1;
  }
  return result;
}
