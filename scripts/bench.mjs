// Runs the benchmarks of bench/, each in a process of its own, one after the other, and prints their tables.
//
//   node scripts/bench.mjs [--only NAME]
//
// A benchmark is a `bench/NAME.bench.ts` that exports `title` and `run(): Promise<string[]>` (lines to print). It runs
// with the repository as its current folder. Nothing here passes or fails: numbers belong to the machine they were taken on.
import { mkdir, readdir } from 'node:fs/promises';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import process from 'node:process';
import { build } from 'esbuild';
import { inRepository, run } from './run.mjs';

const at = process.argv.indexOf('--only');
const only = at < 0 ? '' : (process.argv[at + 1] ?? '');
const names = (await readdir(inRepository('bench')))
  .filter((name) => name.endsWith('.bench.ts') && name.includes(only))
  .map((name) => name.slice(0, -'.bench.ts'.length))
  .sort();
if (names.length === 0) throw new Error(`no benchmark in bench/ is called ${only}`);

console.log(`${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${machine()}`);
await mkdir(inRepository('test-results/bench'), { recursive: true });
let failed = 0;
for (const name of names) {
  const { code } = await run(process.execPath, ['--expose-gc', await bundle(name)], { show: true, mayFail: true });
  if (code !== 0) failed++;
}
if (failed > 0) console.error(`${failed} of ${names.length} benchmarks did not run to their end`);
process.exitCode = failed === 0 ? 0 : 1;

/** @param {string} name @returns {Promise<string>} A module that runs the benchmark and prints what it says. */
async function bundle(name) {
  const outfile = inRepository(`test-results/bench/${name}.mjs`);
  await build({
    stdin: {
      contents: `import { run, title } from './${name}.bench';
console.log('\\n' + title + '\\n');
for (const line of await run()) console.log(line);`,
      resolveDir: inRepository('bench'),
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}

function machine() {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${cpus().length} x ${cpu?.model ?? arch()}, ${memory}, ${platform()}, load ${(loadavg()[0] ?? 0).toFixed(1)}`;
}
