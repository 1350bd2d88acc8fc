import { buildCallTree, type CallTree } from './callTree';
import { changeLevel } from './changeLevel';
import type { ComparedStacks } from './comparedStacks';
import type { Comparison } from './comparison';
import type { Profile } from './profile';
import { StackTrie } from './stackTrie';
import type { TreeShape } from './treeShape';

/** Whose figures make the boxes' widths: those of the profile, of the baseline, or the larger of both. */
export type ComparedWidth = keyof ComparedStacks;

/** A flame graph of two profiles. Columns per node of the tree; figures in samples of the profile after. */
export interface ComparedTree {
  /** Frames and strings of both sides, see `ComparedStacks`. */
  readonly profile: Profile;
  readonly tree: CallTree;
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** -3 .. 3: how much less or more, see `changeLevel`. */
  readonly level: Int8Array;
}

/** `around`: a frame of the profile after, or one of the frames behind those. */
export function buildComparedTree(
  comparison: Comparison,
  stacks: ComparedStacks,
  shape: TreeShape,
  width: ComparedWidth,
): ComparedTree {
  const profile = stacks[width];
  const tree = buildCallTree(profile, shape);
  const trie = new StackTrie();
  // Every node is new, so it gets its own number.
  for (let node = 0; node < tree.length; node++) trie.child(tree.parent[node]!, tree.frame[node]!, tree.line[node]!);
  const totals = (side: 'before' | 'after'): Float64Array =>
    side === width ? tree.total : totalsIn(trie, tree.length, buildCallTree(stacks[side], shape));
  const [before, after] = [totals('before'), totals('after')];
  const { perSample, total } = comparison;
  const base = Math.max(total.before, total.after) / perSample.after;
  const scale = perSample.before / perSample.after;
  const { measure: old } = comparison.sides.before;
  const { measure: now } = comparison.sides.after;
  const sampled = old.perSample !== 1 || now.perSample !== 1;
  const level = new Int8Array(tree.length);
  for (let node = 0; node < tree.length; node++) {
    const [was, is] = [before[node]!, after[node]!];
    const noise = sampled ? 2 * Math.sqrt(was * scale + is) : 0;
    level[node] = Math.abs(is - was) <= noise ? 0 : changeLevel(is - was, base);
  }
  return { profile, tree, before, after, level };
}

/** The totals of another tree's boxes that stand at the same places; 0 where it has none. */
function totalsIn(trie: StackTrie, length: number, other: CallTree): Float64Array {
  const totals = new Float64Array(length);
  const placed = new Int32Array(other.length);
  for (let node = 0; node < other.length; node++) {
    const parent = other.parent[node]!;
    const above = parent < 0 ? -1 : placed[parent]!;
    const at = trie.child(above, other.frame[node]!, other.line[node]!);
    placed[node] = at;
    if (at < length) totals[at] = other.total[node]!;
  }
  return totals;
}
