import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { editorAddress, startEditorServer } from '../scripts/editorServer.mjs';
import { packageExtension } from '../scripts/package.mjs';
import { prepareChromium, prepareEditor } from '../scripts/runtime.mjs';
import { fileSource } from '../src/host/nodeByteSource';
import { buildCallTree } from '../src/profile/callTree';
import { decodeProfile } from '../src/profile/formats/decodeProfile';
import { wholeByLine } from '../src/profile/treeShape';
import { Editor } from '../test/e2e/support/editor';
import { launchBrowser } from '../test/e2e/support/journey';
import { writeDeepJson } from './support/deepProfile';
import { type Frames, type Gesture, measureFrames } from './support/measureFrames';
import { processorMs } from './support/processorMs';
import { openFile, openSpeedscope, speedscopeVersion } from './support/speedscope';
import { type Act, type Done, timeChange } from './support/timeChange';

export const title =
  'A million call-tree nodes, 500 deep, in the view of a real VS Code; beside it speedscope in the same browser';

const FOLDER = path.resolve('.runtime/bench');
const NODES = 1_120_000;
const FRAMES = 180;
const SIZE = { width: 1400, height: 900 };

export async function run(): Promise<string[]> {
  await mkdir(FOLDER, { recursive: true });
  const files: (readonly [name: string, file: string])[] = [
    ['made', await cached('deep-made.json', (file) => writeDeepJson(file, NODES))],
  ];
  const recorded = await cached('deep-recorded.json', record).catch(() => null);
  if (recorded !== null) files.push(['recorded by StackProf', recorded]);
  const lines = [
    `${SIZE.width} x ${SIZE.height}, no graphics card; ${FRAMES} frames each; "clear" is a loop that clears a WebGL canvas of the same size;`,
    'actions: from the key or click to the frame that shows the last of it, in order of their being done, none of them cached; CPU of all',
    'processes of browser and editor until 1.5 s after that: "nothing" is that wait alone',
  ];
  if (recorded === null) lines.push('Ruby or StackProf is not here: nothing was recorded');
  for (const [name, file] of files) lines.push('', `${name}: ${await sizeOf(file)}`, ...(await measure(file)));
  return lines;
}

async function record(file: string): Promise<void> {
  await promisify(execFile)('ruby', ['bench/support/recordDeepDump.rb', file, String(NODES)]);
}

async function measure(file: string): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'allocation-hotspots-bench-'));
  const workspace = path.join(folder, 'workspace');
  await mkdir(workspace);
  await symlink(file, path.join(workspace, PROFILE));
  const server = await startEditorServer({
    runtime: await prepareEditor(),
    dataFolder: path.join(folder, 'editor'),
    extensions: [await packageExtension()],
    workspace,
  });
  const browser = await launchBrowser(await prepareChromium());
  const context = await browser.newContext({ viewport: SIZE });
  const page = await context.newPage();
  try {
    const editor = new Editor(page, context);
    await editor.open(editorAddress(server));
    const { nodes, decodeMs } = await facts(file);
    const ours = await measureView(editor, context);
    await page.close();
    const theirs = await measureSpeedscope(context, file);
    const aNode = (bytes: number): string =>
      `${(bytes / 2 ** 20).toFixed(0)} MiB, ${(bytes / nodes).toFixed(0)} B a node`;
    return [
      `${nodes.toLocaleString('en')} nodes by method; decoded in ${ms(decodeMs)}`,
      '',
      row('', 'this view', `speedscope ${speedscopeVersion}`),
      row('file to first picture', ms(ours.firstMs), ms(theirs.firstMs)),
      row('memory of the page after that, collected', aNode(ours.bytes), aNode(theirs.bytes)),
      ...ours.frames.map(([gesture, frames], at) =>
        row(`${gesture}, a frame`, told(frames), at < theirs.frames.length ? told(theirs.frames[at]![1]) : ''),
      ),
      ...ours.actions.map(([name, times]) => row(name, clockAndProcessor(times), '')),
    ];
  } catch (error) {
    await page.screenshot({ path: 'test-results/bench/million-failed.png' }).catch(() => undefined);
    throw error;
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
  }
}

const PROFILE = 'stackprof_deep.json';

type Action = readonly [name: string, times: readonly Took[]];

interface Measured {
  readonly firstMs: number;
  readonly bytes: number;
  readonly frames: readonly (readonly [Gesture, Frames])[];
}

async function measureView(
  editor: Editor,
  context: BrowserContext,
): Promise<Measured & { readonly actions: readonly Action[] }> {
  const { page } = editor;
  const before = await heapBytes(context, page);
  const startedAt = Date.now();
  await editor.openFromExplorer(PROFILE);
  const body = editor.webview().locator('body');
  // The tree twin is filled in the frame before the boxes are drawn.
  await body.locator('.flame-surface[aria-activedescendant]').waitFor({ timeout: 120_000 });
  await body.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  const firstMs = Date.now() - startedAt;
  const bytes = (await heapBytes(context, page)) - before;
  const surface = body.locator('.flame-surface:visible');
  const frames = await gestures(surface, ['clear', 'pan', 'zoom', 'scroll']);
  await surface.press('0');
  return { firstMs, bytes, frames, actions: await actions(body) };
}

async function measureSpeedscope(context: BrowserContext, file: string): Promise<Measured> {
  const page = await openSpeedscope(context);
  const before = await heapBytes(context, page);
  const firstMs = await openFile(page, file);
  const bytes = (await heapBytes(context, page)) - before;
  // Left heavy, as the other view is. Its canvases: boxes, minimap, and the one that takes the gestures.
  await page.keyboard.press('2');
  await page.waitForTimeout(10_000);
  const frames = await gestures(page.locator('canvas').last(), ['clear', 'pan', 'zoom']);
  await page.close();
  return { firstMs, bytes, frames };
}

