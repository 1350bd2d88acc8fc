/**
 * Opens the view in a browser without VS Code: bundles it as shipped, serves it to the page without a network, and sets
 * a theme as VS Code does. For benchmarks and for looking at it.
 */
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { viewHtml } from '../../../src/extension/viewHtml';
import type {} from './page';
import type { ThemeName } from './themes';

const origin = 'http://view.test';

export interface HarnessOptions {
  readonly theme: ThemeName;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  /** Take the software renderer for a graphics card and draw with WebGL. */
  readonly webgl?: boolean;
  /** Path of a profile that `{ kind: 'file', url: '/profile' }` opens. */
  readonly file?: string;
}

/** A page with the view in it that said `ready`. `root` is the repository. */
export async function openHarness(browser: Browser, root: string, options: HarnessOptions): Promise<Page> {
  const files = await bundles(root);
  const context = await browser.newContext({
    viewport: { width: options.width, height: options.height },
    deviceScaleFactor: options.scale,
  });
  const page = await context.newPage();
  await page.route(`${origin}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    const body = path === '/profile' ? await readFile(options.file ?? '') : files.get(path);
    if (body === undefined) await route.fulfill({ status: 404 });
    else await route.fulfill({ body: Buffer.from(body), contentType: typeOf(path) });
  });
  await page.goto(`${origin}/page.html${options.webgl ? '?webgl' : ''}#${options.theme}`);
  return page;
}

/** Another theme while the view runs, as the editor does it. */
export async function setTheme(page: Page, name: ThemeName): Promise<void> {
  await page.evaluate((theme) => window.harness.setTheme(theme), name);
}

async function bundles(root: string): Promise<Map<string, string | Uint8Array>> {
  const shared = {
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    outdir: '/',
  } as const;
  const script = async (entry: string): Promise<readonly [string, Uint8Array][]> => {
    const { outputFiles } = await build({
      ...shared,
      entryPoints: { [entry]: `${root}/${sources[entry]}` },
      minify: entry === 'view',
    });
    return outputFiles.map(({ path, contents }) => [path, contents]);
  };
  const scripts = await Promise.all(Object.keys(sources).map(script));
  return new Map<string, string | Uint8Array>([['/page.html', pageHtml()], ...scripts.flat()]);
}

const sources: Record<string, string> = {
  view: 'webview/main.ts',
  page: 'test/webview/harness/page.ts',
  answers: 'test/webview/harness/answers.ts',
};

/** The page that ships, and before the view's script the stand-in for the extension. */
function pageHtml(): string {
  const html = viewHtml({
    script: '/view.js',
    style: '/view.css',
    cspSource: origin,
    nonce: 'harness',
    view: 'profile',
  });
  return html
    .replace("default-src 'none'", "default-src 'none'; worker-src 'self'")
    .replace('<script nonce="harness" src="/view.js">', '<script nonce="harness" src="/page.js"></script>$&');
}

function typeOf(path: string): string {
  if (path.endsWith('.js')) return 'text/javascript';
  if (path.endsWith('.css')) return 'text/css';
  return path.endsWith('.html') ? 'text/html; charset=utf-8' : 'application/octet-stream';
}
