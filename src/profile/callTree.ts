import { assertNever } from './assertNever';
import { calleesAround } from './calleesAround';
import { callersFirst } from './callersFirst';
import { depthFirst } from './depthFirst';
import { expandEdges } from './expandEdges';
import type { GroupBy } from './lens';
import { mergeStacks } from './mergeStacks';
import { orderTree } from './orderTree';
import type { Profile, StackTable } from './profile';
import { buildTimeTree } from './timeTree';
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
  /** `time`: siblings as recorded, with the own samples of the box above between them; see `buildTimeTree`. */
  readonly order: TreeShape['order'];
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

/**
 * The call tree of a profile in the shape that is asked for. Iterative: depth costs no stack.
 * A profile without stacks has only `callees` of everything, by method: `hasShape` says whether it has another.
 */
export function buildCallTree(profile: Profile, shape: TreeShape): CallTree {
  if (profile.detail === 'aggregate') return orderTree(profile, depthFirst(expandEdges(profile)), true);
  const inTime = shape.order === 'time' ? buildTimeTree(profile, linesIn(profile, shape.groupBy)) : null;
  if (inTime !== null) return inTime;
  return orderTree(profile, treeOf(profile, shape), false);
}

/** Whether `buildCallTree` can make this shape of the profile. */
export function hasShape(profile: Profile, { direction, around, order }: TreeShape): boolean {
  const isWhole = direction === 'callees' && around === null;
  if (order === 'time') return profile.timeline !== null && isWhole;
  return profile.detail !== 'aggregate' || isWhole;
}

function treeOf(profile: Profile, { groupBy, direction, around }: TreeShape): StackTable {
  const { stacks, detail } = profile;
  const withLines = linesIn(profile, groupBy);
  switch (direction) {
    case 'callers':
      return depthFirst(callersFirst(stacks, around, withLines));
    case 'callees':
      if (around !== null) return calleesAround(profile, around, withLines);
      return withLines || detail === 'raw' ? stacks : withoutLines(profile);
    default:
      return assertNever(direction);
  }
}

function linesIn({ detail }: Profile, groupBy: GroupBy): boolean {
  return groupBy === 'line' && detail === 'raw_lines';
}

/** Nodes of one method under one parent become one, whatever lines they were at. */
function withoutLines(profile: Profile): StackTable {
  const { stacks } = profile;
  const into = new Int32Array(stacks.length);
  for (let node = 0; node < stacks.length; node++) into[node] = node;
  return mergeStacks(profile, stacks, into, false);
}
