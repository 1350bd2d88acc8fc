import { assertNever } from './assertNever';
import { FloatColumn } from './column';
import { CERTAINTIES, type Certainty, type Lens } from './lens';
import { isLineOfFile } from './lineRows';
import { hasLine, linesFromStacks } from './linesFromStacks';
import { linesFromSums } from './linesFromSums';
import type { FrameIndex, Profile, StackIndex, StringIndex } from './profile';
import { StackTrie } from './stackTrie';
import { walkStacks } from './walkStacks';

/** Row of a `LineIndex`. */
export type LineRow = number;

/**
 * What every source line of a profile answers for, in samples. One row per (file, line), sorted by file and line.
 *
 * `own <= through` for every row and lens; own of all rows and `elsewhere` of the lens add up to all samples.
 *
 * Left out: frames without a line (C functions), and lines before their method's definition, which belong to a template
 * or other evaluated text: StackProf gives code run by `eval` with a binding the file of the method around it.
 */
export interface LineIndex {
  readonly length: number;
  /** StringIndex of the file as recorded. */
  readonly file: Int32Array;
  /** 1-based. */
  readonly line: Int32Array;
  /** Samples with the line anywhere on the stack, once each. */
  readonly through: Float64Array;
  /** Samples whose leaf is at the line. */
  readonly ownRecorded: Float64Array;
  /** Samples whose nearest Ruby line toward the root is this one: its own and those of C and core code called on it. */
  readonly ownCaller: Float64Array;
  /** Samples whose deepest line of the workspace's code is this one. */
  readonly ownMine: Float64Array;
  /** Certainty codes (`lens.ts`) of `ownCaller` and `ownMine`; `ownRecorded` is always exact. */
  readonly callerCertainty: Uint8Array;
  readonly mineCertainty: Uint8Array;
  /** Certainty code of `through`. */
  readonly throughCertainty: Uint8Array;
  /** Samples that no line answers for. */
  readonly elsewhere: Readonly<Record<Lens, number>>;
}

/** `LineIndex` without what follows from its columns. */
export type LineColumns = Omit<LineIndex, 'elsewhere'>;

/** Every line of the profile with its figures. `origin`: an `Origin` per StringIndex of a file. */
export function buildLineIndex(profile: Profile, origin: Uint8Array): LineIndex {
  const columns = profile.detail === 'raw_lines' ? linesFromStacks(profile, origin) : linesFromSums(profile, origin);
  const elsewhere = {
    recorded: rest(profile.samples, columns.ownRecorded),
    caller: rest(profile.samples, columns.ownCaller),
    mine: rest(profile.samples, columns.ownMine),
  };
  return { ...columns, elsewhere };
}

/** What a line calls. */
export interface Callee {
  readonly frame: FrameIndex;
  readonly samples: number;
}

/**
 * What the lines call, heaviest first: each sample through a line belongs to the callee under the line's deepest
 * occurrence, or to the line itself when that is the leaf, so that callees + `ownRecorded` = `through`.
 *
 * Without lines in the stacks this is known only for a line that is the only line of its method; other rows answer [].
 */
export function lineCallees(profile: Profile, index: LineIndex, rows: ArrayLike<LineRow>): Callee[][] {
  const sums = new PairSums();
  const wanted = new Int32Array(index.length).fill(-1);
  for (let at = 0; at < rows.length; at++) wanted[rows[at]!] = at;
  if (profile.detail === 'aggregate') calleesFromEdges(profile, index, wanted, sums);
  else calleesFromStacks(profile, wantedNode(profile, index, wanted), sums);

  const callees: Callee[][] = Array.from({ length: rows.length }, () => []);
  sums.forEach((at, frame, samples) => {
    if (samples > 0) callees[at]!.push({ frame, samples });
  });
  for (const list of callees) list.sort((a, b) => b.samples - a.samples || a.frame - b.frame);
  return callees;
}

/** Answers the position among the wanted rows of a stack node, or -1. */
function wantedNode(profile: Profile, index: LineIndex, wanted: Int32Array): (node: StackIndex) => number {
  const { frames, stacks } = profile;
  if (profile.detail === 'raw_lines') {
    return (node) => {
      if (!hasLine(profile, node)) return -1;
      const row = rowOfLine(index, frames.file[stacks.frame[node]!]!, stacks.line[node]!);
      return row < 0 ? -1 : wanted[row]!;
    };
  }
  const rowOfFrame = soleRows(profile, index);
  return (node) => {
    const row = rowOfFrame[stacks.frame[node]!]!;
    return row < 0 ? -1 : wanted[row]!;
  };
}

