import { describe, expect, it } from 'vitest';
import type { JobReport, Verdict } from '../../src/jobs/jobReport';
import { analyseText } from '../support/logs';
import { type SimulatedClass, type SimulatedWorker, simulatedWorker } from '../support/simulatedWorker';

const SEEDS = 40;
const CALM: readonly SimulatedClass[] = [
  { name: 'TickJob', share: 6, objects: 8000, held: 900, leaks: 0, takes: 0.2 },
  { name: 'MailJob', share: 3, objects: 30_000, held: 4000, leaks: 0, takes: 0.5 },
  { name: 'ExportJob', share: 2, objects: 90_000, held: 9000, leaks: 0, takes: 1 },
];
const LEAKING: SimulatedClass = { name: 'AuditJob', share: 3, objects: 20_000, held: 1500, leaks: 800, takes: 0.3 };
const LARGE: SimulatedClass = { name: 'RebuildJob', share: 1, objects: 2_500_000, held: 600_000, leaks: 0, takes: 4 };

type Scenario = Omit<SimulatedWorker, 'seed'>;
const leak: Scenario = { classes: [...CALM, LEAKING], jobs: 400, concurrency: 1 };
const steady: Scenario = { classes: CALM, jobs: 400, concurrency: 1 };
const bloat: Scenario = { classes: [...CALM, LARGE], jobs: 400, concurrency: 1 };

interface Rates {
  /** Of the scenario's process, by verdict: counts of the seeds. */
  readonly process: Readonly<Record<Verdict, number>>;
  readonly leaking: Readonly<Record<Verdict, number>>;
  readonly large: Readonly<Record<Verdict, number>>;
  /** Classes that keep nothing and are called leaking, of all such classes. */
  readonly falseLeaks: number;
  readonly calm: number;
}

/** Verdicts of many runs of one scenario. */
async function rates(scenario: Scenario): Promise<Rates> {
  const none = (): Record<Verdict, number> => ({ leak: 0, bloat: 0, steady: 0, unknown: 0 });
  const [process, leaking, large] = [none(), none(), none()];
  let falseLeaks = 0;
  let calm = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const report: JobReport = await analyseText(simulatedWorker({ ...scenario, seed }));
    for (const { verdict } of report.processes.slice(0, 1)) process[verdict]++;
    for (const { name, verdict } of report.jobs) {
      if (name === LEAKING.name) leaking[verdict]++;
      else if (name === LARGE.name) large[verdict]++;
      else {
        calm++;
        if (verdict === 'leak') falseLeaks++;
      }
    }
  }
  return { process, leaking, large, falseLeaks, calm };
}

/** The least part of the seeds that must have a verdict, and the most that may have another; docs/jobs.md states what is measured. */
const FOUND = 0.9;
const WRONG = 0.05;

describe(`verdicts about ${SEEDS} simulated workers each`, () => {
  const leaks: readonly (readonly [what: string, scenario: Scenario])[] = [
    ['alone', leak],
    ['beside other jobs', { ...leak, concurrency: 3, jobs: 1500 }],
    ['without resident memory', { ...leak, rss: false }],
    ['between restarts', { ...leak, restartAfter: 150 }],
    ['with a third of the records missing', { ...leak, missing: 0.3 }],
  ];
  it.each(leaks)('find a leak %s', async (_what, scenario) => {
    const { process, leaking, falseLeaks, calm } = await rates(scenario);
    expect(process.leak).toBeGreaterThanOrEqual(FOUND * SEEDS);
    expect(process.steady + process.bloat).toBeLessThanOrEqual(WRONG * SEEDS);
    expect(leaking.leak).toBeGreaterThanOrEqual(FOUND * SEEDS);
    expect(falseLeaks).toBeLessThanOrEqual(WRONG * calm);
  });

  const steadies: readonly (readonly [what: string, scenario: Scenario])[] = [
    ['alone', steady],
    ['beside other jobs', { ...steady, concurrency: 3 }],
    ['between restarts', { ...steady, restartAfter: 150 }],
    ['without collections before the counters are read', { ...steady, garbage: 60_000 }],
  ];
  it.each(steadies)('find no leak where there is none, %s', async (_what, scenario) => {
    const { process, falseLeaks, calm } = await rates(scenario);
    expect(process.steady).toBeGreaterThanOrEqual(FOUND * SEEDS);
    expect(process.leak).toBeLessThanOrEqual(WRONG * SEEDS);
    expect(falseLeaks).toBeLessThanOrEqual(WRONG * calm);
  });

  const bloats: readonly (readonly [what: string, scenario: Scenario])[] = [
    ['alone', bloat],
    ['beside other jobs', { ...bloat, concurrency: 3 }],
  ];
  it.each(bloats)('tell bloat from leaks, %s', async (_what, scenario) => {
    const { process, large, falseLeaks, calm } = await rates(scenario);
    expect(process.bloat).toBeGreaterThanOrEqual(FOUND * SEEDS);
    expect(process.leak + large.leak).toBe(0);
    expect(large.bloat).toBeGreaterThanOrEqual(FOUND * SEEDS);
    expect(falseLeaks).toBeLessThanOrEqual(WRONG * calm);
  });

  it('are not given where no collection ran, and it is said', async () => {
    const { leaking } = await rates({ ...leak, garbage: 60_000 });
    expect(leaking.unknown).toBe(SEEDS);
    const { problems, processes } = await analyseText(
      simulatedWorker({ ...leak, garbage: 60_000, rss: false, seed: 1 }),
    );
    expect(problems.map(({ code }) => code)).toEqual(['no-gc']);
    expect(processes[0]).toMatchObject({ verdict: 'unknown', flags: ['no-gc'] });
  });
});
