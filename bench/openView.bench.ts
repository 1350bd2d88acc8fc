import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { editorAddress, startEditorServer } from '../scripts/editorServer.mjs';
import { packageExtension } from '../scripts/package.mjs';
import { prepareChromium, prepareEditor } from '../scripts/runtime.mjs';
import { fileSource } from '../src/host/nodeByteSource';
import { decodeProfile } from '../src/profile/formats/decodeProfile';
import { Editor } from '../test/e2e/support/editor';
import { launchBrowser } from '../test/e2e/support/journey';
import { writeBigDump } from './support/bigDump';

export const title =
  'Opening profiles in a real VS Code: first flame graph against decode time; blocks of the extension host';

const runs = 3;

interface Opening {
  /** From the double click on the file to the picture on the screen. */
  readonly pictureMs: number;
  /** Longest time in which the extension host answered nothing. */
  readonly blockedMs: number;
  /** Longest time in which it worked without answering. */
  readonly runningMs: number;
}

export async function run(): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'allocation-hotspots-bench-'));
  try {
    return await measure(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
  }
}

async function measure(folder: string): Promise<string[]> {
  const workspace = path.join(folder, 'workspace');
  await mkdir(workspace);
  const big = path.join(workspace, 'stackprof_big.dump');
  await writeBigDump(big);
  const small = path.join(workspace, 'stackprof_small.dump');
  await copyFile('examples/finance-sync/profiles/before/stackprof_process_88444_1767225600.dump', small);
  const probeLog = path.join(folder, 'blocks.log');
  await writeFile(probeLog, '');
  // Read by the probe, which is a child of the server's child.
  process.env.LOOP_PROBE = probeLog;

  const decodings: number[] = [];
  for (let i = 0; i < runs; i++) decodings.push(await decode(big));
  const decodeMs = median(decodings);
  const server = await startEditorServer({
    runtime: await prepareEditor(),
    dataFolder: path.join(folder, 'editor'),
    extensions: [await packageExtension(), await packProbe(folder)],
    workspace,
  });
  const browser = await launchBrowser(await prepareChromium());
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const editor = new Editor(await context.newPage(), context);
  try {
    await editor.open(editorAddress(server));
    // The first opening starts the extension and the browser's webview machinery; it is not what is compared.
    await open(editor, small, probeLog);
    const smallOnes: Opening[] = [];
    const bigOnes: Opening[] = [];
    for (let i = 0; i < runs; i++) {
      smallOnes.push(await open(editor, small, probeLog));
      bigOnes.push(await open(editor, big, probeLog));
    }
    const bytes = (await stat(big)).size;
    const smallMs = median(smallOnes.map((one) => one.pictureMs));
    const bigMs = median(bigOnes.map((one) => one.pictureMs));
    const times = (ms: number): string => `${ms.toFixed(0)} ms, ${(ms / decodeMs).toFixed(2)}x of decode`;
    return [
      `file of ${(bytes / 1e6).toFixed(1)} MB; medians of ${runs}; VS Code in a browser on the same machine, software rendering`,
      '',
      row('decode alone, in this process', `${decodeMs.toFixed(0)} ms`),
      row('double click -> first flame graph, that file', times(bigMs)),
      row('double click -> first flame graph, a file of 0.4 MB', `${smallMs.toFixed(0)} ms`),
      row('difference: what the size costs', times(bigMs - smallMs)),
      row('extension host blocked, longest, that file', blocks(bigOnes)),
      row('extension host blocked, longest, a file of 0.4 MB', blocks(smallOnes)),
    ];
  } catch (error) {
    await editor.page.screenshot({ path: 'test-results/bench/openView-failed.png' });
    throw error;
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function decode(file: string): Promise<number> {
  const started = performance.now();
  const result = await decodeProfile(fileSource(file));
  if (!result.ok) throw new Error(result.error.message);
  return performance.now() - started;
}

/** Opens the file, waits for its picture, closes it: the next opening decodes again. */
async function open(editor: Editor, file: string, probeLog: string): Promise<Opening> {
  const startedAt = Date.now();
  await editor.openFromExplorer(path.basename(file));
  const view = editor.webview();
  // The tree twin is filled in the frame before the boxes are drawn.
  await view.locator('.flame-surface[aria-activedescendant]').waitFor({ timeout: 60_000 });
  await view
    .locator('body')
    .evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  const endedAt = Date.now();
  await editor.runCommand('Allocation Hotspots: Close Profile');
  await editor.tab(path.basename(file)).waitFor({ state: 'detached' });
  return { pictureMs: endedAt - startedAt, ...(await longestBlocks(probeLog, startedAt, endedAt)) };
}

/** From the lines of `support/loopProbe/loopProbe.js`. */
async function longestBlocks(probeLog: string, from: number, to: number): Promise<Omit<Opening, 'pictureMs'>> {
  const lines = (await readFile(probeLog, 'utf8')).trim().split('\n');
  if (lines[0] === '') throw new Error('the probe in the extension host says nothing');
  const blocks = lines.map((line) => line.split(' ').map(Number)).filter(([at = 0]) => at >= from && at <= to);
  return {
    blockedMs: Math.max(0, ...blocks.map(([, blocked = 0]) => blocked)),
    runningMs: Math.max(0, ...blocks.map(([, , running = 0]) => running)),
  };
}

async function packProbe(folder: string): Promise<string> {
  const out = path.join(folder, 'loop-probe.vsix');
  const flags = ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', out];
  await promisify(execFile)(process.execPath, [path.resolve('node_modules/@vscode/vsce/vsce'), ...flags], {
    cwd: path.resolve('bench/support/loopProbe'),
  });
  if (!existsSync(out)) throw new Error('the probe was not packed');
  return out;
}

/** The longest block of each opening by its own work; a busy machine makes others, which are in brackets. */
function blocks(openings: readonly Opening[]): string {
  return openings.map(({ runningMs, blockedMs }) => `${runningMs.toFixed(0)} ms (${blockedMs.toFixed(0)})`).join(', ');
}

function row(what: string, value: string): string {
  return `  ${what.padEnd(54)}${value}`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
