import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { ByteSource } from '../src/profile/formats/byteSource';
import { decodeProfile } from '../src/profile/formats/decodeProfile';
import { writeBigDump, writeBigJson } from './support/bigDump';
import { endlessJson } from './support/endlessJson';
import type { SubjectReport } from './support/subjects/report';

export const title =
  'Decoding: cold processes on one machine, medians; ours against the npm readers, JSON.parse and Ruby';

const FOLDER = path.resolve('.runtime/bench');
const OUR_RUNS = 7;
const PEER_RUNS = 3;
const MARSHAL_READERS = ['hyrious', 'qnighy'] as const;

const execute = promisify(execFile);

/** Name and path of each dump that is measured. */
type Dumps = readonly (readonly [name: string, file: string])[];

export async function run(): Promise<string[]> {
  await mkdir(FOLDER, { recursive: true });
  const bundles = await bundle();
  const lines: string[] = [];
  for (const [name, file] of await dumps()) lines.push(...(await measureDump(name, file, bundles)), '');
  lines.push(...(await measureJson(bundles)), '', await measureHuge());
  return lines;
}

/** A made dump always; a recorded one where Ruby and StackProf are; those that ALLOCATION_HOTSPOTS_BIG_DUMP names (`:` between). */
async function dumps(): Promise<Dumps> {
  const made = await cached('made.dump', writeBigDump);
  const found: [string, string][] = [['made', made]];
  const recorded = await cached('recorded.dump', record).catch(() => null);
  if (recorded !== null) found.push(['recorded', recorded]);
  const named = process.env.ALLOCATION_HOTSPOTS_BIG_DUMP?.split(path.delimiter).filter((file) => file !== '') ?? [];
  return [...found, ...named.map((file): [string, string] => [path.basename(file), file])];
}

async function record(file: string): Promise<void> {
  await execute('ruby', ['bench/support/recordBigDump.rb', file], { maxBuffer: 1 << 24 });
}

async function measureDump(name: string, file: string, bundles: Bundles): Promise<string[]> {
  const ours = await several(OUR_RUNS, () => subject(bundles.ours, file));
  const lines = [
    `${name}: ${await mib(file)}, ${ours.samples.toLocaleString('en')} samples`,
    row('reader', 'decode', 'CPU', 'peak', 'ours'),
  ];
  lines.push(row('ours', ms(ours.ms), ms(ours.cpuMs), peak(ours.peakMib), ''));
  for (const reader of MARSHAL_READERS) {
    const theirs = await several(PEER_RUNS, () => subject(bundles[reader], file));
    lines.push(
      row(`@${reader}/marshal`, ms(theirs.ms), ms(theirs.cpuMs), peak(theirs.peakMib), times(theirs.ms, ours.ms)),
    );
  }
  const rubyMs = await rubyLoad(file).catch(() => null);
  lines.push(
    rubyMs === null ? 'Ruby is not here' : row('Ruby Marshal.load', ms(rubyMs), '', '', times(rubyMs, ours.ms)),
  );
  const cli = await several(OUR_RUNS, () => cliReport(bundles.cli, file));
  lines.push(row('our `report`, whole process', ms(cli.ms), ms(cli.cpuMs), peak(cli.peakMib), ''));
  return lines;
}

async function measureJson(bundles: Bundles): Promise<string[]> {
  const file = await cached('made.json', writeBigJson);
  const ours = await several(OUR_RUNS, () => subject(bundles.ours, file));
  const theirs = await several(PEER_RUNS, () => subject(bundles.jsonParse, file));
  return [
    `made.json: ${await mib(file)}`,
    row('reader', 'decode', 'CPU', 'peak', 'ours'),
    row('ours', ms(ours.ms), ms(ours.cpuMs), peak(ours.peakMib), ''),
    row('JSON.parse', ms(theirs.ms), ms(theirs.cpuMs), peak(theirs.peakMib), times(theirs.ms, ours.ms)),
  ];
}

