// Runs the journeys of test/e2e/ in a real VS Code: prepares the runtime, packs the extension, bundles the journeys.
//
//   node scripts/e2e.mjs [--only NAME] [--no-package]
//
// Exit code 1 when a step fails. Screenshots and logs: test-results/e2e/. Counts: test-results/e2e.json.
// scripts/loop.mjs runs those of test/loop/ in the same way.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { prepareKitGems, prepareRuby } from './kitTests.mjs';
import { packageExtension, vsixFile } from './package.mjs';
import { inRepository, isMain, run, say } from './run.mjs';
import { prepareChromium, prepareEditor } from './runtime.mjs';

/**
 * @param {object} [options]
 * @param {import('./runtime.mjs').Runtime} [options.runtime] Another editor than the usual one.
 * @param {string} [options.only] Part of the names of the journeys to run.
 * @param {string} [options.except] Name of a journey to leave out.
 * @param {boolean} [options.pack] False takes the VSIX that is there.
 * @param {'e2e' | 'loop'} [options.tier] Folder under test/ whose journeys to run, and under test-results/.
 * @param {string} [options.workspace] Folder that every journey gets a copy of.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runEndToEnd({
  runtime,
  only = '',
  except = '',
  pack = true,
  tier = 'e2e',
  workspace = inRepository('examples/finance-sync'),
} = {}) {
  const names = (await readdir(inRepository('test', tier))).filter(
    (name) => name.endsWith('.e2e.ts') && name.includes(only) && name !== `${except}.e2e.ts`,
  );
  if (names.length === 0) throw new Error(`no journey in test/${tier} is called ${only}`);
  const editor = runtime ?? (await prepareEditor());
  const chromium = await prepareChromium();
  if (pack || !existsSync(vsixFile)) await packageExtension();
  const results = inRepository('test-results', tier);
  await rm(results, { recursive: true, force: true });
  await mkdir(results, { recursive: true });
  say(`End to end in VS Code ${editor.version}`);
  if (names.includes('capture.e2e.ts')) process.env.GEM_PATH = await gemPath();
  const { runJourney, journeys } = await bundleJourneys(names.sort(), tier);
  const tally = { passed: 0, failed: 0 };
  const tools = { runtime: editor, chromium, vsix: vsixFile, workspace, results };
  for (const journey of journeys) await runJourney(journey, tools, tally);
  await writeFile(inRepository('test-results', `${tier}.json`), `${JSON.stringify(tally)}\n`);
  return tally;
}

/** Where the editor's Ruby finds StackProf and minitest: beside its own gems. */
async function gemPath() {
  const gems = await prepareKitGems(await prepareRuby());
  const { output } = await run('ruby', ['-e', 'print Gem.path.join(File::PATH_SEPARATOR)']);
  return [path.join(gems, 'common'), output].join(path.delimiter);
}

/**
 * The journeys and their runner as one module, since they are TypeScript.
 * @param {readonly string[]} names
 * @param {string} tier
 * @returns {Promise<typeof import('../test/e2e/support/journey') & { journeys: import('../test/e2e/support/journey').JourneyFile[] }>}
 */
async function bundleJourneys(names, tier) {
  const outfile = inRepository('test-results', tier, '.journeys.mjs');
  const imports = names.map((name, index) => `import * as j${index} from './${path.basename(name, '.ts')}';`);
  const contents = `${imports.join('\n')}
export * from '../e2e/support/journey';
export const journeys = [${names.map((_, index) => `j${index}`)}];`;
  await build({
    stdin: { contents, resolveDir: inRepository('test', tier), loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

if (isMain('e2e.mjs')) {
  const at = process.argv.indexOf('--only');
  const only = at < 0 ? '' : (process.argv[at + 1] ?? '');
  const { passed, failed } = await runEndToEnd({ only, pack: !process.argv.includes('--no-package') });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
