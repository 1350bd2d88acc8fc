import type { CallTree } from './callTree';
import { FloatColumn, IntColumn } from './column';
import { inStretches } from './inStretches';
import type { Profile, StackTable, Timeline } from './profile';

/**
 * Boxes up to which every run keeps its place; about 90 MB. Recordings with more are told apart by slices of time only.
 * The first try has as many slices as a picture has boxes side by side.
 */
const MOST_BOXES = 1 << 21;
const MOST_SLICES = 1 << 14;

/**
 * The flame graph in the order of recording, left to right: runs that follow each other share the boxes of the callers that
 * they have in common, so one method has as many boxes as it was entered. A box stands where its first sample was
 * recorded; its own samples are wherever no child stands. Samples without a stack leave no gap.
 *
 *     runs       A>B 2   A>C 1   A 1   A>C 3   D 1
 *     depth 0    A──────────────────────────── D───
 *     depth 1    B────── C──────       C──────
 *
 * Where that would be more than `mostBoxes`, the recording is cut into slices of equally many runs, and within a slice
 * equal stacks come together. `null` for a profile without a timeline.
 */
export function buildTimeTree(profile: Profile, withLines: boolean, mostBoxes = MOST_BOXES): CallTree | null {
  const { stacks, timeline } = profile;
  if (timeline === null) return null;
  const depthOf = depths(stacks);
  const tree = new GrowingTree(stacks, depthOf, withLines);
  const { stack, count } = inSlices(stacks, depthOf, timeline, mostBoxes);
  inStretches(stack.length, (from, to) => {
    for (let run = from; run < to; run++) if (stack[run]! >= 0) tree.add(stack[run]!, count[run]!);
  });
  return tree.finish();
}

/** Levels above every stack node. */
function depths({ length, parent }: StackTable): Int32Array {
  const depth = new Int32Array(length);
  inStretches(length, (from, to) => {
    for (let node = from; node < to; node++) depth[node] = parent[node]! < 0 ? 0 : depth[parent[node]!]! + 1;
  });
  return depth;
}

type Runs = Pick<Timeline, 'stack' | 'count'>;

/** The runs themselves, or, where they make too many boxes, sorted by stack within the most slices that make few enough. */
function inSlices(stacks: StackTable, depthOf: Int32Array, runs: Runs, mostBoxes: number): Runs {
  let sliced = runs;
  for (let slices = MOST_SLICES; slices >= 1 && hasMoreBoxes(stacks, depthOf, sliced.stack, mostBoxes); slices /= 4) {
    sliced = sortedInSlices(runs, Math.ceil(runs.stack.length / slices));
  }
  return sliced;
}

/** Whether runs in this order make more boxes, split by line; looks no further than it must. */
function hasMoreBoxes({ parent }: StackTable, depthOf: Int32Array, stack: Int32Array, most: number): boolean {
  let boxes = 0;
  let before = -1;
  inStretches(stack.length, (from, to) => {
    for (let run = from; run < to && boxes <= most; run++) {
      const node = stack[run]!;
      if (node < 0) continue;
      let at = node;
      let shared = before;
      let level = depthOf[at]!;
      let sharedLevel = shared < 0 ? -1 : depthOf[shared]!;
      for (; level > sharedLevel; level--) {
        at = parent[at]!;
        boxes++;
      }
      for (; sharedLevel > level; sharedLevel--) shared = parent[shared]!;
      for (; at !== shared; boxes++) {
        at = parent[at]!;
        shared = parent[shared]!;
      }
      before = node;
    }
  });
  return boxes > most;
}

