// Writes docs/findings/ID.md and their index from the patterns and their header comments; with --check only says whether they
// are current.
import { mkdtemp, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { causeFile, findingIndex, findingPage, patternHeader } from './findingPage.mjs';
import { inRepository } from './run.mjs';

const folder = inRepository('docs/findings');
const causes = await loadCauses();
const pages = new Map([['README.md', findingIndex(causes)]]);
for (const cause of causes) {
  const source = await readFile(inRepository(causeFile(cause)), 'utf8');
  pages.set(`${cause.id}.md`, findingPage(cause, patternHeader(source)));
}

const checks = process.argv.includes('--check');
for (const file of new Set([...pages.keys(), ...(await readdir(folder))])) {
  const wanted = pages.get(file);
  const now = await readFile(path.join(folder, file), 'utf8').catch(() => undefined);
  if (now === wanted) continue;
  if (checks) {
    console.error(`docs/findings/${file} is not what the pattern says: run node scripts/findingDocs.mjs`);
    process.exitCode = 1;
  } else if (wanted === undefined) {
    await unlink(path.join(folder, file));
    console.log(`removed docs/findings/${file}`);
  } else {
    await writeFile(path.join(folder, file), wanted);
    console.log(`wrote docs/findings/${file}`);
  }
}

/** The table of causes, bundled and loaded. @returns {Promise<readonly import('../src/ruby/pattern').Cause[]>} */
async function loadCauses() {
  const temporary = await mkdtemp(path.join(tmpdir(), 'causes-'));
  try {
    const outfile = path.join(temporary, 'causes.mjs');
    await build({
      entryPoints: [inRepository('src/findings/causes.ts')],
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile,
      logLevel: 'error',
    });
    return (await import(pathToFileURL(outfile).href)).causes;
  } finally {
    await rm(temporary, { recursive: true });
  }
}
