import { type ComparedStacks, comparedStacks } from '../profile/comparedStacks';
import { buildComparedTree, type ComparedTree, type ComparedWidth } from '../profile/compareTrees';
import type { Comparison } from '../profile/comparison';
import type { FrameIndex } from '../profile/profile';
import type { TreeShape } from '../profile/treeShape';
import type { RefinedParams } from '../protocol/requests';
import type { ComparedProfiles } from './comparisons';
import type { ViewContext } from './context';
import type { MappedView, OpenProfile } from './openProfile';

/** Trees kept per comparison: the picture asks for finer boxes again and again. */
const KEPT_TREES = 3;

/** The flame graph of a profile and its baseline, with the frames of both. */
export interface OpenComparedTree extends ComparedTree {
  readonly open: OpenProfile;
  /** What the view calls a frame: methods that only the baseline has are below -1. */
  viewFrame(frame: FrameIndex): number;
}

/** The picture, or one sentence why there is none. Methods and lines are the same under every lens. */
export async function comparedTree(
  context: ViewContext,
  { uri, refinement, shape }: RefinedParams & { readonly shape: TreeShape },
  width: ComparedWidth,
): Promise<OpenComparedTree | string> {
  let compared: ComparedProfiles | null;
  try {
    compared = await context.comparisons.of(context.profiles.get(uri), refinement, 'mine');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (compared === null) return 'There is no baseline to compare with.';
  const { comparison } = compared;
  const known = stacksOf.get(comparison) ?? { stacks: comparedStacks(comparison), trees: new Map() };
  stacksOf.set(comparison, known);
  const { stacks, trees } = known;
  if (stacks === null) return 'Flame graphs are compared by their stacks, and one of the profiles has none.';
  const key = JSON.stringify([shape, width]);
  const tree = trees.get(key) ?? opened(compared, buildComparedTree(comparison, stacks, shape, width));
  trees.delete(key);
  trees.set(key, tree);
  for (const old of [...trees.keys()].slice(0, -KEPT_TREES)) trees.delete(old);
  return tree;
}

/** Least recently used trees first. */
interface Known {
  readonly stacks: ComparedStacks | null;
  readonly trees: Map<string, OpenComparedTree>;
}

const stacksOf = new WeakMap<Comparison, Known>();

function opened({ before, after, comparison }: ComparedProfiles, tree: ComparedTree): OpenComparedTree {
  const { length } = comparison.sides.after.profile.frames;
  return {
    ...tree,
    viewFrame: (frame) => (frame < length ? frame : length - frame - 2),
    open: { ...after, profile: tree.profile, view: bothViews(before.view, after.view) },
  };
}

/** Strings of both profiles: those before behind those after, and an empty one. */
function bothViews(before: MappedView, after: MappedView): MappedView {
  const origin = new Uint8Array(after.map.origin.length + before.map.origin.length + 1);
  origin.set(after.map.origin);
  origin.set(before.map.origin, after.map.origin.length);
  return {
    lines: after.lines,
    filesByKey: after.filesByKey,
    map: { ...after.map, origin, place: [...after.map.place, ...before.map.place, ''] },
  };
}
