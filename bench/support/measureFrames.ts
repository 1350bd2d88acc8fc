import type { Locator } from 'playwright-core';
import { processorMs } from './processorMs';

/** `clear`: a loop that only clears a WebGL canvas of the surface's size. The others: one event of a hand a frame. */
export type Gesture = 'clear' | 'pan' | 'zoom' | 'scroll';

/** Milliseconds from frame to frame, and processor time of all the browser's processes per frame (null where nothing tells). */
export interface Frames {
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
  readonly cpuMs: number | null;
}

/** Gives the surface of a flame graph one gesture a frame, and measures from frame to frame. */
export async function measureFrames(surface: Locator, gesture: Gesture, count: number): Promise<Frames> {
  const before = await processorMs();
  const times = await surface.evaluate(act, { gesture, count });
  const after = await processorMs();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const cpuMs = before === null || after === null ? null : (after - before) / count;
  return { median: at(0.5), p95: at(0.95), worst: at(1), cpuMs };
}

/** Runs in the page. */
async function act(
  surface: HTMLElement | SVGElement,
  { gesture, count }: { readonly gesture: Gesture; readonly count: number },
): Promise<number[]> {
  const box = surface.getBoundingClientRect();
  const wheel = (init: WheelEventInit): void => {
    const at = { clientX: box.left + box.width * 0.4, clientY: box.top + 200, bubbles: true, cancelable: true };
    surface.dispatchEvent(new WheelEvent('wheel', { ...at, ...init }));
  };
  const canvas = document.createElement('canvas');
  const gl = gesture === 'clear' ? canvas.getContext('webgl2', { alpha: false }) : null;
  if (gesture === 'clear') {
    canvas.width = surface.clientWidth;
    canvas.height = surface.clientHeight;
    canvas.style.cssText = `position:fixed;z-index:9;left:0;top:${box.top}px`;
    document.body.append(canvas);
  }
  // In: pan needs somewhere to go.
  for (let i = 0; i < 8 && gesture === 'pan'; i++) wheel({ ctrlKey: true, deltaY: -100 });
  const once = (frame: number): void => {
    const there = Math.floor(frame / 60) % 2 === 0;
    if (gesture === 'pan') wheel({ shiftKey: true, deltaX: there ? 12 : -12 });
    if (gesture === 'zoom') wheel({ ctrlKey: true, deltaY: there ? -12 : 12 });
    if (gesture === 'scroll') surface.scrollTop += there ? 9 : -9;
    gl?.clearColor((frame % 9) / 9, 0, 0, 1);
    gl?.clear(gl.COLOR_BUFFER_BIT);
  };
  const intervals: number[] = [];
  await new Promise<void>((resolve) => {
    let last = 0;
    let frame = 0;
    const step = (now: number): void => {
      if (last > 0) intervals.push(now - last);
      last = now;
      once(frame);
      if (++frame > count) resolve();
      else requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
  canvas.remove();
  return intervals;
}
