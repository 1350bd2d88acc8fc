import { comparedLineOf } from './comparedLines';
import type { ComparedSide, Comparison } from './comparison';
import { countFrames } from './countFrames';
import { depthFirst } from './depthFirst';
import type { FrameIndex, FrameTable, Profile, StackTable } from './profile';
import { StackTrie } from './stackTrie';

/**
 * The stacks of both sides of a comparison in one set of frames and lines, so that what is the same on both sides has the
 * same number. Strings and frames are those of the profile after, then those of the profile before; of several frames of one
 * method the heaviest stands for all. Lines that only the profile before has are negative. Figures are samples of the
 * profile after; those before are scaled to them.
 */
export interface ComparedStacks {
  readonly before: Profile;
  readonly after: Profile;
  /** What either side has, each stack with the larger figure of both. */
  readonly both: Profile;
}

/** Null where one side has no stacks. */
export function comparedStacks(comparison: Comparison): ComparedStacks | null {
  const { sides, perSample, methodOf } = comparison;
  const { before, after } = sides;
  if (before.profile.detail === 'aggregate' || after.profile.detail === 'aggregate') return null;
  const withLines = before.profile.detail === 'raw_lines' && after.profile.detail === 'raw_lines';
  const frames = frameNumbers(before, after, methodOf);
  const strings = [...after.profile.strings, ...before.profile.strings, ''];
  const noName = strings.length - 1;
  const table = { strings, frames: bothFrames(before, after) };
  const lineOf = comparedLineOf(comparison);
  const own = ({ profile: { stacks } }: ComparedSide) => (withLines ? (node: number) => stacks.line[node]! : () => 0);
  const [ownBefore, ownAfter] = [own(before), own(after)];
  const trie = new StackTrie();
  const nodes = {
    after: addStacks(trie, after, frames.after, ownAfter),
    before: addStacks(trie, before, frames.before, (node) =>
      lineOf(before.profile.frames.file[before.profile.stacks.frame[node]!]!, ownBefore(node)),
    ),
  };
  const self = {
    before: spread(before, nodes.before, trie.length, perSample.before / perSample.after),
    after: spread(after, nodes.after, trie.length, 1),
  };
  const profileOf = (weights: Float64Array): Profile => {
    const stacks = withoutEmpty(trie, weights);
    const { length } = table.frames;
    const counted = {
      ...table.frames,
      name: table.frames.name.slice(),
      file: table.frames.file.slice(),
      self: new Float64Array(length),
      total: new Float64Array(length),
    };
    countFrames(stacks, counted.self, counted.total);
    // What is not in this picture has no name to be found by.
    for (let frame = after.profile.frames.length; frame < length; frame++) {
      if (counted.total[frame] === 0) counted.name[frame] = counted.file[frame] = noName;
    }
    const samples = weights.reduce((sum, weight) => sum + weight, 0);
    const detail = withLines ? 'raw_lines' : 'raw';
    return { ...after.profile, ...table, ...noSums(length), frames: counted, stacks, timeline: null, samples, detail };
  };
  return {
    before: profileOf(self.before),
    after: profileOf(self.after),
    both: profileOf(self.after.map((weight, node) => Math.max(weight, self.before[node]!))),
  };
}

/** Stacks say all there is: there are no sums by line and caller. */
function noSums(frames: number): Pick<Profile, 'frameLines' | 'edges'> {
  const offset = new Int32Array(frames + 1);
  const [none, noFigures] = [new Int32Array(0), new Float64Array(0)];
  return {
    frameLines: { offset, line: none, total: noFigures, self: noFigures },
    edges: { offset, callee: none, count: noFigures },
  };
}

