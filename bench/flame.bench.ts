import { chromium, type Page } from 'playwright-core';
import { prepareChromium } from '../scripts/runtime.mjs';
import { openHarness } from '../test/webview/harness/openHarness';

export const title = 'Flame graph: frames while panning and zooming 200 k boxes, against a loop that only clears';

const frames = 240;
const size = { width: 1600, height: 1000 };
const boxes = 200_000;

/** Milliseconds from frame to frame. */
interface Frames {
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
}

export async function run(): Promise<string[]> {
  const browser = await chromium.launch({
    executablePath: await prepareChromium(),
    headless: true,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  try {
    const page = await openHarness(browser, process.cwd(), { theme: 'dark', scale: 1, ...size });
    await page.evaluate((wanted) => window.harness.open({ kind: 'synthetic', options: wanted }), {
      seed: 5,
      boxes,
      depth: 70,
      skew: 0,
    });
    await page.waitForFunction(() => window.harness.count('painted') > 0, undefined, { timeout: 60_000 });
    const painted = await page.evaluate(() => window.harness.said.find((message) => message.type === 'painted'));
    const first = painted?.type === 'painted' ? painted : { ms: 0, boxes: 0 };
    const clear = await measure(page, 'clear');
    const lines = [
      `${size.width} x ${size.height}, software WebGL; ${frames} frames each`,
      `first picture: ${first.ms} ms after the summary, ${first.boxes.toLocaleString('en')} boxes drawn`,
      '',
      row('', 'median', 'p95', 'worst', 'median / clear'),
      told('clear only', clear, clear),
    ];
    for (const what of ['pan', 'zoom', 'scroll'] as const) lines.push(told(what, await measure(page, what), clear));
    lines.push('', `idle: ${await idleFrames(page)} frames drawn in a second without input`);
    return lines;
  } finally {
    await browser.close();
  }
}

type Load = 'clear' | 'pan' | 'zoom' | 'scroll';

/** Gives the view one gesture a frame, as a hand would, and measures from frame to frame. */
async function measure(page: Page, what: Load): Promise<Frames> {
  const times = await page.evaluate(
    async ({ load, count }) => {
      const surface = document.querySelector('.flame-surface');
      if (!(surface instanceof HTMLElement)) throw new Error('no flame graph');
      const box = surface.getBoundingClientRect();
      const wheel = (init: WheelEventInit): void => {
        const at = { clientX: box.left + box.width * 0.4, clientY: box.top + 200, bubbles: true, cancelable: true };
        surface.dispatchEvent(new WheelEvent('wheel', { ...at, ...init }));
      };
      const canvas = document.createElement('canvas');
      const gl = load === 'clear' ? canvas.getContext('webgl2', { alpha: false }) : null;
      if (load === 'clear') {
        canvas.width = surface.clientWidth;
        canvas.height = surface.clientHeight;
        canvas.style.cssText = `position:fixed;z-index:9;left:0;top:${box.top}px`;
        document.body.append(canvas);
      }
      // In: pan needs somewhere to go.
      for (let i = 0; i < 8 && load === 'pan'; i++) wheel({ ctrlKey: true, deltaY: -100 });
      const act = (frame: number): void => {
        const there = Math.floor(frame / 60) % 2 === 0;
        if (load === 'pan') wheel({ shiftKey: true, deltaX: there ? 12 : -12 });
        if (load === 'zoom') wheel({ ctrlKey: true, deltaY: there ? -12 : 12 });
        if (load === 'scroll') surface.scrollTop += there ? 9 : -9;
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
          act(frame);
          if (++frame > count) resolve();
          else requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      });
      canvas.remove();
      for (let i = 0; i < 20; i++) wheel({ ctrlKey: true, deltaY: 100 });
      surface.scrollTop = 0;
      await new Promise((resolve) => setTimeout(resolve, 500));
      return intervals;
    },
    { load: what, count: frames },
  );
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { median: at(0.5), p95: at(0.95), worst: at(1) };
}

/** A view at rest must not ask for frames. */
async function idleFrames(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const original = window.requestAnimationFrame;
    let asked = 0;
    window.requestAnimationFrame = (callback) => {
      asked++;
      return original.call(window, callback);
    };
    await new Promise((resolve) => setTimeout(resolve, 1000));
    window.requestAnimationFrame = original;
    return asked;
  });
}

function told(name: string, { median, p95, worst }: Frames, clear: Frames): string {
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  return row(name, ms(median), ms(p95), ms(worst), (median / clear.median).toFixed(2));
}

function row(name: string, ...cells: string[]): string {
  return name.padEnd(12) + cells.map((cell) => cell.padStart(16)).join('');
}
