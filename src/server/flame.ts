import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import { buildCallTree, type CallTree, hasShape } from '../profile/callTree';
import { selectFlameRows } from '../profile/flameRows';
import type { TreeShape } from '../profile/treeShape';
import type { FlameData, FlameFrames, FlameParams, RefinedParams } from '../protocol/requests';
import { comparedTree } from './comparedTree';
import type { ViewContext } from './context';
import { nameOf, type OpenProfile } from './openProfile';
import type { Refined } from './refinedProfiles';

/** No screen shows more boxes side by side; a smaller `minSamples` would only make the answer huge. */
const MOST_BOXES_ACROSS = 16_384;

/** Call trees kept, over all profiles; one takes about as much memory as its profile's stacks and is rebuilt on demand. */
const KEPT_TREES = 4;

/** The boxes of the flame graph that can be seen, with the frames they name. Throws when the profile is not open. */
export async function flame(context: ViewContext, params: FlameParams): Promise<FlameData> {
  const compared = params.compared === null ? null : await comparedTree(context, params, params.compared);
  if (compared === null || typeof compared === 'string') {
    const { open, problem, tree } = shapedTree(context, params);
    return { ...boxesOf(open, tree, params), problem, change: null, uncompared: compared };
  }
  const boxes = boxesOf(compared.open, compared.tree, params);
  const { problem } = context.refined.get(context.profiles.get(params.uri), params.refinement);
  const { before, after, level, viewFrame } = compared;
  return {
    ...boxes,
    problem,
    line: boxes.line.map((line) => Math.abs(line)),
    frames: { ...boxes.frames, index: boxes.frames.index.map(viewFrame) },
    change: {
      before: Float64Array.from(boxes.node, (node) => before[node]!),
      after: Float64Array.from(boxes.node, (node) => after[node]!),
      level: Int8Array.from(boxes.node, (node) => level[node]!),
    },
    uncompared: null,
  };
}

function boxesOf(
  open: OpenProfile,
  tree: CallTree,
  params: FlameParams,
): Omit<FlameData, 'problem' | 'change' | 'uncompared'> {
  const from = Math.max(0, params.from);
  const to = Math.min(params.to ?? tree.totalSamples, tree.totalSamples);
  const minSamples = Math.max(params.minSamples, (to - from) / MOST_BOXES_ACROSS);
  const rows = selectFlameRows(tree, { from, to, minSamples });
  const { frame, index } = renumbered(rows.frame);
  return { ...rows, frame, frames: namedFrames(open, index) };
}

/** The call tree of one shape of one part of a profile. Throws when the profile is not open or has no such shape. */
export function shapedTree(
  { profiles, refined, trees }: ViewContext,
  { uri, refinement, shape }: RefinedParams & { readonly shape: TreeShape },
): Refined & { readonly tree: CallTree } {
  const { open, problem } = refined.get(profiles.get(uri), refinement);
  if (!hasShape(open.profile, shape)) {
    const message =
      open.profile.detail === 'aggregate'
        ? `${nameOf(uri)} has no stacks, so callers and callees cannot be drawn: record with raw: true.`
        : `${nameOf(uri)} cannot be drawn in the order of time: only whole stacks of one recording, callees below, can.`;
    throw new ResponseError(ErrorCodes.InvalidRequest, message);
  }
  return { open, problem, tree: trees.get(open, shape) };
}

/** The call trees last looked at. Rebuilding one gives the same node numbers, so evicting is not seen from outside. */
export class TreeCache {
  /** Least recently used first. */
  private readonly kept: { open: OpenProfile; key: string; tree: CallTree }[] = [];

  get(open: OpenProfile, shape: TreeShape): CallTree {
    const key = JSON.stringify(shape);
    const at = this.kept.findIndex((entry) => entry.open === open && entry.key === key);
    const [entry] = at < 0 ? [{ open, key, tree: buildCallTree(open.profile, shape) }] : this.kept.splice(at, 1);
    this.kept.push(entry!);
    if (this.kept.length > KEPT_TREES) this.kept.shift();
    return entry!.tree;
  }

  /** Forgets the trees of a profile that was closed. */
  drop(uri: string): void {
    for (let i = this.kept.length - 1; i >= 0; i--) if (this.kept[i]!.open.uri === uri) this.kept.splice(i, 1);
  }
}

/** FrameIndexes become rows of a table of just these frames, in order of first appearance. */
export function renumbered(frames: Int32Array): { frame: Int32Array; index: Int32Array } {
  const rowOf = new Map<number, number>();
  const frame = frames.map((index) => {
    const known = rowOf.get(index);
    if (known !== undefined) return known;
    rowOf.set(index, rowOf.size);
    return rowOf.size - 1;
  });
  return { frame, index: Int32Array.from(rowOf.keys()) };
}

/** What the view shows of frames. */
export function namedFrames({ profile, view }: OpenProfile, index: Int32Array): FlameFrames {
  const { frames, strings } = profile;
  const files = Array.from(index, (frame) => frames.file[frame]!);
  return {
    index,
    name: Array.from(index, (frame) => strings[frames.name[frame]!]!),
    file: files.map((file) => strings[file]!),
    place: files.map((file) => view.map.place[file]!),
    definitionLine: index.map((frame) => frames.line[frame]!),
    origin: Uint8Array.from(files, (file) => view.map.origin[file]!),
    ownShare: Float32Array.from(index, (frame) => frames.self[frame]! / Math.max(1, profile.samples)),
  };
}
