import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { type WorkerLogSize, writeWorkerLog } from './support/workerLogFile';

export const title = 'Worker logs: `jobs` as a whole cold process, against `grep -c` on the same file; medians';

const FOLDER = path.resolve('.runtime/bench');
const ROUNDS = 3;
const LOGS: readonly (readonly [name: string, what: string, size: WorkerLogSize])[] = [
  ['jobs-mixed', '1 GB, 1 line of 10 about jobs', { bytes: 2 ** 30, linesPerJob: 45 }],
  ['jobs-only', '256 MB, every line about jobs', { bytes: 2 ** 28, linesPerJob: 0 }],
];

const execute = promisify(execFile);

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
  const lines: string[] = [];
  for (const [name, what, size] of LOGS) {
    const file = await cached(`${name}.log`, size);
    lines.push(...(await measure(cli, file, what)), '');
  }
  return lines;
}

interface Measured {
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMib: number;
}

async function measure(cli: string, file: string, what: string): Promise<string[]> {
  const { size } = await stat(file);
  const ours: Measured[] = [];
  const grep: number[] = [];
  let counted = '';
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const { stdout } = await execute('grep', ['-c', 'MemoryProfiling', file]);
    grep.push(performance.now() - start);
    counted = stdout.trim();
    ours.push(await runJobs(cli, file, Number(counted)));
  }
  const ms = median(ours.map((one) => one.ms));
  const cpuMs = median(ours.map((one) => one.cpuMs));
  const grepMs = median(grep);
  const speed = (milliseconds: number): string => `${(size / 1e3 / milliseconds).toFixed(0)} MB/s`;
  return [
    `${what} (${(size / 1e6).toFixed(0)} MB, ${Number(counted).toLocaleString('en')} memory records)`,
    `  jobs      ${ms.toFixed(0)} ms, ${speed(ms)}; CPU ${cpuMs.toFixed(0)} ms, ${speed(cpuMs)}; peak ${median(ours.map((one) => one.peakMib)).toFixed(0)} MiB`,
    `  grep -c   ${grepMs.toFixed(0)} ms, ${speed(grepMs)}; ours takes ${(ms / grepMs).toFixed(1)} x as long`,
  ];
}

async function runJobs(cli: string, file: string, records: number): Promise<Measured> {
  const preload = path.resolve('bench/support/printUsage.cjs');
  const start = performance.now();
  const { stdout, stderr } = await execute(
    process.execPath,
    ['--require', preload, cli, 'jobs', file, '--format', 'json'],
    { maxBuffer: 1 << 28 },
  );
  const ms = performance.now() - start;
  if (!stdout.includes(`"records": ${records}`)) throw new Error(`jobs did not read all ${records} records of ${file}`);
  const [, cpuMs, peakMib] = /usage (\S+) (\S+)/.exec(stderr) ?? [];
  return { ms, cpuMs: Number(cpuMs), peakMib: Number(peakMib) };
}

/** Made once, and only whole. */
async function cached(name: string, size: WorkerLogSize): Promise<string> {
  const file = path.join(FOLDER, name);
  if (existsSync(file)) return file;
  writeWorkerLog(`${file}.part`, size);
  await rename(`${file}.part`, file);
  return file;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
