import { assertNever } from './assertNever';
import { calleesAround } from './calleesAround';
import { callersFirst } from './callersFirst';
import { FloatColumn } from './column';
import { expandEdges } from './expandEdges';
import { compareFrames } from './methods';
import type { Profile } from './profile';
import { StackTrie } from './stackTrie';
import type { TreeShape } from './treeShape';

/** Row of a `CallTree`. */
export type CallNode = number;

/**
 * The flame graph: every way to every method with its samples, in depth-first order, heavier siblings first (equal ones by
 * name). Boxes of a family stand side by side from the parent's left edge; what is left at the right edge is `self`.
 *
 *     start      0        5      8   10        total of a node = self + total of its children
 *     depth 0    A────────────────── D──       subtree of a node = the rows [node, subtreeEnd[node])
 *     depth 1    B─────── C────                totalSamples = total of all roots
 */
export interface CallTree {
  readonly length: number;
  /** Samples with a stack. */
  readonly totalSamples: number;
  /** Levels: 0 for an empty tree, 1 for roots only. */
  readonly maxDepth: number;
  /** Rebuilt from caller-callee sums, not from stacks: weights are estimates. */
  readonly approximate: boolean;
  readonly parent: Int32Array;
  readonly frame: Int32Array;
  /** Current line, 0 when unknown or grouped by method. */
  readonly line: Int32Array;
  /** Levels above. */
  readonly depth: Uint16Array;
  /** Samples left of the box. */
  readonly start: Float64Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
  readonly subtreeEnd: Int32Array;
}

/** A tree in any order that puts parents before children, `total` not yet summed. */
export interface UnorderedTree {
  readonly length: number;
  readonly parent: Int32Array;
  readonly frame: Int32Array;
  readonly line: Int32Array;
  readonly self: Float64Array;
}

/** Deeper boxes than these do not exist in StackProf (2,048 frames); a hostile file's are cut, their samples kept. */
const MAX_DEPTH = 65_535;

/**
 * The call tree of a profile in the shape that is asked for. Iterative: depth costs no stack.
 * A profile without stacks has only `callees` of everything, by method: `hasShape` says whether it has another.
 */
export function buildCallTree(profile: Profile, shape: TreeShape): CallTree {
  if (profile.detail === 'aggregate') return heaviestFirst(profile, expandEdges(profile), true);
  return heaviestFirst(profile, treeOf(profile, shape), false);
}

/** Whether `buildCallTree` can make this shape of the profile. */
export function hasShape(profile: Profile, { direction, around }: TreeShape): boolean {
  return profile.detail !== 'aggregate' || (direction === 'callees' && around === null);
}

function treeOf(profile: Profile, { groupBy, direction, around }: TreeShape): UnorderedTree {
  const { stacks, detail } = profile;
  const withLines = groupBy === 'line' && detail === 'raw_lines';
  switch (direction) {
    case 'callers':
      return callersFirst(stacks, around, withLines);
    case 'callees':
      if (around !== null) return calleesAround(stacks, around, withLines);
      return withLines || detail === 'raw' ? stacks : withoutLines(profile);
    default:
      return assertNever(direction);
  }
}

/** Nodes of one method under one parent become one, whatever lines they were at. */
function withoutLines({ stacks }: Profile): UnorderedTree {
  const merged = new StackTrie();
  const self = new FloatColumn();
  const mergedNode = new Int32Array(stacks.length);
  for (let node = 0; node < stacks.length; node++) {
    const parent = stacks.parent[node]!;
    const into = merged.child(parent < 0 ? -1 : mergedNode[parent]!, stacks.frame[node]!, 0);
    if (into === self.length) self.push(0);
    self.values[into]! += stacks.self[node]!;
    mergedNode[node] = into;
  }
  return { length: merged.length, parent: merged.parent, frame: merged.frame, line: merged.line, self: self.values };
}

