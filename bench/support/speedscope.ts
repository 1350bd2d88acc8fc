import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import type { BrowserContext, Page } from 'playwright-core';
import { npmInstall } from '../../scripts/run.mjs';
import { installOnce } from '../../scripts/runtime.mjs';

export const speedscopeVersion = '1.25.0';

const origin = 'http://speedscope.test';

/** A page with speedscope as npm has it, served without a network. */
export async function openSpeedscope(context: BrowserContext): Promise<Page> {
  const folder = await installOnce(`speedscope-${speedscopeVersion}`, (target) =>
    npmInstall(process.execPath, target, [`speedscope@${speedscopeVersion}`]),
  );
  const release = path.join(folder, 'node_modules/speedscope/dist/release');
  const page = await context.newPage();
  await page.route(`${origin}/**`, async (route) => {
    const name = path.basename(new URL(route.request().url()).pathname);
    const body = await readFile(path.join(release, name)).catch(() => null);
    if (body === null) await route.fulfill({ status: 404 });
    else await route.fulfill({ body, contentType: types[path.extname(name)] ?? 'application/octet-stream' });
  });
  await page.goto(`${origin}/index.html`);
  await page.locator('input[type=file]').waitFor({ state: 'attached' });
  return page;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** Milliseconds from choosing the file to the first frame that shows its flame graph: the third canvas, after that of all pictures and the minimap. */
export async function openFile(page: Page, file: string): Promise<number> {
  const startedAt = Date.now();
  await page.locator('input[type=file]').setInputFiles(file);
  await page.locator('canvas').nth(2).waitFor({ timeout: 600_000 });
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  return Date.now() - startedAt;
}
