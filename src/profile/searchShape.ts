import type { CallNode, CallTree } from './callTree';
import { chargeTo } from './chargedFrames';
import type { Profile } from './profile';
import { findFrames, type Query } from './search';
import type { TreeShape } from './treeShape';

/** What a search finds in one shape of a profile: methods, the samples that have one, and the boxes they are. */
export interface ShapeHits {
  readonly frames: number;
  /** Samples of the shape with one of the methods on the part of their stack that it shows, each sample once. */
  readonly samples: number;
  /** False without stacks: samples are estimated from edges. */
  readonly exact: boolean;
  readonly error: string | null;
  /** All boxes of the shape that match. */
  readonly boxes: number;
  /** Those to step through, in the order of the tree: all of them, or the widest where they are too many. */
  readonly nodes: readonly CallNode[];
}

/** Searches one shape. `tree`: the call tree of that shape; `mostNodes`: how many boxes to name. */
export function searchShape(
  profile: Profile,
  shape: TreeShape,
  tree: CallTree,
  query: Query,
  mostNodes: number,
): ShapeHits {
  const { found, count, error } = findFrames(profile, query);
  const exact = profile.detail !== 'aggregate';
  if (count === 0) return { frames: 0, samples: 0, exact, error, boxes: 0, nodes: [] };
  const samples = exact ? samplesWith(profile, found, shape) : estimatedThrough(profile, found);
  return { frames: count, samples, exact, error, ...matchingNodes(tree, found, mostNodes) };
}

function samplesWith(profile: Profile, found: Uint8Array, { direction, around }: TreeShape): number {
  const { stacks } = profile;
  if (around === null) return outermostSamples(profile, found, 0, stacks.length);
  let samples = 0;
  // Whether a method was found on the way down to each node that is not below `around`.
  const foundAbove = new Uint8Array(stacks.length);
  for (let node = 0; node < stacks.length; ) {
    const parent = stacks.parent[node]!;
    const end = stacks.subtreeEnd[node]!;
    foundAbove[node] = found[stacks.frame[node]!]! | (parent < 0 ? 0 : foundAbove[parent]!);
    if (stacks.frame[node] !== around) {
      node++;
      continue;
    }
    if (direction === 'callees') samples += outermostSamples(profile, found, node, end);
    else if (foundAbove[node] === 1) samples += stacks.total[node]!;
    node = end;
  }
  return samples;
}

/** Every stack node with a found frame and none above it holds samples that nothing else counted. */
function outermostSamples({ stacks }: Profile, found: Uint8Array, from: number, to: number): number {
  let samples = 0;
  let node = from;
  while (node < to) {
    if (found[stacks.frame[node]!] === 1) {
      samples += stacks.total[node]!;
      node = stacks.subtreeEnd[node]!;
    } else node++;
  }
  return samples;
}

/** Samples that would be charged to the found frames, at least those of the one with most. */
function estimatedThrough(profile: Profile, found: Uint8Array): number {
  const { own } = chargeTo(profile, found);
  let samples = 0;
  let most = 0;
  for (let frame = 0; frame < own.length; frame++) {
    samples += own[frame]!;
    if (found[frame] === 1) most = Math.max(most, profile.frames.total[frame]!);
  }
  return Math.min(profile.samples, Math.max(most, samples));
}

/** Widths told apart when only the widest boxes are named; wider ones are alike. */
const WIDTHS = 65_536;

function matchingNodes(tree: CallTree, found: Uint8Array, most: number): { boxes: number; nodes: CallNode[] } {
  const ofWidth = new Int32Array(WIDTHS);
  let boxes = 0;
  for (let node = 0; node < tree.length; node++) {
    if (found[tree.frame[node]!] === 0) continue;
    boxes++;
    ofWidth[widthOf(tree, node)]!++;
  }
  // Boxes wider than `narrowest` fit, and some of just that width, the first ones.
  let narrowest = WIDTHS - 1;
  let room = most;
  while (narrowest > 0 && ofWidth[narrowest]! <= room) room -= ofWidth[narrowest--]!;
  const nodes: CallNode[] = [];
  for (let node = 0; node < tree.length && nodes.length < most; node++) {
    if (found[tree.frame[node]!] === 0) continue;
    const width = widthOf(tree, node);
    if (width > narrowest || (width === narrowest && room-- > 0)) nodes.push(node);
  }
  return { boxes, nodes };
}

function widthOf(tree: CallTree, node: CallNode): number {
  return Math.min(WIDTHS - 1, Math.floor(tree.total[node]!));
}
