/**
 * The picture: two stacked canvases (boxes, labels) that fill a scrolling surface, drawn when something changed and not
 * otherwise. Knows columns, range and theme; knows nothing of the host.
 */

import type { Colouring } from './colouring';
import { covers } from './detail';
import { element } from './dom';
import { Dress, Wardrobe } from './dress';
import type { Figures } from './figures';
import { flameSvg } from './flameSvg';
import type { BoxRow, FlameTree } from './flameTree';
import { clearLabels, type LabelPass, paintLabels, paintSelected } from './labelPainter';
import { CharacterWidths } from './labels';
import { BoxBuffer, type FlameWindow, hitTest, layoutBoxes, topOf } from './layout';
import { type Painter, PainterSource } from './painter';
import type { Selection } from './state';
import type { Theme } from './theme';
import { type SampleRange, scrollToRow } from './viewport';

/** Height of a row of boxes with its gap, CSS pixels; rounded to whole device pixels, so that edges stay sharp at any scaling. */
const rowCssPx = 21;
const fontCssPx = 12;

export interface FlamePicture {
  readonly base: FlameTree;
  readonly detail: FlameTree | null;
  readonly range: SampleRange;
  readonly query: string;
  readonly selected: Selection | null;
  readonly colouring: Colouring;
}

export interface Hit {
  readonly tree: FlameTree;
  readonly row: BoxRow;
}

/** The trees in the colours of a search and a colouring. */
interface Dressed {
  readonly base: Dress;
  readonly detail: Dress | null;
  readonly query: string;
  readonly colouring: Colouring;
}

export class FlameCanvas {
  /** Scrolls; holds the tall spacer and the picture that stays in view. */
  readonly surface = element('div', { className: 'flame-surface', attributes: { tabindex: '0' } });
  readonly stage = element('div', { className: 'flame-stage' });
  private readonly spacer = element('div', { className: 'flame-spacer' });
  private readonly labels = element('canvas');
  private readonly context = this.labels.getContext('2d');
  private readonly boxes = new BoxBuffer();
  private painter: Painter;
  private wardrobe: Wardrobe | null = null;
  private font = '';
  private dressed: Dressed | null = null;
  private levels = 0;
  private rootsAt: 'top' | 'bottom' = 'top';
  private size = { widthPx: 0, heightPx: 0, scale: 1 };

  constructor(
    private theme: Theme,
    private readonly onNeedsDraw: () => void,
  ) {
    const source = new PainterSource((painter) => this.replacePainter(painter));
    this.painter = source.create();
    this.labels.className = 'flame-labels';
    this.stage.append(this.painter.canvas, this.labels);
    this.spacer.append(this.stage);
    this.surface.append(this.spacer);
    this.observeSize();
  }

  get widthCssPx(): number {
    return this.size.widthPx / this.size.scale;
  }

  get rowHeightCssPx(): number {
    return Math.round(rowCssPx * this.size.scale) / this.size.scale;
  }

  get painterKind(): Painter['kind'] {
    return this.painter.kind;
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.wardrobe = null;
    this.dressed = null;
    this.onNeedsDraw();
  }

  /** Room for `levels` rows of boxes. */
  setLevels(levels: number): void {
    this.levels = levels;
    const height = `${(levels + 1) * this.rowHeightCssPx}px`;
    if (this.spacer.style.minHeight !== height) this.spacer.style.minHeight = height;
  }

  setRootsAt(rootsAt: 'top' | 'bottom'): void {
    this.rootsAt = rootsAt;
  }

  /** Brings a level into sight, with some of its callers. */
  scrollToDepth(depth: number): void {
    const { surface, rowHeightCssPx: row } = this;
    const { rootRow } = this.windowOf({ from: 0, to: 1 });
    if (rootRow === null) surface.scrollTop = scrollToRow(depth, row, surface.scrollTop, surface.clientHeight);
    else {
      const top = (rootRow - depth) * row;
      const fits = top >= surface.scrollTop && top + row <= surface.scrollTop + surface.clientHeight;
      if (!fits) surface.scrollTop = Math.max(0, top + row * 4 - surface.clientHeight);
    }
  }

  /** To the roots, or to a level that far from them. */
  scrollToRoots(depth: number): void {
    const { surface, rowHeightCssPx: row } = this;
    surface.scrollTop =
      this.rootsAt === 'top' ? depth * row : surface.scrollHeight - surface.clientHeight - depth * row;
  }

  /** The coarse boxes in the colours they were drawn in last. */
  get drawnBase(): Dress | null {
    return this.dressed?.base ?? null;
  }

  /** Draws now; returns the number of boxes, -1 when there is no room to draw in. */
  draw(picture: FlamePicture): number {
    const { context } = this;
    if (!context || this.size.widthPx === 0 || this.size.heightPx === 0) return -1;
    const window = this.windowOf(picture.range);
    const dressed = this.dress(picture);
    const { boxes } = this;
    boxes.clear();
    const { base, detail } = picture;
    const detailCovers = detail !== null && covers(detail, picture.range) && detail.minSamples <= base.minSamples;
    if (!detailCovers) layoutBoxes(base, window, dressed.base, boxes, detail);
    const fromDetail = boxes.length;
    if (detail && dressed.detail) layoutBoxes(detail, window, dressed.detail, boxes);
    this.painter.paint(boxes, window, this.theme.background);
    const pass: LabelPass = {
      context,
      window,
      boxes,
      palette: this.theme.palette,
      font: this.font,
      scale: this.size.scale,
      selected: picture.selected,
    };
    clearLabels(pass);
    paintLabels(pass, dressed.base, 0, fromDetail);
    if (dressed.detail) paintLabels(pass, dressed.detail, fromDetail, boxes.length);
    paintSelected(pass);
    return boxes.length;
  }

