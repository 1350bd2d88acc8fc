import type { Dress } from './dress';
import { type BoxBuffer, type FlameWindow, topOf } from './layout';
import { css, type Palette } from './palette';
import type { Selection } from './state';

/** The layer over the boxes: names, and outlines of what is selected. Everything in device pixels. */
export interface LabelPass {
  readonly context: CanvasRenderingContext2D;
  readonly window: FlameWindow;
  readonly boxes: BoxBuffer;
  readonly palette: Palette;
  readonly font: string;
  /** Device pixels per CSS pixel. */
  readonly scale: number;
  readonly selected: Selection | null;
}

/** Space between the edge of a box and its text, CSS pixels. */
const insetPx = 5;
/** No text in boxes narrower than this, CSS pixels. */
const narrowestPx = 26;

export function clearLabels({ context, window, font }: LabelPass): void {
  context.clearRect(0, 0, window.widthPx, window.heightPx);
  context.font = font;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.direction = 'ltr';
}

/** Height of the line under what a search matches, CSS pixels. */
const markPx = 3;

/** Names on the boxes `first .. last` of the buffer, which belong to the tree of `dress`; boxes of the selected method get a thin outline, those a search matches a line. */
export function paintLabels(pass: LabelPass, dress: Dress, first: number, last: number): void {
  const { context, window, boxes, scale, selected } = pass;
  const { tree } = dress;
  const inset = insetPx * scale;
  const narrowest = narrowestPx * scale;
  const mark = Math.round(markPx * scale);
  const twins = selected === null ? -1 : tree.frames.index.indexOf(selected.frame);
  context.strokeStyle = css(pass.palette.selection);
  context.lineWidth = Math.max(1, Math.round(scale));
  let style = '';
  for (let i = first; i < last; i++) {
    const row = boxes.rows[i]!;
    if (row < 0) continue;
    const left = boxes.floats[i * 4]!;
    const top = boxes.floats[i * 4 + 2]!;
    const width = boxes.floats[i * 4 + 1]! - left;
    const frame = tree.frame[row]!;
    if (frame === twins && isTwin(selected, tree.line[row]!) && width > 3 * scale) {
      context.strokeRect(left + 0.5, top + 0.5, width - 1, window.rowPx - window.gapPx - 1);
    }
    const isFound = dress.found?.[frame] === 1;
    if (width < narrowest && !isFound) continue;
    const wanted = dress.textColour(row);
    if (wanted !== style) {
      context.fillStyle = wanted;
      style = wanted;
    }
    // Not by colour alone.
    if (isFound) context.fillRect(left, top + window.rowPx - window.gapPx - mark, width, mark);
    if (width < narrowest) continue;
    const text = dress.label(row, Math.floor(width - inset * 1.6));
    if (text === '') continue;
    context.fillText(text, left + inset, top + (window.rowPx - window.gapPx) / 2 + scale * 0.5);
  }
}

/** A strong outline around the selected box, drawn from its figures: it may be too narrow to be among the boxes. */
export function paintSelected({ context, window, palette, scale, selected }: LabelPass): void {
  const box = selected?.box;
  if (!box) return;
  const perSample = window.widthPx / (window.range.to - window.range.from);
  const left = Math.max(-4, Math.round((box.start - window.range.from) * perSample));
  const right = Math.min(window.widthPx + 4, Math.round((box.start + box.total - window.range.from) * perSample));
  const top = topOf(window, box.depth);
  if (right < 0 || left > window.widthPx || top > window.heightPx || top + window.rowPx < 0) return;
  const stroke = Math.max(2, Math.round(2 * scale));
  const width = Math.max(right - left - window.gapPx, stroke * 1.5);
  context.strokeStyle = css(palette.selection);
  context.lineWidth = stroke;
  const height = window.rowPx - window.gapPx;
  context.strokeRect(left + stroke / 2, top + stroke / 2, width - stroke, height - stroke);
  const inside = stroke + Math.max(1, Math.round(scale)) / 2;
  if (width < inside * 4) return;
  context.strokeStyle = css(palette.selectionInside);
  context.lineWidth = Math.max(1, Math.round(scale));
  context.strokeRect(left + inside, top + inside, width - inside * 2, height - inside * 2);
}

function isTwin(selected: Selection | null, line: number): boolean {
  return selected !== null && (selected.line === 0 || line === 0 || selected.line === line);
}
