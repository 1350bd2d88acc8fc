import { readdir, readFile } from 'node:fs/promises';
import process from 'node:process';
import { chromium, type Page } from 'playwright-core';
import { prepareChromium } from '../scripts/runtime.mjs';
import { openHarness } from '../test/webview/harness/openHarness';

export const title = 'Flame graph: frames while panning and zooming 200 k boxes, against a loop that only clears';

const frames = 240;
const size = { width: 1600, height: 1000 };
const boxes = 200_000;

/** Milliseconds from frame to frame, and processor time of all the browser's processes per frame (null where nothing tells). */
interface Frames {
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
  readonly cpuMs: number | null;
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
      `${size.width} x ${size.height}, no graphics card; ${frames} frames each; "clear" is a loop that clears a WebGL canvas of the same size`,
      `first picture: ${first.ms} ms after the summary, ${first.boxes.toLocaleString('en')} boxes drawn`,
      '',
      row('', 'median', 'p95', 'worst', 'median / clear', 'CPU a frame', 'CPU / clear'),
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
  const before = await processorMs();
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
      return intervals;
    },
    { load: what, count: frames },
  );
  const after = await processorMs();
  await rest(page);
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const cpuMs = before === null || after === null ? null : (after - before) / frames;
  return { median: at(0.5), p95: at(0.95), worst: at(1), cpuMs };
}

/** Everything in view again, and whatever was asked for answered. */
async function rest(page: Page): Promise<void> {
  await page.locator('.flame-surface').press('0');
  await page.waitForTimeout(700);
}

/** Processor time so far of every process that descends from this one, from Linux's /proc; null elsewhere. */
async function processorMs(): Promise<number | null> {
  const processes = new Map<number, { readonly parent: number; readonly ticks: number }>();
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    // A process may end between the listing and the reading.
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields.length > 12) {
      processes.set(Number(name), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) });
    }
  }
  if (processes.size === 0) return null;
  let ticks = 0;
  for (const [id, { ticks: own }] of processes) if (id !== process.pid && descends(id, processes)) ticks += own;
  return ticks * msPerTick;
}

const msPerTick = 10;

function descends(id: number, processes: ReadonlyMap<number, { readonly parent: number }>): boolean {
  let at = id;
  for (let steps = 0; at > 1 && steps < 64; steps++) {
    if (at === process.pid) return true;
    at = processes.get(at)?.parent ?? 0;
  }
  return false;
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

function told(name: string, { median, p95, worst, cpuMs }: Frames, clear: Frames): string {
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const cpu = cpuMs === null || clear.cpuMs === null ? ['-', '-'] : [ms(cpuMs), (cpuMs / clear.cpuMs).toFixed(2)];
  return row(name, ms(median), ms(p95), ms(worst), (median / clear.median).toFixed(2), ...cpu);
}

function row(name: string, ...cells: string[]): string {
  return name.padEnd(12) + cells.map((cell) => cell.padStart(16)).join('');
}