async function gestures(surface: Locator, all: readonly Gesture[]): Promise<(readonly [Gesture, Frames])[]> {
  const measured: (readonly [Gesture, Frames])[] = [];
  for (const gesture of all) measured.push([gesture, await measureFrames(surface, gesture, FRAMES)]);
  return measured;
}

/** What a user does with a big profile; every repetition asks for something that the server has not made yet. */
async function actions(body: Locator): Promise<Action[]> {
  const repeat = async <T>(over: readonly T[], once: (each: T) => Promise<Took>): Promise<Took[]> => {
    const times: Took[] = [];
    for (const each of over) times.push(await once(each));
    return times;
  };
  const change = async (act: Act, done: Done): Promise<Took> => {
    const before = await processorMs();
    const clockMs = await timeChange(body, act, done);
    return { clockMs, cpuMs: ((await processorMs()) ?? 0) - (before ?? 0) };
  };
  // The wait for further changes has processor time of its own: what it is without an act.
  const nothing = await change({ kind: 'key', on: flame, key: 'Shift' }, { on: '.search-found', text: '' });
  const texts = ['_11', '_22', '_333', '/_4\\d$/', '_50'];
  const search = await repeat(texts, async (text) => {
    const took = await change({ kind: 'type', on: searchField, text }, { on: '.search-found' });
    await change({ kind: 'type', on: searchField, text: '' }, { on: '.search-found', text: '' });
    return took;
  });
  const focus = await repeat(['_1', '_2', '_30', '_41', '_52'], async (text) => {
    await body.getByText('+ Filter', { exact: true }).click();
    const took = await change({ kind: 'type', on: filterField, text, key: 'Enter' }, { on: '.filters-note' });
    await change({ kind: 'click', on: '[aria-label^="Remove filter"]' }, { on: '.filters-note', text: '' });
    return took;
  });
  // The note of the filters also says when the picture is turned around.
  const note = { on: '.filters-note' };
  const switches: Action[] = [];
  const flips: Took[] = [];
  for (const [at, name] of ['Merge C', 'Fold recursion'].entries()) {
    const on = `.filters > .switch:nth-of-type(${at + 2})`;
    switches.push([name, [await change({ kind: 'click', on }, note)]]);
    flips.push(await change({ kind: 'key', on: flame, key: 'v' }, note));
    await change({ kind: 'key', on: flame, key: 'v' }, note);
    await change({ kind: 'click', on }, { on: '.filters-note', text: '' });
  }

  const surface = body.locator('.flame-surface:visible');
  await surface.focus();
  for (let level = 0; level < 3; level++) await surface.press('ArrowDown');
  const counted = { on: '.sandwich-amounts' };
  const roots = [await change({ kind: 'key', on: flame, key: 's' }, counted)];
  const callees = body.locator('.sandwich .flame-surface').last();
  for (let again = 0; again < 4; again++) {
    await callees.focus();
    await callees.press('ArrowDown');
    await callees.press('ArrowDown');
    await callees.evaluate((element) => element.setAttribute('data-bench', 'callees'));
    roots.push(await change({ kind: 'key', on: '[data-bench=callees]', key: 'Enter' }, counted));
  }
  return [
    ['nothing', [nothing]],
    ['search', search],
    ['only stacks through what has a text', focus],
    ...switches,
    ['what that leaves, upside down', flips],
    ['sandwich (first), another method into its middle', roots],
  ];
}

const flame = '.flame-surface';
const searchField = 'vscode-text-field[placeholder^=Search]';
const filterField = 'vscode-text-field[placeholder^=name]';

/** What the page's scripts hold, with buffers, after collecting garbage. The view runs in the same process as VS Code's window. */
async function heapBytes(context: BrowserContext, page: Page): Promise<number> {
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize + backingStorageSize;
}

async function facts(file: string): Promise<{ readonly nodes: number; readonly decodeMs: number }> {
  const startedAt = performance.now();
  const result = await decodeProfile(fileSource(file));
  const decodeMs = performance.now() - startedAt;
  if (!result.ok) throw new Error(result.error.message);
  return { nodes: buildCallTree(result.profile, { ...wholeByLine, groupBy: 'method' }).length, decodeMs };
}

/** A file of the cache folder; made once, and only whole. */
async function cached(name: string, make: (file: string) => Promise<void>): Promise<string> {
  const file = path.join(FOLDER, name);
  if (!existsSync(file)) {
    await make(`${file}.part`);
    await rename(`${file}.part`, file);
  }
  return file;
}

async function sizeOf(file: string): Promise<string> {
  return `${((await stat(file)).size / 1e6).toFixed(1)} MB`;
}

function ms(value: number): string {
  return `${Math.round(value).toLocaleString('en')} ms`;
}

/** Milliseconds by the clock, and of processor time of the browser and the editor's processes (0 where nothing tells). */
interface Took {
  readonly clockMs: number;
  readonly cpuMs: number;
}

function clockAndProcessor(took: readonly Took[]): string {
  const list = (of: (one: Took) => number): string =>
    took.map((one) => Math.round(of(one)).toLocaleString('en')).join(', ');
  return `${list(({ clockMs }) => clockMs)} ms; CPU ${list(({ cpuMs }) => cpuMs)} ms`;
}

function told({ median, worst, cpuMs }: Frames): string {
  const cpu = cpuMs === null ? '' : `, CPU ${cpuMs.toFixed(1)} ms`;
  return `${median.toFixed(1)} ms, worst ${worst.toFixed(0)} ms${cpu}`;
}

function row(what: string, ours: string, theirs: string): string {
  return `  ${what.padEnd(52)}${ours.padEnd(44)}${theirs}`;
}
