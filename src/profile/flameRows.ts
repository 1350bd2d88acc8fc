import type { CallTree } from './callTree';

/** The part of a call tree to look at, in samples from the left edge of the picture. */
export interface FlameRange {
  readonly from: number;
  /** Infinity for the right edge. */
  readonly to: number;
  /** Boxes narrower than this are left out. */
  readonly minSamples: number;
}

/** The boxes of a flame graph that can be seen: a `CallTree` of the chosen nodes, in the same order. */
export interface FlameRows {
  /** Width of the whole picture. */
  readonly totalSamples: number;
  /** Of the whole tree; 0 for an empty one, 1 for roots only. */
  readonly maxDepth: number;
  /** True when narrower boxes inside the range were left out. */
  readonly pruned: boolean;
  readonly approximate: boolean;
  readonly length: number;
  /** Row of the call tree. */
  readonly node: Int32Array;
  /** Row of this table, -1 for a root. */
  readonly parent: Int32Array;
  readonly depth: Uint16Array;
  readonly start: Float64Array;
  readonly total: Float64Array;
  readonly self: Float64Array;
  readonly frame: Int32Array;
  readonly line: Int32Array;
  /** Row of this table after the last box below. */
  readonly subtreeEnd: Int32Array;
}

/**
 * The boxes that overlap `from .. to` and are at least `minSamples` wide, with all their ancestors (an ancestor is as wide
 * and overlaps wherever its child does). Costs what it returns, not the size of the tree: siblings stand heaviest and
 * leftmost first, so the first one that is too narrow or too far right ends its family. In the order of time narrow ones
 * stand between wide ones and are stepped over one by one.
 */
export function selectFlameRows(tree: CallTree, range: FlameRange): FlameRows {
  const { nodes, pruned } = visibleNodes(tree, range);
  const length = nodes.length;
  const parent = new Int32Array(length);
  const subtreeEnd = new Int32Array(length);
  const path: number[] = [];
  for (let row = 0; row < length; row++) {
    const node = nodes[row]!;
    const depth = tree.depth[node]!;
    parent[row] = depth === 0 ? -1 : path[depth - 1]!;
    path[depth] = row;
  }
  for (let row = length - 1; row >= 0; row--) {
    subtreeEnd[row] = Math.max(subtreeEnd[row]!, row + 1);
    const above = parent[row]!;
    if (above >= 0) subtreeEnd[above] = Math.max(subtreeEnd[above]!, subtreeEnd[row]!);
  }
  const pick = <Column extends Int32Array | Uint16Array | Float64Array>(column: Column, into: Column): Column => {
    for (let row = 0; row < length; row++) into[row] = column[nodes[row]!]!;
    return into;
  };
  return {
    totalSamples: tree.totalSamples,
    maxDepth: tree.maxDepth,
    pruned,
    approximate: tree.approximate,
    length,
    node: Int32Array.from(nodes),
    parent,
    depth: pick(tree.depth, new Uint16Array(length)),
    start: pick(tree.start, new Float64Array(length)),
    total: pick(tree.total, new Float64Array(length)),
    self: pick(tree.self, new Float64Array(length)),
    frame: pick(tree.frame, new Int32Array(length)),
    line: pick(tree.line, new Int32Array(length)),
    subtreeEnd,
  };
}

function visibleNodes(tree: CallTree, { from, to, minSamples }: FlameRange): { nodes: number[]; pruned: boolean } {
  const nodes: number[] = [];
  let pruned = false;
  let node = 0;
  while (node < tree.length) {
    const start = tree.start[node]!;
    const total = tree.total[node]!;
    const parent = tree.parent[node]!;
    const endOfFamily = parent < 0 ? tree.length : tree.subtreeEnd[parent]!;
    if (start >= to) node = endOfFamily;
    else if (total < minSamples && tree.order === 'time') {
      pruned ||= start + total > from;
      node = tree.subtreeEnd[node]!;
    } else if (total < minSamples) {
      const right = parent < 0 ? tree.totalSamples : tree.start[parent]! + tree.total[parent]! - tree.self[parent]!;
      pruned ||= right > from;
      node = endOfFamily;
    } else if (start + total <= from) node = tree.subtreeEnd[node]!;
    else nodes.push(node++);
  }
  return { nodes, pruned };
}
