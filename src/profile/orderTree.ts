import type { CallTree } from './callTree';
import { cutDeep } from './cutDeep';
import { frameRanks } from './frameRanks';
import { inOrder } from './inOrder';
import { inStretches } from './inStretches';
import type { Profile, StackTable } from './profile';
import { Siblings } from './siblings';

/** Deeper boxes than these do not exist in StackProf (2,048 frames); a hostile file's are cut, their samples kept. */
const MAX_DEPTH = 65_535;

/** The picture of stacks: heavier siblings first. Where they stand like that already, it shares their columns. */
export function orderTree(profile: Profile, tree: StackTable, approximate: boolean): CallTree {
  const ordered = isOrdered(profile, tree) ? tree : inOrder(profile, tree, tree);
  const { depth, start, totalSamples, maxDepth } = boxes(ordered);
  if (maxDepth > MAX_DEPTH) return orderTree(profile, cutDeep(ordered, MAX_DEPTH), approximate);
  return { ...ordered, totalSamples, maxDepth, approximate, order: 'weight', depth, start };
}

function isOrdered(profile: Profile, tree: StackTable): boolean {
  const { length, parent, subtreeEnd } = tree;
  const siblings = new Siblings(frameRanks(profile), tree);
  for (let node = 0; node < length; node++) {
    const next = subtreeEnd[node]!;
    if (next < length && parent[next] === parent[node] && siblings.compare(node, next) > 0) return false;
  }
  return true;
}

/** Where the boxes are: a family from its parent's left edge on, side by side. */
function boxes({ length, parent, subtreeEnd, total }: StackTable): {
  readonly depth: Uint16Array;
  readonly start: Float64Array;
  readonly totalSamples: number;
  readonly maxDepth: number;
} {
  const depth = new Uint16Array(length);
  const start = new Float64Array(length);
  let totalSamples = 0;
  let deepest = -1;
  inStretches(length, (from, to) => {
    let deepestHere = deepest;
    for (let node = from; node < to; node++) {
      const above = parent[node]!;
      const level = above < 0 ? 0 : depth[above]! + 1;
      const next = subtreeEnd[node]!;
      const right = start[node]! + total[node]!;
      depth[node] = level;
      if (level > deepestHere) deepestHere = level;
      if (next > node + 1) start[node + 1] = start[node]!;
      if (next === length || parent[next] !== above) {
        if (above < 0) totalSamples = right;
      } else start[next] = right;
    }
    deepest = deepestHere;
  });
  return { depth, start, totalSamples, maxDepth: deepest + 1 };
}
