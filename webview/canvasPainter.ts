import type { BoxBuffer, FlameWindow } from './layout';
import type { Painter } from './painter';
import { packed, type Rgb } from './palette';

/** What browsers allow a canvas at least (Chromium: 16,384 a side before memory decides). */
const maxCanvasPx = 8192;

/**
 * The picture without a graphics card. A row of boxes is one line of pixels repeated, so boxes are written into one line
 * per row and each line is stretched into a strip that is put on the canvas: the cost is that of the pixels, however many
 * boxes there are. Measured on software rendering, 13,000 boxes: 4 ms of processor time a frame, with `fillRect` 10, with
 * WebGL on a software renderer 28 (indexed) to 300 (instanced).
 */
export class CanvasPainter implements Painter {
  readonly kind = 'canvas';
  readonly maxPx = maxCanvasPx;
  private readonly context: CanvasRenderingContext2D | null;
  private lines = new Uint32Array(0);
  private strip: ImageData | null = null;

  constructor(readonly canvas: HTMLCanvasElement) {
    // Kept in main memory, where the pixels are made.
    this.context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  }

  resize(widthPx: number, heightPx: number): void {
    this.canvas.width = widthPx;
    this.canvas.height = heightPx;
    this.strip = null;
  }

  paint(boxes: BoxBuffer, { widthPx, heightPx, scrollPx, rowPx, gapPx }: FlameWindow, background: Rgb): void {
    const { context } = this;
    if (!context || widthPx === 0) return;
    const first = Math.floor(scrollPx / rowPx);
    const rows = Math.ceil((scrollPx + heightPx) / rowPx) - first;
    const behind = packed(background);
    const lines = this.linesFor(widthPx * rows).fill(behind);
    for (let i = 0; i < boxes.length; i++) {
      const at = i * 4;
      const line = (Math.round((boxes.floats[at + 2]! + scrollPx) / rowPx) - first) * widthPx;
      lines.fill(boxes.colours[at + 3]!, line + boxes.floats[at]!, line + boxes.floats[at + 1]!);
    }
    this.strip ??= new ImageData(widthPx, rowPx);
    const pixels = new Uint32Array(this.strip.data.buffer);
    const boxPixels = (rowPx - gapPx) * widthPx;
    pixels.fill(behind, boxPixels);
    for (let row = 0; row < rows; row++) {
      pixels.set(lines.subarray(row * widthPx, (row + 1) * widthPx));
      for (let filled = widthPx; filled < boxPixels; filled *= 2) {
        pixels.copyWithin(filled, 0, Math.min(filled, boxPixels - filled));
      }
      context.putImageData(this.strip, 0, (first + row) * rowPx - scrollPx);
    }
  }

  dispose(): void {
    this.strip = null;
  }

  private linesFor(length: number): Uint32Array {
    if (this.lines.length < length) this.lines = new Uint32Array(length);
    return this.lines.subarray(0, length);
  }
}
