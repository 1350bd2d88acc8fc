import type { BoxBuffer } from './layout';
import type { Painter } from './painter';
import { css, type Rgb } from './palette';

/** What browsers allow a canvas at least (Chromium: 16,384 a side before memory decides). */
const maxCanvasPx = 8192;

/** The same picture without WebGL. */
export class CanvasPainter implements Painter {
  readonly kind = 'canvas';
  readonly maxPx = maxCanvasPx;
  private readonly context: CanvasRenderingContext2D | null;
  private readonly styles = new Map<number, string>();

  constructor(readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d', { alpha: false });
  }

  resize(widthPx: number, heightPx: number): void {
    this.canvas.width = widthPx;
    this.canvas.height = heightPx;
  }

  paint(boxes: BoxBuffer, boxHeightPx: number, background: Rgb): void {
    const { context } = this;
    if (!context) return;
    context.fillStyle = css(background);
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    let last = -1;
    for (let i = 0; i < boxes.length; i++) {
      const at = i * 4;
      const colour = boxes.colours[at + 3]!;
      if (colour !== last) {
        context.fillStyle = this.styleOf(colour);
        last = colour;
      }
      const left = boxes.floats[at]!;
      context.fillRect(left, boxes.floats[at + 2]!, boxes.floats[at + 1]! - left, boxHeightPx);
    }
  }

  dispose(): void {
    this.styles.clear();
  }

  private styleOf(colour: number): string {
    let style = this.styles.get(colour);
    if (style === undefined) {
      style = css([colour & 255, (colour >> 8) & 255, (colour >> 16) & 255]);
      this.styles.set(colour, style);
    }
    return style;
  }
}
