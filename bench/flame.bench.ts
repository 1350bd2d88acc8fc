import process from 'node:process';
import { chromium, type Page } from 'playwright-core';
import { prepareChromium } from '../scripts/runtime.mjs';
import { openHarness } from '../test/webview/harness/openHarness';
import { type Frames, type Gesture, measureFrames } from './support/measureFrames';

export const title = 'Flame graph: frames while panning and zooming 200 k boxes, against a loop that only clears';

const frames = 240;
const size = { width: 1600, height: 1000 };
const boxes = 200_000;

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
    const measure = async (gesture: Gesture): Promise<Frames> => {
      const measured = await measureFrames(page.locator('.flame-surface'), gesture, frames);
      await rest(page);
      return measured;
    };
    const clear = await measure('clear');
    const lines = [
      `${size.width} x ${size.height}, no graphics card; ${frames} frames each; "clear" is a loop that clears a WebGL canvas of the same size`,
      `first picture: ${first.ms} ms after the summary, ${first.boxes.toLocaleString('en')} boxes drawn`,
      '',
      row('', 'median', 'p95', 'worst', 'median / clear', 'CPU a frame', 'CPU / clear'),
      told('clear only', clear, clear),
    ];
    for (const what of ['pan', 'zoom', 'scroll'] as const) lines.push(told(what, await measure(what), clear));
    lines.push('', `idle: ${await idleFrames(page)} frames drawn in a second without input`);
    return lines;
  } finally {
    await browser.close();
  }
}

/** Everything in view again, and whatever was asked for answered. */
async function rest(page: Page): Promise<void> {
  await page.locator('.flame-surface').press('0');
  await page.waitForTimeout(700);
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