  /** Everything between the edges of the picture, from the first level to the last, as the text of an SVG file. */
  svg(picture: FlamePicture, figures: Figures, title: string): string {
    const { base, detail } = this.dress(picture);
    const { background, foreground } = this.theme;
    const { rootsAt } = this;
    const { scale } = this.size;
    return flameSvg({ base, detail, range: picture.range, rootsAt, background, foreground, figures, scale, title });
  }

  /** What is on screen as a PNG file; null when there is nothing. */
  async png(picture: FlamePicture): Promise<Uint8Array | null> {
    const { widthPx, heightPx } = this.size;
    if (this.draw(picture) < 0) return null;
    const copy = new OffscreenCanvas(widthPx, heightPx);
    const context = copy.getContext('2d');
    // At once: what a graphics card has drawn is gone when this task ends.
    for (const layer of [this.painter.canvas, this.labels]) context?.drawImage(layer, 0, 0);
    return new Uint8Array(await (await copy.convertToBlob({ type: 'image/png' })).arrayBuffer());
  }

  /** The box at a point of the surface in CSS pixels. */
  hit(picture: FlamePicture, x: number, y: number): Hit | null {
    const window = this.windowOf(picture.range);
    const { scale } = this.size;
    for (const tree of [picture.detail, picture.base]) {
      if (!tree) continue;
      const row = hitTest(tree, window, x * scale, y * scale);
      if (row >= 0) return { tree, row };
    }
    return null;
  }

  /** Where a box is on the stage, in CSS pixels, cut to the visible part. */
  rectOf({ tree, row }: Hit, range: SampleRange): { left: number; top: number; width: number; height: number } {
    const window = this.windowOf(range);
    const { scale } = this.size;
    const perSample = window.widthPx / (range.to - range.from);
    const left = Math.max(0, Math.round((tree.start[row]! - range.from) * perSample));
    const right = Math.min(window.widthPx, Math.round((tree.start[row]! + tree.total[row]! - range.from) * perSample));
    return {
      left: left / scale,
      top: topOf(window, tree.depth[row]!) / scale,
      width: Math.max(right - left - window.gapPx, 2 * scale) / scale,
      height: (window.rowPx - window.gapPx) / scale,
    };
  }

  private windowOf(range: SampleRange): FlameWindow {
    const { widthPx, heightPx, scale } = this.size;
    const rowPx = Math.round(rowCssPx * scale);
    // As many rows as scroll, or as fit: few levels stand at the bottom of the picture too.
    const rows = Math.max(this.levels + 1, Math.floor(heightPx / rowPx));
    return {
      range,
      widthPx,
      heightPx,
      scrollPx: Math.round(this.surface.scrollTop * scale),
      rowPx,
      rootRow: this.rootsAt === 'top' ? null : rows - 1,
      gapPx: Math.max(1, Math.round(scale)),
    };
  }

  private dress({ base, detail, query, colouring }: FlamePicture): Dressed {
    const { scale } = this.size;
    const wardrobe = (this.wardrobe ??= this.makeWardrobe(scale));
    const known = this.dressed;
    const same = known !== null && known.query === query && sameColouring(known.colouring, colouring);
    if (same && known.base.tree === base && (known.detail?.tree ?? null) === detail) return known;
    const { palette } = this.theme;
    const dressed = {
      base: same && known.base.tree === base ? known.base : new Dress(base, palette, colouring, query, wardrobe),
      detail: detail === null ? null : new Dress(detail, palette, colouring, query, wardrobe),
      query,
      colouring,
    };
    this.dressed = dressed;
    return dressed;
  }

  private makeWardrobe(scale: number): Wardrobe {
    const font = `${fontCssPx * scale}px ${this.theme.fontFamily}`;
    this.font = font;
    const { context } = this;
    return new Wardrobe(
      new CharacterWidths((text) => {
        if (!context) return fontCssPx * scale;
        context.font = font;
        return context.measureText(text).width;
      }),
    );
  }

  private replacePainter(painter: Painter): void {
    this.painter.canvas.replaceWith(painter.canvas);
    this.painter = painter;
    this.applySize();
  }

  /** Exact device pixels where the browser tells them: at fractional scaling, rounding by hand blurs every edge. */
  private observeSize(): void {
    const observer = new ResizeObserver((entries) => {
      const entry = entries[entries.length - 1];
      if (!entry) return;
      const { width: cssWidth, height: cssHeight } = entry.contentRect;
      const exact = entry.devicePixelContentBoxSize?.[0];
      const ratio = window.devicePixelRatio || 1;
      const widthPx = exact?.inlineSize ?? Math.round(cssWidth * ratio);
      const heightPx = exact?.blockSize ?? Math.round(cssHeight * ratio);
      const shrink = Math.min(1, this.painter.maxPx / Math.max(widthPx, heightPx, 1));
      const scale = cssWidth > 0 ? (widthPx * shrink) / cssWidth : 1;
      if (scale !== this.size.scale) {
        this.wardrobe = null;
        this.dressed = null;
      }
      this.size = { widthPx: Math.floor(widthPx * shrink), heightPx: Math.floor(heightPx * shrink), scale };
      this.applySize();
    });
    try {
      observer.observe(this.stage, { box: 'device-pixel-content-box' });
    } catch {
      observer.observe(this.stage);
    }
  }

  private applySize(): void {
    const { widthPx, heightPx } = this.size;
    this.painter.resize(widthPx, heightPx);
    this.labels.width = widthPx;
    this.labels.height = heightPx;
    this.setLevels(this.levels);
    this.onNeedsDraw();
  }
}

function sameColouring(a: Colouring, b: Colouring): boolean {
  return a.colourBy === b.colourBy && a.colourSlots === b.colourSlots;
}
