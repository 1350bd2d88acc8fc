/**
 * The whole picture in a strip above it, with what is in sight marked. Drag across it to see a part, drag the mark to move it, click
 * beside it to bring it there. For hands with a pointer only: the keys of the picture do the same.
 */
import { element, show } from './dom';
import type { Dress } from './dress';
import { css } from './palette';
import { clampRange, isWhole, type SampleRange } from './viewport';

/** Height of the strip, CSS pixels; the style sheet has the same. */
const heightCssPx = 32;
/** No browser allows less. */
const mostCanvasPx = 8192;
/** A press that moves less than this is a click. */
const dragFromPx = 3;

/** What the strip shows. */
export interface MinimapPicture {
  readonly dress: Dress;
  /** CSS pixels, as wide as the picture below. */
  readonly widthPx: number;
  readonly rootsAt: 'top' | 'bottom';
}

export interface MinimapIntents {
  /** See these samples. */
  show(range: SampleRange): void;
}

/** Where the mark ends on the strip, in CSS pixels. */
export interface Mark {
  readonly left: number;
  readonly width: number;
}

/** The mark of a range; never so narrow that it cannot be seen. */
export function markOf(range: SampleRange, totalSamples: number, widthPx: number): Mark {
  const scale = widthPx / Math.max(1, totalSamples);
  const width = Math.max(4, (range.to - range.from) * scale);
  return { left: Math.max(0, Math.min(range.from * scale, widthPx - width)), width };
}

/**
 * What a hand means that went down at `from` and is now at `to` (CSS pixels on the strip): inside of the mark of a part it moves
 * the part, elsewhere it picks a new one.
 */
export function dragged(
  from: number,
  to: number,
  before: SampleRange,
  totalSamples: number,
  widthPx: number,
): SampleRange {
  const perPx = totalSamples / Math.max(1, widthPx);
  const mark = markOf(before, totalSamples, widthPx);
  const onMark = from >= mark.left && from <= mark.left + mark.width && !isWhole(before, totalSamples);
  if (onMark) {
    const by = (to - from) * perPx;
    return clampRange({ from: before.from + by, to: before.to + by }, totalSamples);
  }
  if (Math.abs(to - from) < dragFromPx) {
    const half = (before.to - before.from) / 2;
    return clampRange({ from: to * perPx - half, to: to * perPx + half }, totalSamples);
  }
  const inside = (x: number): number => Math.max(0, Math.min(x, widthPx)) * perPx;
  return clampRange({ from: inside(Math.min(from, to)), to: inside(Math.max(from, to)) }, totalSamples);
}

export class Minimap {
  readonly element = element('div', {
    className: 'minimap',
    title: 'All of it. Drag across to zoom to a part; drag the mark to move it.',
    attributes: { 'aria-hidden': 'true' },
  });
  private readonly canvas = element('canvas');
  private readonly mark = element('div', { className: 'minimap-mark' });
  /** CSS of the colours seen so far. */
  private readonly fills = new Map<number, string>();
  private drawn: MinimapPicture | null = null;
  private range: SampleRange = { from: 0, to: 1 };

  constructor(intents: MinimapIntents) {
    this.element.append(this.canvas, this.mark);
    this.listen(intents);
  }

  /** Draws the strip anew where the boxes, their colours or its size are others, and moves the mark. */
  update(picture: MinimapPicture, range: SampleRange): void {
    const { dress, widthPx, rootsAt } = picture;
    const { drawn } = this;
    if (drawn?.dress !== dress || drawn.widthPx !== widthPx || drawn.rootsAt !== rootsAt) {
      this.drawn = picture;
      this.draw(picture);
    }
    this.range = range;
    const { totalSamples } = dress.tree;
    const { left, width } = markOf(range, totalSamples, widthPx);
    show(this.mark, !isWhole(range, totalSamples));
    const { style } = this.mark;
    style.transform = `translateX(${left}px)`;
    style.width = `${width}px`;
  }

  private draw({ dress, widthPx, rootsAt }: MinimapPicture): void {
    const { canvas } = this;
    this.element.style.width = `${widthPx}px`;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.min(mostCanvasPx, Math.round(widthPx * ratio));
    canvas.height = Math.round(heightCssPx * ratio);
    const context = canvas.getContext('2d');
    if (!context) return;
    const { tree } = dress;
    const perSample = canvas.width / Math.max(1, tree.totalSamples);
    const perLevel = canvas.height / Math.max(1, tree.maxDepth);
    for (let row = 0; row < tree.length; row++) {
      const width = tree.total[row]! * perSample;
      // Narrower than a pixel: nothing of it would be seen.
      if (width < 0.5) continue;
      const level = rootsAt === 'top' ? tree.depth[row]! : tree.maxDepth - 1 - tree.depth[row]!;
      context.fillStyle = this.fill(dress.perBox?.[row] ?? dress.perFrame[tree.frame[row]!]!);
      context.fillRect(tree.start[row]! * perSample, level * perLevel, width, Math.max(1, perLevel));
    }
  }

  private fill(packed: number): string {
    let fill = this.fills.get(packed);
    if (fill === undefined) {
      fill = css([packed & 255, (packed >>> 8) & 255, (packed >>> 16) & 255]);
      this.fills.set(packed, fill);
    }
    return fill;
  }

  private listen(intents: MinimapIntents): void {
    const { element: strip } = this;
    let pressed: { readonly x: number; readonly range: SampleRange } | null = null;
    const at = (event: PointerEvent): number => event.clientX - strip.getBoundingClientRect().left;
    const follow = (event: PointerEvent): void => {
      const { drawn } = this;
      if (!pressed || !drawn) return;
      intents.show(dragged(pressed.x, at(event), pressed.range, drawn.dress.tree.totalSamples, drawn.widthPx));
    };
    strip.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      pressed = { x: at(event), range: this.range };
      strip.setPointerCapture(event.pointerId);
    });
    strip.addEventListener('pointermove', (event) => {
      if (pressed && Math.abs(at(event) - pressed.x) >= dragFromPx) follow(event);
    });
    strip.addEventListener('pointerup', (event) => {
      follow(event);
      pressed = null;
    });
    strip.addEventListener('pointercancel', () => {
      pressed = null;
    });
  }
}
