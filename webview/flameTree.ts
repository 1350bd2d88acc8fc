/**
 * The boxes the view holds: what the server sent, and what was asked for. Layout, hit test and the keyboard walk these
 * typed arrays only. Rows are depth-first, heavier siblings first; a box covers the samples
 * `start .. start + total`, its children from the left, its own samples last:
 *
 *     row  depth         start             start + total
 *      0     0             ├──────── A ────────┤
 *      1     1             ├── B ──┤├─ C ─┤self
 *      2     2             ├ D ┤....             .... = `childrenEnd` of B up to its children's true end: left out as too narrow
 */
import type { ComparedWidth } from '../src/profile/compareTrees';
import type { TreeShape } from '../src/profile/treeShape';
import type { FlameData } from '../src/protocol/requests';
import { type Gaps, gapsOf, noGaps } from './gaps';
import type { ViewRefinement } from './viewFilters';

/** Row of a `FlameTree`; -1 for none. Depths count from 0, `maxDepth` counts levels. */
export type BoxRow = number;

/** Which picture boxes belong to: of what, and how it is laid out. */
export interface Picture extends TreeShape {
  readonly refinement: ViewRefinement;
  /** With the baseline; null: the profile alone. */
  readonly compared: ComparedPicture | null;
}

export interface ComparedPicture {
  /** Whose figures make the widths. */
  readonly width: ComparedWidth;
  /** Another number for every other baseline. */
  readonly baseline: number;
}

/** What was asked for: the picture, the samples and the narrowest box that `FlameData` covers. */
export interface FlameCover extends Picture {
  readonly from: number;
  readonly to: number;
  readonly minSamples: number;
}

export interface FlameTree extends FlameCover, FlameData {
  /** Sample where the last child that is here ends; `start` when none is. */
  readonly childrenEnd: Float64Array;
  /** In the order of time: where children were left out as too narrow. */
  readonly gaps: Gaps;
}

export function pictureOf({ refinement, groupBy, direction, around, order, compared }: Picture): Picture {
  return { refinement, groupBy, direction, around, order, compared };
}

/** Whether boxes of both are boxes of the same tree. */
export function samePicture(a: Picture, b: Picture): boolean {
  const shaped = a.groupBy === b.groupBy && a.direction === b.direction && a.around === b.around;
  const alike = shaped && a.order === b.order;
  const comparedAlike = a.compared?.width === b.compared?.width && a.compared?.baseline === b.compared?.baseline;
  return alike && comparedAlike && a.refinement === b.refinement;
}

/** Takes over the columns of `data` (no copy); parents and subtree ends are rows there already. */
export function toFlameTree(data: FlameData, cover: FlameCover): FlameTree {
  const { length, parent, start, total } = data;
  const childrenEnd = Float64Array.from(start);
  for (let row = 0; row < length; row++) {
    const above = parent[row]!;
    if (above >= 0) childrenEnd[above] = start[row]! + total[row]!;
  }
  return { ...cover, ...data, childrenEnd, gaps: cover.order === 'time' ? gapsOf(data, cover) : noGaps };
}

/** The row of a call-tree node, or -1. */
export function rowOfNode(tree: FlameTree, node: number): BoxRow {
  return tree.node.indexOf(node);
}

/** How much of the picture a box must fill to be part of the trunk. */
const trunkShare = 0.95;

/** Levels from the top in which nearly everything passes through one box: frameworks around the work, seldom of interest. */
export function trunkLevels(tree: FlameTree): number {
  let levels = 0;
  for (let row = 0; row < tree.length && tree.depth[row] === levels; row++) {
    if (tree.total[row]! < tree.totalSamples * trunkShare) break;
    levels++;
  }
  return levels;
}

/** The widest box of a frame (and line, unless 0), or -1. */
export function heaviestRow(tree: FlameTree, frame: number, line: number): BoxRow {
  let best = -1;
  for (let row = 0; row < tree.length; row++) {
    if (tree.frames.index[tree.frame[row]!] !== frame) continue;
    if (line !== 0 && tree.line[row] !== line) continue;
    if (best < 0 || tree.total[row]! > tree.total[best]!) best = row;
  }
  return best;
}

/** Boxes of the same line, or where boxes are not split by line of the same method; widest first, in picture order where alike. */
export function boxesLike(
  tree: FlameTree,
  { frame, line, file }: { frame: number; line: number; file: string },
): BoxRow[] {
  const { frames } = tree;
  const rows: BoxRow[] = [];
  for (let row = 0; row < tree.length; row++) {
    const at = tree.frame[row]!;
    const same =
      tree.groupBy === 'line' && line > 0
        ? tree.line[row] === line && frames.file[at] === file
        : frames.index[at] === frame;
    if (same) rows.push(row);
  }
  return rows.sort((a, b) => tree.total[b]! - tree.total[a]! || a - b);
}

/**
 * The widest box of a place as recorded, or -1. Grouped by method, boxes have no line of their own: the method of that
 * file whose definition is the last at or above the line is taken.
 */
export function heaviestRowAt(tree: FlameTree, file: string, line: number): BoxRow {
  const { frames } = tree;
  let definition = -1;
  for (let frame = 0; frame < frames.file.length; frame++) {
    const defined = frames.definitionLine[frame]!;
    if (frames.file[frame] === file && defined <= line && defined > definition) definition = defined;
  }
  let best = -1;
  for (let row = 0; row < tree.length; row++) {
    const frame = tree.frame[row]!;
    if (frames.file[frame] !== file) continue;
    const here = tree.groupBy === 'line' ? tree.line[row] === line : frames.definitionLine[frame] === definition;
    if (here && (best < 0 || tree.total[row]! > tree.total[best]!)) best = row;
  }
  return best;
}
