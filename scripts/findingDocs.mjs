// Writes docs/findings/ID.md and their index from the patterns and their header comments; with --check only says whether they
// are current.
import { mkdtemp, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { findingIndex, findingPage, patternHeader, patternName } from './findingPage.mjs';
import { inRepository } from './run.mjs';

const folder = inRepository('docs/findings');
const patterns = await loadPatterns();
const pages = new Map([['README.md', findingIndex(patterns)]]);
for (const pattern of patterns) {
  const source = await readFile(inRepository('src/ruby/patterns', `${patternName(pattern.id)}.ts`), 'utf8');
  pages.set(`${pattern.id}.md`, findingPage(pattern, patternHeader(source)));
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

/** The table of patterns, bundled and loaded. @returns {Promise<readonly import('../src/ruby/pattern').Pattern[]>} */
async function loadPatterns() {
  const temporary = await mkdtemp(path.join(tmpdir(), 'patterns-'));
  try {
    const outfile = path.join(temporary, 'patternTable.mjs');
    await build({
      entryPoints: [inRepository('src/ruby/patternTable.ts')],
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile,
      logLevel: 'error',
    });
    return (await import(pathToFileURL(outfile).href)).patterns;
  } finally {
    await rm(temporary, { recursive: true });
  }
}