/** JSON that V8 cannot hold as one string. */
async function measureHuge(): Promise<string> {
  const source: ByteSource = endlessJson(600 << 20);
  const start = performance.now();
  const result = await decodeProfile(source);
  const took = performance.now() - start;
  const size = `JSON of ${((source.size ?? 0) / 2 ** 20).toFixed(0)} MiB, never on disk`;
  if (!result.ok) return `${size}: ${result.error.message}`;
  const problems = result.problems.map((problem) => problem.code).join(', ');
  return `${size}: ${ms(took)}, ${result.profile.samples.toLocaleString('en')} samples, problems: ${problems || 'none'}`;
}

async function subject(script: string, file: string): Promise<SubjectReport> {
  const { stdout } = await execute(process.execPath, ['--max-old-space-size=8192', script, file]);
  const said: SubjectReport = JSON.parse(stdout);
  return said;
}

async function cliReport(script: string, file: string): Promise<SubjectReport> {
  const start = performance.now();
  const preload = path.resolve('bench/support/printUsage.mjs');
  const args = ['--import', preload, script, 'report', file, '--format', 'json'];
  const { stderr } = await execute(process.execPath, args, { maxBuffer: 1 << 28 });
  const took = performance.now() - start;
  const [, cpuMs, peakMib] = /usage (\S+) (\S+)/.exec(stderr) ?? [];
  return { ms: took, cpuMs: Number(cpuMs), peakMib: Number(peakMib), samples: 0 };
}

async function rubyLoad(file: string): Promise<number> {
  const script =
    't = Process.clock_gettime(Process::CLOCK_MONOTONIC); Marshal.load(File.binread(ARGV[0])); print Process.clock_gettime(Process::CLOCK_MONOTONIC) - t';
  const { stdout } = await execute('ruby', ['-e', script, file]);
  return Number(stdout) * 1000;
}

interface Bundles {
  readonly ours: string;
  readonly hyrious: string;
  readonly qnighy: string;
  readonly jsonParse: string;
  readonly cli: string;
}

async function bundle(): Promise<Bundles> {
  const subjectOf = (name: string): Promise<string> => bundled(`bench/support/subjects/${name}.ts`, name);
  return {
    ours: await subjectOf('ours'),
    hyrious: await subjectOf('hyrious'),
    qnighy: await subjectOf('qnighy'),
    jsonParse: await subjectOf('jsonParse'),
    cli: await bundled('src/cli/main.ts', 'cli'),
  };
}

async function bundled(entry: string, name: string): Promise<string> {
  const outfile = path.join(FOLDER, `${name}.cjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  return outfile;
}

/** A file of the cache folder; made once, and only whole. */
async function cached(name: string, make: (file: string) => Promise<void>): Promise<string> {
  const file = path.join(FOLDER, name);
  if (existsSync(file)) return file;
  await make(`${file}.part`);
  await rename(`${file}.part`, file);
  return file;
}

/** Medians of each figure over `runs` runs. */
async function several(runs: number, once: () => Promise<SubjectReport>): Promise<SubjectReport> {
  const all: SubjectReport[] = [];
  for (let at = 0; at < runs; at++) all.push(await once());
  return {
    ms: median(all.map((one) => one.ms)),
    cpuMs: median(all.map((one) => one.cpuMs)),
    peakMib: median(all.map((one) => one.peakMib)),
    samples: all[0]!.samples,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

function row(...cells: readonly string[]): string {
  const [first = '', ...rest] = cells;
  return `  ${first.padEnd(28)}${rest.map((cell) => cell.padStart(12)).join('')}`.trimEnd();
}

async function mib(file: string): Promise<string> {
  return `${((await stat(file)).size / 1e6).toFixed(1)} MB`;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}

function peak(value: number): string {
  return `${value.toFixed(0)} MiB`;
}

function times(theirs: number, ours: number): string {
  return `${(theirs / ours).toFixed(1)}x faster`;
}
