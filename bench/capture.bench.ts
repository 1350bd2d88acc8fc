import { execFile } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { prepareKitGems, prepareRuby } from '../scripts/kitTests.mjs';

export const title =
  'Capture kit: empty jobs in a real Sidekiq worker (one thread, Redis on loopback, log to a file), medians per job';

const SIDEKIQ = '7.3';
const ROUNDS = 5;

const execute = promisify(execFile);

interface Run {
  readonly name: string;
  readonly jobs: number;
  readonly live: number;
  readonly wallUs: number;
  readonly cpuUs: number;
}

export async function run(): Promise<string[]> {
  const ruby = await prepareRuby();
  const gems = await prepareKitGems(ruby);
  const { stdout } = await execute('ruby', ['bench/support/kitOverhead.rb', SIDEKIQ, String(ROUNDS)], {
    env: { ...process.env, KIT_GEMS: path.resolve(gems) },
    maxBuffer: 1 << 24,
  });
  const runs = stdout.trimEnd().split('\n').map(parseRun);
  const tables = [...new Set(runs.map(({ live }) => live))].map((live) =>
    table(runs.filter((one) => one.live === live)),
  );
  return [
    `Ruby ${ruby}, Sidekiq ${SIDEKIQ}, ${ROUNDS} workers each`,
    ...tables.flat(),
    '',
    ...(await recordingCost(path.resolve(gems, 'common'))),
  ];
}

/** Processor time per allocation while StackProf records. */
async function recordingCost(gems: string): Promise<string[]> {
  const env = { ...process.env, GEM_HOME: gems, GEM_PATH: gems };
  const { stdout } = await execute('ruby', ['bench/support/recordingCost.rb', String(ROUNDS)], { env });
  const costs: { interval: number | null; ns: number }[] = JSON.parse(stdout);
  return [
    'one allocation, 60 frames deep, processor time',
    ...costs.map(
      ({ interval, ns }) => `  ${interval === null ? 'not recorded' : `interval ${interval}`}: ${ns.toFixed(0)} ns`,
    ),
  ];
}

/** The workers with one number of live objects; the first are those without the kit. */
function table(runs: readonly Run[]): string[] {
  const base = runs.filter(({ name }) => name === runs[0]!.name);
  const rows = [...new Set(runs.map(({ name }) => name))].map((name) => {
    const some = runs.filter((one) => one.name === name);
    const [cpu, wall] = [median(some.map(cpuUs)), median(some.map(wallUs))];
    const more = [cpu - median(base.map(cpuUs)), wall - median(base.map(wallUs))];
    const spread = some.map(cpuUs).sort((a, b) => a - b);
    return row([
      name,
      some[0]!.jobs.toLocaleString('en'),
      micros(cpu),
      micros(wall),
      name === base[0]!.name ? '' : `${micros(more[0]!)} CPU, ${micros(more[1]!)} by the clock`,
      `${micros(spread[0]!)} - ${micros(spread.at(-1)!)}`,
    ]);
  });
  return ['', `${runs[0]!.live.toLocaleString('en')} strings kept alive`, HEAD, ...rows];
}

const HEAD = row(['', 'jobs', 'CPU', 'clock', 'the kit adds', 'CPU of the workers']);

function row(cells: readonly string[]): string {
  const widths = [26, 8, 12, 12, 44, 28];
  return `  ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('')}`;
}

function parseRun(line: string): Run {
  const { name, jobs, live, wall_us: wall, cpu_us: cpu }: Record<string, unknown> = JSON.parse(line);
  return { name: String(name), jobs: Number(jobs), live: Number(live), wallUs: Number(wall), cpuUs: Number(cpu) };
}

const cpuUs = (one: Run) => one.cpuUs;
const wallUs = (one: Run) => one.wallUs;
const micros = (us: number) => `${us.toLocaleString('en', { maximumFractionDigits: 0 })} µs`;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