/** The frame that stands for a method, per frame of each side; frames of the side before stand after those of the other. */
function frameNumbers(
  before: ComparedSide,
  after: ComparedSide,
  methodOf: Comparison['methodOf'],
): { readonly before: Int32Array; readonly after: Int32Array } {
  const count =
    Math.max(-1, ...[methodOf.before, methodOf.after].map((methods) => methods.reduce((a, b) => Math.max(a, b), -1))) +
    1;
  const frameOf = new Int32Array(count).fill(-1);
  const choose = ({ profile: { frames } }: ComparedSide, methods: Int32Array, first: number): void => {
    const heaviest = new Float64Array(count).fill(-1);
    const chosen = new Int32Array(count).fill(-1);
    for (let frame = 0; frame < methods.length; frame++) {
      const method = methods[frame]!;
      if (frames.total[frame]! <= heaviest[method]!) continue;
      heaviest[method] = frames.total[frame]!;
      chosen[method] = frame;
    }
    // Frames without samples stay in the table when filters or hiding took them out: they stand for nothing.
    for (let method = 0; method < count; method++) {
      if (frameOf[method]! < 0 && chosen[method]! >= 0 && heaviest[method]! > 0)
        frameOf[method] = chosen[method]! + first;
    }
  };
  choose(after, methodOf.after, 0);
  choose(before, methodOf.before, after.profile.frames.length);
  const numbered = (methods: Int32Array): Int32Array => methods.map((method) => frameOf[method]!);
  return { before: numbered(methodOf.before), after: numbered(methodOf.after) };
}

/** The frame rows of both sides, those before behind those after. */
function bothFrames(before: ComparedSide, after: ComparedSide): FrameTable {
  const strings = after.profile.strings.length;
  const [first, second] = [after.profile.frames, before.profile.frames];
  const joined = (a: Int32Array, b: Int32Array, shift: number): Int32Array => {
    const column = new Int32Array(a.length + b.length);
    column.set(a);
    for (let row = 0; row < b.length; row++) column[a.length + row] = b[row]! + shift;
    return column;
  };
  const length = first.length + second.length;
  const kind = new Uint8Array(length);
  kind.set(first.kind);
  kind.set(second.kind, first.length);
  return {
    length,
    name: joined(first.name, second.name, strings),
    file: joined(first.file, second.file, strings),
    line: joined(first.line, second.line, 0),
    kind,
    self: new Float64Array(length),
    total: new Float64Array(length),
  };
}

/** Where each stack node of a side is in the trie. */
function addStacks(
  trie: StackTrie,
  { profile: { stacks } }: ComparedSide,
  frameOf: Int32Array,
  lineOf: (node: number) => number,
): Int32Array {
  const placed = new Int32Array(stacks.length);
  for (let node = 0; node < stacks.length; node++) {
    const parent = stacks.parent[node]!;
    const frame: FrameIndex = frameOf[stacks.frame[node]!]!;
    placed[node] = trie.child(parent < 0 ? -1 : placed[parent]!, frame, lineOf(node));
  }
  return placed;
}

function spread(
  { profile: { stacks } }: ComparedSide,
  placed: Int32Array,
  length: number,
  scale: number,
): Float64Array {
  const self = new Float64Array(length);
  for (let node = 0; node < stacks.length; node++) self[placed[node]!]! += stacks.self[node]! * scale;
  return self;
}

/** The part of the trie that has samples, in depth-first order. */
function withoutEmpty(trie: StackTrie, self: Float64Array): StackTable {
  const total = self.slice();
  for (let node = trie.length - 1; node >= 0; node--) {
    const above = trie.parent[node]!;
    if (above >= 0) total[above]! += total[node]!;
  }
  const kept = new Int32Array(trie.length).fill(-1);
  const columns = {
    length: 0,
    parent: new Int32Array(trie.length),
    frame: new Int32Array(trie.length),
    line: new Int32Array(trie.length),
    self: new Float64Array(trie.length),
  };
  for (let node = 0; node < trie.length; node++) {
    if (total[node] === 0) continue;
    const at = columns.length++;
    kept[node] = at;
    const above = trie.parent[node]!;
    columns.parent[at] = above < 0 ? -1 : kept[above]!;
    columns.frame[at] = trie.frame[node]!;
    columns.line[at] = trie.line[node]!;
    columns.self[at] = self[node]!;
  }
  return depthFirst(columns);
}
