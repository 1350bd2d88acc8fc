import { inStretches } from './inStretches';
import type { StackTable } from './profile';

/** Stacks as a trie in any order that puts parents before children. `line` null: no lines are known. */
export interface TrieColumns {
  readonly length: number;
  readonly parent: Int32Array;
  readonly frame: Int32Array;
  readonly line: Int32Array | null;
  readonly self: Float64Array;
}

/** Stacks in depth-first order, and where each node of the trie went. */
export interface PlacedStacks {
  readonly stacks: StackTable;
  /** Row of `stacks`, per node of the trie. */
  readonly place: Int32Array;
}

/** The trie in depth-first order, siblings by first appearance. */
export function depthFirst(columns: TrieColumns): StackTable {
  return placeDepthFirst(columns).stacks;
}

/**
 * Puts the trie into depth-first order, siblings by first appearance. Parents come first in `columns`, so one pass
 * backwards gives subtree sizes and one pass forwards gives places.
 */
export function placeDepthFirst(columns: TrieColumns): PlacedStacks {
  const { length } = columns;
  const size = new Int32Array(length).fill(1);
  inStretches(length, (from, to) => {
    for (let node = length - 1 - from; node >= length - to; node--) {
      const parent = columns.parent[node]!;
      if (parent >= 0) size[parent]! += size[node]!;
    }
  });
  const place = new Int32Array(length);
  const parent = new Int32Array(length);
  const frame = new Int32Array(length);
  const line = new Int32Array(length);
  const subtreeEnd = new Int32Array(length);
  const self = new Float64Array(length);
  // From here on `size` of a placed node is the next free place below it.
  let freeRoot = 0;
  inStretches(length, (from, to) => {
    for (let node = from; node < to; node++) {
      const above = columns.parent[node]!;
      const nodes = size[node]!;
      let at = freeRoot;
      if (above >= 0) {
        at = size[above]!;
        size[above] = at + nodes;
        parent[at] = place[above]!;
      } else {
        freeRoot += nodes;
        parent[at] = -1;
      }
      place[node] = at;
      size[node] = at + 1;
      frame[at] = columns.frame[node]!;
      if (columns.line !== null) line[at] = columns.line[node]!;
      subtreeEnd[at] = at + nodes;
      self[at] = columns.self[node]!;
    }
  });
  const stacks = { length, parent, frame, line, subtreeEnd, self, total: subtreeSums(parent, self) };
  return { stacks, place };
}

function subtreeSums(parent: Int32Array, self: Float64Array): Float64Array {
  const { length } = parent;
  const total = self.slice();
  inStretches(length, (from, to) => {
    for (let node = length - 1 - from; node >= length - to; node--) {
      const above = parent[node]!;
      if (above >= 0) total[above]! += total[node]!;
    }
  });
  return total;
}
