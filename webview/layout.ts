/**
 * Which boxes are on screen, and where: typed arrays in, one instance buffer out, nothing allocated per frame. Three
 * skips keep the walk short however large the tree: a box left of the view skips its subtree, a box right of it ends the
 * walk (starts never decrease depth-first), and a box too narrow to see skips its lighter siblings as well
 * (in the order of time only what is below it).
 */
import type { BoxRow, FlameTree } from './flameTree';
import type { SampleRange } from './viewport';

/** The picture in device pixels. */
export interface FlameWindow {
  readonly range: SampleRange;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly scrollPx: number;
  readonly rowPx: number;
  /** Space between boxes. */
  readonly gapPx: number;
  /** Roots at the bottom: the row (from the top of what scrolls) that they stand in. Null: roots on top. */
  readonly rootRow: number | null;
}

/** Top edge of a level's boxes on the picture, in device pixels. */
export function topOf({ rowPx, scrollPx, rootRow }: FlameWindow, depth: number): number {
  return (rootRow === null ? depth : rootRow - depth) * rowPx - scrollPx;
}

/**
 * What to paint, in paint order. Box i is the four 32-bit words `words[4 i ..]`: left, right and top edge in device pixels
 * as floats, then the colour as bytes r g b a. `rows[i]` is its BoxRow, or -1 for the flat area of calls too narrow to draw.
 */
export class BoxBuffer {
  length = 0;
  floats = new Float32Array(0);
  colours = new Uint32Array(0);
  rows = new Int32Array(0);

  constructor(capacity = 4096) {
    this.reserve(capacity);
  }

  clear(): void {
    this.length = 0;
  }

  push(left: number, right: number, top: number, colour: number, row: BoxRow): void {
    if (this.length === this.rows.length) this.reserve(this.rows.length * 2);
    const at = this.length * 4;
    this.floats[at] = left;
    this.floats[at + 1] = right;
    this.floats[at + 2] = top;
    this.colours[at + 3] = colour;
    this.rows[this.length++] = row;
  }

  private reserve(capacity: number): void {
    const floats = new Float32Array(capacity * 4);
    floats.set(this.floats);
    const rows = new Int32Array(capacity);
    rows.set(this.rows);
    this.floats = floats;
    this.colours = new Uint32Array(floats.buffer);
    this.rows = rows;
  }
}

/** Narrowest box that is drawn by itself, in device pixels; narrower ones become part of a flat area. */
const narrowestPx = 1;
/** Boxes narrower than this touch: a gap would eat them. */
const gapFromPx = 4;

export interface BoxColours {
  /** Packed colour per row of `tree.frames`. */
  readonly perFrame: Uint32Array;
  /** Packed colour per box, where boxes of one frame differ; null: `perFrame` says it. */
  readonly perBox: Uint32Array | null;
  readonly rest: number;
}

/**
 * Appends the visible boxes of `tree` to `out`. With `except`, boxes that touch those samples are left to another, finer
 * tree that has them all.
 */
export function layoutBoxes(
  tree: FlameTree,
  window: FlameWindow,
  colours: BoxColours,
  out: BoxBuffer,
  except: SampleRange | null = null,
): void {
  const { length, start, total, self, depth, parent, subtreeEnd, childrenEnd, frame } = tree;
  const { widthPx, heightPx, rowPx, gapPx, range, rootRow } = window;
  const { perFrame, perBox } = colours;
  const nextPx = rootRow === null ? rowPx : -rowPx;
  const from = range.from;
  const scale = widthPx / (range.to - from);
  const inSight = (top: number): boolean => top < heightPx && top + rowPx > 0;
  let row = 0;
  while (row < length) {
    const left = (start[row]! - from) * scale;
    if (left >= widthPx) break;
    const right = (start[row]! + total[row]! - from) * scale;
    if (right <= 0) {
      row = subtreeEnd[row]!;
      continue;
    }
    const top = topOf(window, depth[row]!);
    // What it calls is further out of sight.
    if (rootRow === null ? top >= heightPx : top + rowPx <= 0) {
      row = subtreeEnd[row]!;
      continue;
    }
    if (right - left < narrowestPx && tree.order === 'time') {
      if (inSight(top)) pushRest(out, window, start[row]!, start[row]! + total[row]!, top, colours.rest, except);
      row = subtreeEnd[row]!;
      continue;
    }
    if (right - left < narrowestPx) {
      const above = parent[row]!;
      if (inSight(top)) {
        const end = above < 0 ? tree.totalSamples : start[above]! + total[above]! - self[above]!;
        pushRest(out, window, start[row]!, end, top, colours.rest, except);
      }
      row = above < 0 ? length : subtreeEnd[above]!;
      continue;
    }
    const elsewhere = except !== null && start[row]! < except.to && start[row]! + total[row]! > except.from;
    if (inSight(top) && !elsewhere) {
      const snappedLeft = Math.max(0, Math.round(left));
      const snappedRight = Math.min(widthPx, Math.max(snappedLeft + 1, Math.round(right)));
      const gap = right - left >= gapFromPx && snappedRight < widthPx ? gapPx : 0;
      out.push(snappedLeft, snappedRight - gap, top, perBox === null ? perFrame[frame[row]!]! : perBox[row]!, row);
    }
    const below = top + nextPx;
    if (tree.order === 'weight' && inSight(below)) {
      const end = start[row]! + total[row]! - self[row]!;
      if ((end - childrenEnd[row]!) * scale >= narrowestPx) {
        pushRest(out, window, childrenEnd[row]!, end, below, colours.rest, except);
      }
    }
    row++;
  }
  const { gaps } = tree;
  for (let gap = 0; gap < gaps.from.length && gaps.from[gap]! < range.to; gap++) {
    const top = topOf(window, gaps.depth[gap]!);
    if (gaps.to[gap]! > from && inSight(top)) {
      pushRest(out, window, gaps.from[gap]!, gaps.to[gap]!, top, colours.rest, except);
    }
  }
}

/** The row of the box under a point in device pixels, or -1. */
export function hitTest(tree: FlameTree, window: FlameWindow, x: number, y: number): BoxRow {
  const at = Math.floor((y + window.scrollPx) / window.rowPx);
  const level = window.rootRow === null ? at : window.rootRow - at;
  const sample = window.range.from + (x * (window.range.to - window.range.from)) / window.widthPx;
  return rowAt(tree, level, sample);
}

/** The row of the box at a depth that covers a sample, or -1. */
export function rowAt(tree: FlameTree, level: number, sample: number): BoxRow {
  if (level < 0) return -1;
  let row = 0;
  while (row < tree.length) {
    if (sample < tree.start[row]!) return -1;
    if (sample >= tree.start[row]! + tree.total[row]!) row = tree.subtreeEnd[row]!;
    else if (tree.depth[row] === level) return row;
    else row++;
  }
  return -1;
}

/** The flat area of calls too narrow to draw, in samples; the part that a finer tree covers is left to it. */
function pushRest(
  out: BoxBuffer,
  window: FlameWindow,
  from: number,
  to: number,
  top: number,
  colour: number,
  except: SampleRange | null,
): void {
  if (except !== null && from < except.to && to > except.from) {
    if (from < except.from) pushRest(out, window, from, except.from, top, colour, null);
    if (to > except.to) pushRest(out, window, except.to, to, top, colour, null);
    return;
  }
  const scale = window.widthPx / (window.range.to - window.range.from);
  const left = Math.max(0, Math.round((from - window.range.from) * scale));
  const right = Math.min(window.widthPx, Math.round((to - window.range.from) * scale));
  if (right > left) out.push(left, right, top, colour, -1);
}
