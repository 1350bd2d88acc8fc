/** From a box to what the rest of the view shows of it, and from box to box for the keyboard. */
import { Origin } from '../src/profile/origin';
import type { BoxRow, FlameTree } from './flameTree';
import type { Selection, SourcePlace } from './state';
import type { SampleRange } from './viewport';
import { nameOrNone } from './visibleText';

/** The selection that a box stands for. */
export function selectionOf(tree: FlameTree, row: BoxRow): Selection {
  const { frames } = tree;
  const frame = tree.frame[row]!;
  const above = tree.parent[row]!;
  return {
    frame: frames.index[frame]!,
    line: tree.line[row]!,
    name: frames.name[frame]!,
    file: frames.file[frame]!,
    place: frames.place[frame]!,
    definitionLine: frames.definitionLine[frame]!,
    origin: frames.origin[frame]!,
    box: {
      node: tree.node[row]!,
      depth: tree.depth[row]!,
      start: tree.start[row]!,
      total: tree.total[row]!,
      self: tree.self[row]!,
      parentTotal: above < 0 ? tree.totalSamples : tree.total[above]!,
      source: sourceOf(tree, row),
    },
  };
}

/** The box's own line, or for code without source (C, core, garbage collection) that of the nearest caller, the heaviest of several. */
export function sourceOf(tree: FlameTree, row: BoxRow): SourcePlace | null {
  const { frames } = tree;
  for (let at = row; at >= 0; at = callerOf(tree, at)) {
    const frame = tree.frame[at]!;
    const line = tree.line[at]! || frames.definitionLine[frame]!;
    if (!hasSource(frames.origin[frame]!, frames.file[frame]!)) continue;
    return { file: frames.file[frame]!, line, place: placeWithLine(frames.place[frame]!, line), ofCaller: at !== row };
  }
  return null;
}

/** Callers first, a box's callers are below it, heaviest first. */
function callerOf(tree: FlameTree, row: BoxRow): BoxRow {
  if (tree.direction === 'callees') return tree.parent[row]!;
  return tree.subtreeEnd[row]! > row + 1 ? row + 1 : -1;
}

/** False for code that no editor can open. Files that are merely not found here count as source: the extension explains. */
export function hasSource(origin: number, file: string): boolean {
  return origin !== Origin.Core && origin !== Origin.Gc && file !== '' && !/^[<(]|^-e$/.test(file);
}

/** `app/models/balance.rb:63`; without a line just the place. */
export function placeWithLine(place: string, line: number): string {
  return line > 0 ? `${place}:${line}` : place;
}

/** What the box is called on screen: the method, and its line when boxes are split by line. */
export function boxName(tree: FlameTree, row: BoxRow): string {
  const name = nameOrNone(tree.frames.name[tree.frame[row]!]!);
  const line = tree.line[row]!;
  return tree.groupBy === 'line' && line > 0 ? `${name}:${line}` : name;
}

export type Direction = 'parent' | 'child' | 'next' | 'previous';

/** The neighbouring box, or -1. Siblings of a root are roots. */
export function neighbour(tree: FlameTree, row: BoxRow, direction: Direction): BoxRow {
  if (row < 0) return tree.length > 0 ? 0 : -1;
  switch (direction) {
    case 'parent':
      return tree.parent[row]!;
    case 'child':
      return tree.subtreeEnd[row]! > row + 1 ? row + 1 : -1;
    case 'next': {
      const after = tree.subtreeEnd[row]!;
      return after < tree.length && tree.parent[after] === tree.parent[row] ? after : -1;
    }
    case 'previous': {
      const above = tree.parent[row]!;
      let before = -1;
      for (let at = above + 1; at < row; at = tree.subtreeEnd[at]!) before = at;
      return before;
    }
  }
}

/** Rows of the children of a box (of the roots for -1), at most `limit`. */
export function childRows(tree: FlameTree, row: BoxRow, limit: number): BoxRow[] {
  const rows: BoxRow[] = [];
  const end = row < 0 ? tree.length : tree.subtreeEnd[row]!;
  for (let at = row + 1; at < end && rows.length < limit; at = tree.subtreeEnd[at]!) rows.push(at);
  return rows;
}

/** The box and its callers, root first. */
export function pathTo(tree: FlameTree, row: BoxRow): BoxRow[] {
  const path: BoxRow[] = [];
  for (let at = row; at >= 0; at = tree.parent[at]!) path.push(at);
  return path.reverse();
}

/** The deepest box that fills the visible range: what the view is zoomed to. -1 when it shows more than one root. */
export function zoomedRow(tree: FlameTree, range: SampleRange): BoxRow {
  let found = -1;
  let row = 0;
  const middle = (range.from + range.to) / 2;
  while (row < tree.length) {
    const start = tree.start[row]!;
    const end = start + tree.total[row]!;
    if (start > middle) break;
    if (end <= middle) row = tree.subtreeEnd[row]!;
    else if (start <= range.from && end >= range.to) found = row++;
    else break;
  }
  return found;
}

/** Smallest width in CSS pixels at which a box selected by keyboard can be seen, and the width it gets when it cannot. */
const seenPx = 6;
const shownPx = 120;

/** The range that shows `start .. start + total`, or null when it can be seen already. */
export function rangeShowing(start: number, total: number, range: SampleRange, widthPx: number): SampleRange | null {
  const span = range.to - range.from;
  const visible = Math.min(start + total, range.to) - Math.max(start, range.from);
  if ((visible / span) * widthPx >= Math.min(seenPx, widthPx)) return null;
  const next = (total / span) * widthPx >= seenPx ? span : (total * widthPx) / shownPx;
  const middle = start + total / 2;
  return { from: middle - next / 2, to: middle + next / 2 };
}