/** Stacks are in depth-first order, so sorted ones share as much of their paths as they can. */
function sortedInSlices({ stack, count }: Runs, runsPerSlice: number): Runs {
  const sorted = { stack: new Int32Array(stack.length), count: new Int32Array(stack.length) };
  for (let from = 0; from < stack.length; from += runsPerSlice) {
    const length = Math.min(runsPerSlice, stack.length - from);
    // Stack and place in one number: numbers are sorted many times faster than by a comparison.
    const keys = new Float64Array(length);
    for (let at = 0; at < length; at++) keys[at] = (stack[from + at]! + 1) * length + at;
    keys.sort();
    for (let at = 0; at < length; at++) {
      const run = from + (keys[at]! % length);
      sorted.stack[from + at] = stack[run]!;
      sorted.count[from + at] = count[run]!;
    }
  }
  return sorted;
}

/** The tree while runs are added on its right side. */
class GrowingTree {
  private readonly parent = new IntColumn(4096);
  private readonly frame = new IntColumn(4096);
  private readonly line = new IntColumn(4096);
  private readonly depth = new IntColumn(4096);
  private readonly start = new FloatColumn(4096);
  private readonly self = new FloatColumn(4096);
  private samples = 0;
  /** The run before, root first: its stack nodes, and their boxes here. */
  private readonly openStack: Int32Array;
  private readonly openBox: Int32Array;
  private openLength = 0;
  private maxDepth = 0;

  constructor(
    private readonly stacks: StackTable,
    private readonly depthOf: Int32Array,
    private readonly withLines: boolean,
  ) {
    const levels = depthOf.reduce((most, depth) => Math.max(most, depth + 1), 0);
    this.openStack = new Int32Array(levels);
    this.openBox = new Int32Array(levels);
  }

  /** Samples of one stack that come after all that were added. */
  add(stack: number, count: number): void {
    const { openStack, openBox, depthOf, stacks } = this;
    const leaf = depthOf[stack]!;
    // Levels from the root on whose boxes are those of the run before.
    let shared = Math.min(this.openLength, leaf + 1);
    for (let node = stack, depth = leaf; depth >= 0; depth--) {
      if (depth < this.openLength) {
        if (openStack[depth] === node) break;
        if (!this.isSameBox(openStack[depth]!, node)) shared = depth;
      }
      openStack[depth] = node;
      node = stacks.parent[node]!;
    }
    for (let depth = shared; depth <= leaf; depth++) openBox[depth] = this.append(openStack[depth]!, depth);
    this.openLength = leaf + 1;
    if (leaf >= this.maxDepth) this.maxDepth = leaf + 1;
    this.self.values[openBox[leaf]!]! += count;
    this.samples += count;
  }

  finish(): CallTree {
    const { length } = this.parent;
    const parent = this.parent.exact();
    const self = this.self.exact();
    const total = self.slice();
    const subtreeEnd = new Int32Array(length);
    inStretches(length, (from, to) => {
      for (let box = length - 1 - from; box >= length - to; box--) {
        if (subtreeEnd[box] === 0) subtreeEnd[box] = box + 1;
        const above = parent[box]!;
        if (above < 0) continue;
        total[above]! += total[box]!;
        if (subtreeEnd[above] === 0) subtreeEnd[above] = subtreeEnd[box]!;
      }
    });
    return {
      length,
      totalSamples: this.samples,
      maxDepth: this.maxDepth,
      approximate: false,
      order: 'time',
      parent,
      frame: this.frame.exact(),
      line: this.line.exact(),
      depth: Uint16Array.from(this.depth.exact()),
      start: this.start.exact(),
      self,
      total,
      subtreeEnd,
    };
  }

  /** Whether two stack nodes of one level are one box where those above are. */
  private isSameBox(a: number, b: number): boolean {
    const { frame, line } = this.stacks;
    return frame[a] === frame[b] && (!this.withLines || line[a] === line[b]);
  }

  private append(stack: number, depth: number): number {
    const box = this.parent.length;
    this.parent.push(depth === 0 ? -1 : this.openBox[depth - 1]!);
    this.frame.push(this.stacks.frame[stack]!);
    this.line.push(this.withLines ? this.stacks.line[stack]! : 0);
    this.depth.push(depth);
    this.start.push(this.samples);
    this.self.push(0);
    return box;
  }
}
