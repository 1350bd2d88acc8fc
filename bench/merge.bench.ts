import { execFile } from 'node:child_process';
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { writeBigDump } from './support/bigDump';

export const title = 'Merging: `report` over the dumps of many worker processes, a whole process each';

const FOLDER = path.resolve('.runtime/bench/merge');
/** About 5 MB as a file. */
const REQUESTS = 230;

const execute = promisify(execFile);

interface Measured {
  readonly ms: number;
  readonly peakMib: number;
  readonly samples: number;
}

/** Workers that do the same work share most of their stacks; the last row is the worst: no stack in common. */
export async function run(): Promise<string[]> {
  await mkdir(FOLDER, { recursive: true });
  const cli = path.join(FOLDER, 'cli.cjs');
  await build({
    entryPoints: ['src/cli/main.ts'],
    outfile: cli,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  const lines = [];
  try {
    const same = await dumps('same', 200, (file) => file % 4);
    const { size } = await stat(same[0]!);
    lines.push(`dumps of ${(size / 1e6).toFixed(1)} MB`);
    const one = await report(cli, same.slice(0, 1));
    lines.push(row('1 dump', one, one));
    for (const count of [20, 200])
      lines.push(row(`${count} dumps, 4 ways of work`, await report(cli, same.slice(0, count)), one));
    await rm(path.join(FOLDER, 'same'), { recursive: true });
    const unlike = await dumps('unlike', 200, (file) => 1000 + file);
    for (const count of [20, 200])
      lines.push(row(`${count} dumps, nothing in common`, await report(cli, unlike.slice(0, count)), one));
  } finally {
    await rm(FOLDER, { recursive: true, force: true });
  }
  return lines;
}

async function dumps(name: string, count: number, walkOf: (file: number) => number): Promise<string[]> {
  const folder = path.join(FOLDER, name);
  await mkdir(folder, { recursive: true });
  const files = Array.from({ length: count }, (_, file) =>
    path.join(folder, `stackprof_process_${100 + file}_1767225600.dump`),
  );
  for (const [file, at] of files.entries()) await writeBigDump(at, { requests: REQUESTS, walk: walkOf(file) });
  return files;
}

async function report(cli: string, files: readonly string[]): Promise<Measured> {
  const start = performance.now();
  const preload = path.resolve('bench/support/printUsage.cjs');
  const args = ['--require', preload, cli, 'report', ...files, '--top', '1', '--format', 'json'];
  const { stdout, stderr } = await execute(process.execPath, args, { maxBuffer: 1 << 28 });
  const ms = performance.now() - start;
  const [, , peakMib] = /usage (\S+) (\S+)/.exec(stderr) ?? [];
  const said: { profile: { samples: number } } = JSON.parse(stdout);
  return { ms, peakMib: Number(peakMib), samples: said.profile.samples };
}

function row(name: string, { ms, peakMib, samples }: Measured, one: Measured): string {
  const ratio = `${(peakMib / one.peakMib).toFixed(1)} x of one`;
  return `  ${name.padEnd(30)} ${(ms / 1000).toFixed(1).padStart(6)} s  peak ${peakMib.toFixed(0).padStart(5)} MiB (${ratio})  ${samples.toLocaleString('en')} samples`;
}
