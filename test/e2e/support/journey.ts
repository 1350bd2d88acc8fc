import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { editorAddress, startEditorServer } from '../../../scripts/editorServer.mjs';
import type { Runtime } from '../../../scripts/runtime.mjs';
import { Editor } from './editor';

/** What `scripts/e2e.mjs` hands to every run. */
export interface Tools {
  readonly runtime: Runtime;
  readonly chromium: string;
  readonly vsix: string;
  /** Folder to copy as the workspace. */
  readonly workspace: string;
  /** Where screenshots and logs go. */
  readonly results: string;
}

/** One `*.e2e.ts` file: a person's way through the editor, step by step. */
export interface JourneyFile {
  readonly title: string;
  /** User settings that VS Code starts with, beside the quiet ones of all journeys. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly run: (journey: Journey) => Promise<void>;
}

export interface Tally {
  passed: number;
  failed: number;
}

/** A fresh editor, with the packed extension and a copy of the example app, for one journey. */
export interface Journey {
  readonly editor: Editor;
  /** Absolute path of this journey's copy of the example app. */
  readonly workspace: string;
  readonly address: (files?: readonly string[]) => string;
  /** One thing that must work. A failing step ends the journey: what follows would only fail for the same reason. */
  readonly step: (what: string, act: () => Promise<void>) => Promise<void>;
  /** Keeps a picture of the window under `test-results/`. */
  readonly picture: (name: string) => Promise<void>;
}

export async function runJourney(file: JourneyFile, tools: Tools, tally: Tally): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'allocation-hotspots-e2e-'));
  const workspace = path.join(folder, path.basename(tools.workspace));
  const results = path.join(tools.results, slug(file.title));
  await mkdir(results, { recursive: true });
  await cp(tools.workspace, workspace, { recursive: true });
  const server = await startEditorServer({
    runtime: tools.runtime,
    dataFolder: path.join(folder, 'editor'),
    extensions: [tools.vsix],
    workspace,
    settings: { 'explorer.compactFolders': false, ...file.settings },
  });
  const browser = await launchBrowser(tools.chromium);
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  const picture = async (name: string): Promise<void> => {
    await page.screenshot({ path: path.join(results, `${slug(name)}.png`) });
  };
  const step = async (what: string, act: () => Promise<void>): Promise<void> => {
    const started = Date.now();
    try {
      await act();
      tally.passed++;
      console.log(`ok     ${file.title}: ${what} (${Date.now() - started} ms)`);
    } catch (error) {
      tally.failed++;
      console.log(`not ok ${file.title}: ${what} (${Date.now() - started} ms)\n       ${describe(error)}`);
      await picture(`failed ${what}`).catch(() => undefined);
      throw new StepFailed();
    }
  };
  try {
    await file.run({
      editor: new Editor(page, context),
      workspace,
      address: (files) => editorAddress(server, files),
      step,
      picture,
    });
  } catch (error) {
    if (!(error instanceof StepFailed)) {
      tally.failed++;
      console.log(`not ok ${file.title}: between the steps\n       ${describe(error)}`);
    }
    await writeFile(path.join(results, 'console.log'), said.join('\n'));
    await cp(server.logFile, path.join(results, 'server.log'));
    await cp(server.logs, path.join(results, 'logs'), { recursive: true }).catch(() => undefined);
    console.log(`       screenshots and logs: ${results}`);
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
  }
}

/** Thrown after a failed step has been reported. */
class StepFailed extends Error {}

export function launchBrowser(executablePath: string): Promise<Browser> {
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
  return chromium.launch({
    executablePath,
    headless: true,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-sync', ...quiet],
  });
}

function describe(error: unknown): string {
  return (error instanceof Error ? (error.stack ?? error.message) : String(error))
    .split('\n')
    .slice(0, 12)
    .join('\n       ');
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
}
