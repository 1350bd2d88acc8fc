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
const ROUNDS = 5;

const execute = promisify(execFile);

/** Name and path of each dump that is measured. */
type Dumps = readonly (readonly [name: string, file: string])[];

export async function run(): Promise<string[]> {
  await mkdir(FOLDER, { recursive: true });
  const bundles = await bundle();
  const lines: string[] = [];
  const found = await dumps();
  if (!found.some(([name]) => name === 'recorded'))
    lines.push('Ruby or StackProf is not here: nothing was recorded', '');
  for (const [name, file] of found) lines.push(...(await measureDump(name, file, bundles)), '');
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
  const [ours, hyrious, qnighy] = await inTurn([bundles.ours, bundles.hyrious, bundles.qnighy], file);
  const lines = [
    `${name}: ${await megabytes(file)}, ${ours!.samples.toLocaleString('en')} samples`,
    HEAD,
    row('ours', ms(ours!.ms), ms(ours!.cpuMs), peak(ours!.peakMib), ''),
    row('@hyrious/marshal', ms(hyrious!.ms), ms(hyrious!.cpuMs), peak(hyrious!.peakMib), times(hyrious!, ours!)),
    row('@qnighy/marshal', ms(qnighy!.ms), ms(qnighy!.cpuMs), peak(qnighy!.peakMib), times(qnighy!, ours!)),
  ];
  const ruby = await rubyLoad(file).catch(() => null);
  lines.push(ruby === null ? '  Ruby is not here' : row('Ruby Marshal.load', ms(ruby.ms), '', '', times(ruby, ours!)));
  const reports: SubjectReport[] = [];
  for (let round = 0; round < ROUNDS; round++) reports.push(await cliReport(bundles.cli, file));
  const cli = medians(reports);
  lines.push(row('our `report`, whole process', ms(cli.ms), ms(cli.cpuMs), peak(cli.peakMib), ''));
  return lines;
}

async function measureJson(bundles: Bundles): Promise<string[]> {
  const file = await cached('made.json', writeBigJson);
  const [ours, theirs] = await inTurn([bundles.ours, bundles.jsonParse], file);
  return [
    `made.json: ${await megabytes(file)}`,
    HEAD,
    row('ours', ms(ours!.ms), ms(ours!.cpuMs), peak(ours!.peakMib), ''),
    row('JSON.parse', ms(theirs!.ms), ms(theirs!.cpuMs), peak(theirs!.peakMib), times(theirs!, ours!)),
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
  const preload = path.resolve('bench/support/printUsage.cjs');
  const args = ['--require', preload, script, 'report', file, '--format', 'json'];
  const { stderr } = await execute(process.execPath, args, { maxBuffer: 1 << 28 });
  const took = performance.now() - start;
  const [, cpuMs, peakMib] = /usage (\S+) (\S+)/.exec(stderr) ?? [];
  return { ms: took, cpuMs: Number(cpuMs), peakMib: Number(peakMib), samples: 0 };
}

/** Once: it takes its time. */
async function rubyLoad(file: string): Promise<SubjectReport> {
  const script =
    't = Process.clock_gettime(Process::CLOCK_MONOTONIC); Marshal.load(File.binread(ARGV[0])); print Process.clock_gettime(Process::CLOCK_MONOTONIC) - t';
  const { stdout } = await execute('ruby', ['-e', script, file]);
  return { ms: Number(stdout) * 1000, cpuMs: Number.NaN, peakMib: Number.NaN, samples: Number.NaN };
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

/** Medians of each subject. All take their turn in every round, so that a busy minute of the machine hits all of them. */
async function inTurn(scripts: readonly string[], file: string): Promise<SubjectReport[]> {
  const all = scripts.map((): SubjectReport[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, script] of scripts.entries()) all[at]!.push(await subject(script, file));
  }
  return all.map(medians);
}

function medians(reports: readonly SubjectReport[]): SubjectReport {
  return {
    ms: median(reports.map((one) => one.ms)),
    cpuMs: median(reports.map((one) => one.cpuMs)),
    peakMib: median(reports.map((one) => one.peakMib)),
    samples: reports[0]!.samples,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

const HEAD = row('', 'decode', 'CPU', 'peak', 'against ours');

function row(first: string, ...cells: readonly string[]): string {
  return `  ${first.padEnd(28)}${cells.map((cell) => cell.padStart(14)).join('')}`.trimEnd();
}

async function megabytes(file: string): Promise<string> {
  return `${((await stat(file)).size / 1e6).toFixed(1)} MB`;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}

function peak(value: number): string {
  return `${value.toFixed(0)} MiB`;
}

function times(theirs: SubjectReport, ours: SubjectReport): string {
  return `${(theirs.ms / ours.ms).toFixed(1)} x`;
}