function calleesFromStacks({ stacks }: Profile, wantedOf: (node: StackIndex) => number, sums: PairSums): void {
  // Of the stack at hand, per depth: the node, its position among the wanted rows, and the depth of the occurrence of the
  // same row around it; and the depth of the innermost occurrence of every wanted row.
  const path: StackIndex[] = [];
  const positions: number[] = [];
  const around: number[] = [];
  const innermost: number[] = [];
  const enter = (node: StackIndex, depth: number): void => {
    const total = stacks.total[node]!;
    const caller = depth === 0 ? -1 : positions[depth - 1]!;
    if (caller >= 0) sums.add(caller, stacks.frame[node]!, total);
    const at = wantedOf(node);
    path[depth] = node;
    positions[depth] = at;
    if (at < 0) return;
    const outer = innermost[at] ?? -1;
    around[depth] = outer;
    innermost[at] = depth;
    // A deeper occurrence takes these samples over from the callee of the outer one that leads here.
    if (outer >= 0) sums.add(at, stacks.frame[path[outer + 1]!]!, -total);
  };
  const leave = (_node: StackIndex, depth: number): void => {
    const at = positions[depth]!;
    if (at >= 0) innermost[at] = around[depth]!;
  };
  walkStacks(stacks, enter, leave);
}

/** Edges count appearances: they are brought to the samples that pass through the line. */
function calleesFromEdges(profile: Profile, index: LineIndex, wanted: Int32Array, sums: PairSums): void {
  const { edges } = profile;
  const rowOfFrame = soleRows(profile, index);
  for (let frame = 0; frame < rowOfFrame.length; frame++) {
    const row = rowOfFrame[frame]!;
    const at = row < 0 ? -1 : wanted[row]!;
    if (at < 0) continue;
    let calls = 0;
    for (let edge = edges.offset[frame]!; edge < edges.offset[frame + 1]!; edge++) {
      if (edges.callee[edge] !== frame) calls += edges.count[edge]!;
    }
    const passing = index.through[row]! - index.ownRecorded[row]!;
    for (let edge = edges.offset[frame]!; edge < edges.offset[frame + 1]!; edge++) {
      const callee = edges.callee[edge]!;
      if (callee !== frame) sums.add(at, callee, (passing * edges.count[edge]!) / calls);
    }
  }
}

/** The row of every frame that has one line, when no other frame has that line; else -1. */
export function soleRows(profile: Profile, index: LineIndex): Int32Array {
  const { frames, frameLines } = profile;
  const sole = new Int32Array(frames.length).fill(-1);
  const users = new Uint8Array(index.length);
  for (let frame = 0; frame < frames.length; frame++) {
    const first = frameLines.offset[frame]!;
    const end = frameLines.offset[frame + 1]!;
    for (let sum = first; sum < end; sum++) {
      const line = frameLines.line[sum]!;
      if (!isLineOfFile(profile, frame, line)) continue;
      const row = rowOfLine(index, frames.file[frame]!, line);
      users[row] = Math.min(2, users[row]! + 1);
      if (end - first === 1) sole[frame] = row;
    }
  }
  return sole.map((row) => (row >= 0 && users[row] === 1 ? row : -1));
}

/** Sums per pair (position of a wanted row, frame). */
class PairSums {
  private readonly pairs = new StackTrie();
  private readonly sums = new FloatColumn();

  add(at: number, frame: FrameIndex, samples: number): void {
    const pair = this.pairs.child(-1, at, frame);
    if (pair === this.sums.length) this.sums.push(0);
    this.sums.values[pair]! += samples;
  }

  forEach(visit: (at: number, frame: FrameIndex, samples: number) => void): void {
    for (let pair = 0; pair < this.pairs.length; pair++) {
      visit(this.pairs.frame[pair]!, this.pairs.line[pair]!, this.sums.values[pair]!);
    }
  }
}

/** The own column of a lens. */
export function ownOf(index: LineColumns, lens: Lens): Float64Array {
  switch (lens) {
    case 'recorded':
      return index.ownRecorded;
    case 'caller':
      return index.ownCaller;
    case 'mine':
      return index.ownMine;
    default:
      return assertNever(lens);
  }
}

/** How sure `own` of a row is under a lens. */
export function ownCertainty(index: LineColumns, lens: Lens, row: LineRow): Certainty {
  if (lens === 'recorded') return 'exact';
  return CERTAINTIES[(lens === 'caller' ? index.callerCertainty : index.mineCertainty)[row]!]!;
}

/** How sure `through` of a row is. */
export function throughCertainty(index: LineColumns, row: LineRow): Certainty {
  return CERTAINTIES[index.throughCertainty[row]!]!;
}

/** The rows `from .. to` of a file, lines ascending; empty when it has none. */
export function rowsOfFile(index: LineColumns, file: StringIndex): { readonly from: LineRow; readonly to: LineRow } {
  return { from: firstRow(index, file, 0), to: firstRow(index, file + 1, 0) };
}

/** The row of a line, or -1. */
export function rowOfLine(index: LineColumns, file: StringIndex, line: number): LineRow {
  const row = firstRow(index, file, line);
  return row < index.length && index.file[row] === file && index.line[row] === line ? row : -1;
}

/** First row at or after (file, line). */
function firstRow(index: LineColumns, file: StringIndex, line: number): LineRow {
  let low = 0;
  let high = index.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = index.file[middle]!;
    if (at < file || (at === file && index.line[middle]! < line)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rest(samples: number, own: Float64Array): number {
  let charged = 0;
  for (let row = 0; row < own.length; row++) charged += own[row]!;
  const left = samples - charged;
  // Estimates are fractions: what is left of their rounding is nothing.
  return left < samples * 1e-9 ? 0 : left;
}
