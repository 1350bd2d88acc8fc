/**
 * Puts boxes on a canvas. WebGL2 where a graphics card draws it; the 2-D canvas where there is none, where WebGL is
 * computed by the processor (slower than computing the pixels ourselves), or after the context was lost too often (a
 * driver reset, too many views). The picture is the same.
 */
import { CanvasPainter } from './canvasPainter';
import type { BoxBuffer, FlameWindow } from './layout';
import type { Rgb } from './palette';
import { WebglPainter } from './webglPainter';

export interface Painter {
  readonly kind: 'webgl' | 'canvas';
  readonly canvas: HTMLCanvasElement;
  /** Largest width and height in device pixels. */
  readonly maxPx: number;
  resize(widthPx: number, heightPx: number): void;
  paint(boxes: BoxBuffer, window: FlameWindow, background: Rgb): void;
  dispose(): void;
}

/** After this many lost contexts the 2-D canvas takes over. */
const mostLosses = 3;

/** Makes painters; keeps count of lost contexts. `onReplaced` gets the next painter, whose canvas replaces the old one's. */
export class PainterSource {
  private losses = 0;

  constructor(private readonly onReplaced: (painter: Painter) => void) {}

  create(): Painter {
    const canvas = document.createElement('canvas');
    const painter = this.losses < mostLosses ? WebglPainter.on(canvas) : null;
    if (!painter) return new CanvasPainter(document.createElement('canvas'));
    canvas.addEventListener('webglcontextlost', () => this.replace(painter), { once: true });
    return painter;
  }

  private replace(lost: Painter): void {
    this.losses++;
    lost.dispose();
    this.onReplaced(this.create());
  }
}
