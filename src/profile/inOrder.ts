import type { PlacedStacks } from './depthFirst';
import { frameRanks } from './frameRanks';
import { inStretches } from './inStretches';
import type { Profile, StackTable } from './profile';
import { Siblings } from './siblings';

/** The samples that are left of stacks, per node; a node without any in its subtree goes. */
export interface SamplesLeft {
  readonly self: Float64Array;
  readonly total: Float64Array;
}

/**
 * Stacks with heavier siblings first, and with the samples that are left. A subtree takes as many rows as it keeps nodes, so
 * the places of a family follow from its parent's place and the sizes of the heavier siblings: nodes are visited as they
 * lie in memory, and only families of several are sorted.
 */
export function inOrder(profile: Profile, stacks: StackTable, left: SamplesLeft): StackTable {
  return placeInOrder(profile, stacks, left).stacks;
}

/** `inOrder` with where each node went, -1 for one that has no samples left. */
export function placeInOrder(profile: Profile, stacks: StackTable, left: SamplesLeft): PlacedStacks {
  const { subtreeEnd: end } = stacks;
  const { size, length } = keptSizes(stacks, left.total);
  const parent = new Int32Array(length);
  const frame = new Int32Array(length);
  const line = new Int32Array(length);
  const subtreeEnd = new Int32Array(length);
  const self = new Float64Array(length);
  const total = new Float64Array(length);
  const place = new Int32Array(stacks.length).fill(-1);
  const siblings = new Siblings(frameRanks(profile), { frame: stacks.frame, line: stacks.line, total: left.total });
  const placeFamily = (first: number, stop: number, at: number): void => {
    siblings.count = 0;
    for (let node = first; node < stop; node = end[node]!) if (size[node]! > 0) siblings.add(node);
    siblings.sort();
    const { members, count } = siblings;
    let next = at;
    for (let each = 0; each < count; each++) {
      const node = members[each]!;
      place[node] = next;
      next += size[node]!;
    }
  };
  placeFamily(0, stacks.length, 0);
  inStretches(stacks.length, (from, to) => {
    for (let node = from; node < to; node++) {
      const nodes = size[node]!;
      if (nodes === 0) continue;
      const at = place[node]!;
      const above = stacks.parent[node]!;
      parent[at] = above < 0 ? -1 : place[above]!;
      frame[at] = stacks.frame[node]!;
      line[at] = stacks.line[node]!;
      subtreeEnd[at] = at + nodes;
      self[at] = left.self[node]!;
      total[at] = left.total[node]!;
      if (nodes === 1) continue;
      // Mostly there is one, and it stands right behind.
      if (size[node + 1] === nodes - 1) place[node + 1] = at + 1;
      else placeFamily(node + 1, end[node]!, at + 1);
    }
  });
  return { stacks: { length, parent, frame, line, subtreeEnd, self, total }, place };
}

/** Per node, how many nodes of its subtree have samples, and of all. */
function keptSizes(
  { length, parent }: StackTable,
  total: Float64Array,
): { readonly size: Int32Array; readonly length: number } {
  const size = new Int32Array(length);
  let kept = 0;
  inStretches(length, (from, to) => {
    for (let node = length - 1 - from; node >= length - to; node--) {
      if (total[node] === 0) continue;
      const above = parent[node]!;
      const nodes = size[node]! + 1;
      size[node] = nodes;
      if (above >= 0) size[above]! += nodes;
      else kept += nodes;
    }
  });
  return { size, length: kept };
}