/** Puts a tree into its final order and sums it up. */
function heaviestFirst(profile: Profile, tree: UnorderedTree, approximate: boolean): CallTree {
  const { length } = tree;
  const weight = tree.self.slice(0, length);
  for (let node = length - 1; node >= 0; node--) {
    const above = tree.parent[node]!;
    if (above >= 0) weight[above]! += weight[node]!;
  }
  const families = new Families(profile, tree, weight);
  const parent = new Int32Array(length);
  const frame = new Int32Array(length);
  const line = new Int32Array(length);
  const depth = new Uint16Array(length);
  const start = new Float64Array(length);
  const self = new Float64Array(length);
  const total = new Float64Array(length);
  const subtreeEnd = new Int32Array(length);

  // Below each placed node, where the box of its next child begins.
  const nextStart = new Float64Array(length);
  let nextRoot = 0;
  let placed = 0;
  let maxDepth = 0;
  // Nodes to place, the next on top, each with the row of its placed parent.
  const waiting = new Int32Array(length);
  const waitingParent = new Int32Array(length);
  let waits = families.pushChildren(-1, waiting, 0);
  waitingParent.fill(-1, 0, waits);
  while (waits > 0) {
    waits--;
    const node = waiting[waits]!;
    const above = waitingParent[waits]!;
    const at = placed++;
    parent[at] = above;
    frame[at] = tree.frame[node]!;
    line[at] = tree.line[node]!;
    self[at] = tree.self[node]!;
    total[at] = weight[node]!;
    if (above < 0) {
      start[at] = nextRoot;
      nextRoot += weight[node]!;
    } else {
      depth[at] = depth[above]! + 1;
      start[at] = nextStart[above]!;
      nextStart[above]! += weight[node]!;
    }
    nextStart[at] = start[at]!;
    if (depth[at]! >= maxDepth) maxDepth = depth[at]! + 1;
    if (depth[at]! + 1 < MAX_DEPTH) {
      const before = waits;
      waits = families.pushChildren(node, waiting, waits);
      waitingParent.fill(at, before, waits);
    } else self[at] = weight[node]!;
  }
  for (let at = placed - 1; at >= 0; at--) {
    subtreeEnd[at] = Math.max(subtreeEnd[at]!, at + 1);
    const above = parent[at]!;
    if (above >= 0) subtreeEnd[above] = Math.max(subtreeEnd[above]!, subtreeEnd[at]!);
  }
  return {
    length: placed,
    totalSamples: nextRoot,
    maxDepth,
    approximate,
    parent,
    frame,
    line,
    depth,
    start,
    self,
    total,
    subtreeEnd,
  };
}

/** The children of every node, heaviest first. */
class Families {
  private readonly firstChild: Int32Array;
  private readonly nextSibling: Int32Array;
  private firstRoot = -1;

  constructor(
    private readonly profile: Profile,
    private readonly tree: UnorderedTree,
    private readonly weight: Float64Array,
  ) {
    const { length, parent } = tree;
    this.firstChild = new Int32Array(length).fill(-1);
    this.nextSibling = new Int32Array(length).fill(-1);
    for (let node = length - 1; node >= 0; node--) {
      const above = parent[node]!;
      if (above < 0) {
        this.nextSibling[node] = this.firstRoot;
        this.firstRoot = node;
      } else {
        this.nextSibling[node] = this.firstChild[above]!;
        this.firstChild[above] = node;
      }
    }
  }

  /** Writes the children of a node (-1: the roots) to `into` from `at`, heaviest last, and answers where they end. */
  pushChildren(node: number, into: Int32Array, at: number): number {
    let end = at;
    for (let child = node < 0 ? this.firstRoot : this.firstChild[node]!; child >= 0; child = this.nextSibling[child]!) {
      into[end++] = child;
    }
    if (end - at > MANY_CHILDREN) into.subarray(at, end).sort((a, b) => this.compare(b, a));
    else this.insertionSort(into, at, end);
    return end;
  }

  /** Most families have a handful: this is several times faster for them than a general sort. */
  private insertionSort(nodes: Int32Array, from: number, to: number): void {
    for (let next = from + 1; next < to; next++) {
      const node = nodes[next]!;
      let at = next;
      while (at > from && this.compare(nodes[at - 1]!, node) < 0) {
        nodes[at] = nodes[at - 1]!;
        at--;
      }
      nodes[at] = node;
    }
  }

  /** Negative when `a` comes before `b`. */
  private compare(a: number, b: number): number {
    const byWeight = this.weight[b]! - this.weight[a]!;
    if (byWeight !== 0) return byWeight;
    const { frame, line } = this.tree;
    if (frame[a] === frame[b]) return line[a]! - line[b]!;
    return compareFrames(this.profile, frame[a]!, frame[b]!);
  }
}

const MANY_CHILDREN = 12;
