/**
 * The picture as an SVG file: every level of what is in sight sideways, each box a rectangle with its name as text, and as a tooltip
 * its place and figures. It needs nothing else to be shown.
 */
import { boxName, placeWithLine } from './boxSelection';
import type { Dress } from './dress';
import type { Figures } from './figures';
import type { BoxRow, FlameTree } from './flameTree';
import { BoxBuffer, type FlameWindow, layoutBoxes } from './layout';
import { css, type Rgb } from './palette';
import type { SampleRange } from './viewport';
import { visibleText } from './visibleText';

export interface SvgPicture {
  /** Trees in the order they are drawn, each with its colours and labels; a finer one takes the samples it covers. */
  readonly base: Dress;
  readonly detail: Dress | null;
  readonly range: SampleRange;
  readonly rootsAt: 'top' | 'bottom';
  readonly background: Rgb;
  readonly foreground: Rgb;
  readonly figures: Figures;
  /** Pixels of the labels' widths per pixel of the file. */
  readonly scale: number;
  /** Said above the picture. */
  readonly title: string;
}

/** Everything in pixels of the file. */
export const svgWidth = 1600;
const rowPx = 20;
const gapPx = 1;
const insetPx = 4;
const headPx = 30;
/** Text in boxes narrower than this would be nothing but an ellipsis. */
const narrowestPx = 26;

export function flameSvg(picture: SvgPicture): string {
  const { base, detail, range, background, foreground, title } = picture;
  const boxes = new BoxBuffer();
  const unscrolled = windowOf(range, base.tree.maxDepth, null);
  layoutBoxes(base.tree, unscrolled, base, boxes, detail?.tree ?? null);
  const ofBase = boxes.length;
  if (detail) layoutBoxes(detail.tree, unscrolled, detail, boxes);
  const levels = deepest(boxes) + 1;
  const height = headPx + levels * rowPx + insetPx;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${svgWidth}" height="${height}" viewBox="0 0 ${svgWidth} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="${css(background)}"/>`,
    `<text x="${insetPx}" y="20" fill="${css(foreground)}">${escaped(title)}</text>`,
  ];
  for (let i = 0; i < boxes.length; i++)
    parts.push(box(picture, boxes, i, i < ofBase ? base : (detail ?? base), levels));
  parts.push('</svg>');
  return `${parts.join('\n')}\n`;
}

function windowOf(range: SampleRange, levels: number, rootRow: number | null): FlameWindow {
  return { range, widthPx: svgWidth, heightPx: (levels + 1) * rowPx, scrollPx: 0, rowPx, gapPx, rootRow };
}

function deepest({ floats, length }: BoxBuffer): number {
  let deepest = 0;
  for (let i = 0; i < length; i++) deepest = Math.max(deepest, Math.round(floats[i * 4 + 2]! / rowPx));
  return deepest;
}

function box(
  { figures, rootsAt, scale }: SvgPicture,
  boxes: BoxBuffer,
  i: number,
  dress: Dress,
  levels: number,
): string {
  const { floats, colours, rows } = boxes;
  const left = floats[i * 4]!;
  const width = floats[i * 4 + 1]! - left;
  const level = Math.round(floats[i * 4 + 2]! / rowPx);
  const top = headPx + (rootsAt === 'top' ? level : levels - 1 - level) * rowPx;
  const row = rows[i]!;
  const rect = `<rect x="${left}" y="${top}" width="${width}" height="${rowPx - gapPx}" fill="${fillOf(colours[i * 4 + 3]!)}"/>`;
  if (row < 0) return rect;
  const text = width < narrowestPx ? '' : dress.label(row, Math.floor((width - insetPx * 2) * scale));
  const label =
    text === ''
      ? ''
      : `<text x="${left + insetPx}" y="${top + rowPx - 6}" fill="${dress.textColour(row)}">${escaped(text)}</text>`;
  return `<g><title>${escaped(describe(dress.tree, row, figures))}</title>${rect}${label}</g>`;
}

function describe(tree: FlameTree, row: BoxRow, figures: Figures): string {
  const frame = tree.frame[row]!;
  const place = placeWithLine(tree.frames.place[frame]!, tree.line[row]! || tree.frames.definitionLine[frame]!);
  const certainty = tree.approximate ? 'estimate' : 'exact';
  const total = `${figures.amount(tree.total[row]!, certainty)}, ${figures.share(tree.total[row]!)} of all`;
  return visibleText(`${boxName(tree, row)} — ${place} — ${total}`);
}

function fillOf(packed: number): string {
  return css([packed & 255, (packed >>> 8) & 255, (packed >>> 16) & 255]);
}

function escaped(text: string): string {
  return visibleText(text, 2000).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
