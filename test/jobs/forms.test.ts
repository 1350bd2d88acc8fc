import { describe, expect, it } from 'vitest';
import type { JobReport } from '../../src/jobs/jobReport';
import { analyseText, jobOf } from '../support/logs';

const DELTAS = 'heap_live_delta=488847 objects_allocated=774155 gc_runs=1';
const TYPES = 'T_OBJECT=+111069 T_STRING=+124374 T_ARRAY=+52819 T_HASH=-37179 T_DATA=+95859';

/** The record of the three lines above. */
function expectRecord(report: JobReport, name = 'SyncJob'): void {
  expect(report.records).toBe(1);
  const job = jobOf(report, name);
  expect(job).toMatchObject({
    count: 1,
    queue: 'high_priority',
    objects: { p50: 774_155, p95: 774_155, max: 774_155 },
  });
  expect(job.liveDelta).toMatchObject({ p50: 488_847, sum: 488_847 });
  expect(job.types.map(({ type, sum }) => [type, sum])).toEqual([
    ['T_OBJECT', 111_069],
    ['T_STRING', 124_374],
    ['T_ARRAY', 52_819],
    ['T_HASH', -37_179],
    ['T_DATA', 95_859],
  ]);
  expect(job.retainedShare).toBeCloseTo(488_847 / 774_155, 10);
}

describe('a memory record', () => {
  const head = '[MemoryProfiling] job=SyncJob queue=high_priority';

  it('is three lines', async () => expectRecord(await analyseText(head, DELTAS, TYPES)));
  it('is one line', async () => expectRecord(await analyseText(`${head} ${DELTAS} ${TYPES}`)));
  it('is three lines with the prefix of compose on each', async () =>
    expectRecord(await analyseText(...[head, DELTAS, TYPES].map((line) => `worker-1  | ${line}`))));
  it('has colours in it', async () =>
    expectRecord(
      await analyseText(`\u001b[32m${head}\u001b[0m`, `\u001b[2m${DELTAS}\u001b[0m`, `\u001b[1m${TYPES}\u001b[0m`),
    ));
  it('has line ends of Windows', async () => expectRecord(await analyseText(`${head}\r`, `${DELTAS}\r`, `${TYPES}\r`)));
  it('is JSON after its label', async () => {
    const object = {
      job: 'SyncJob',
      queue: 'high_priority',
      jid: 'b4a577edbccf1d805744efa9',
      pid: 88_444,
      heap_live_delta: 488_847,
      objects_allocated: 774_155,
      gc_runs: 1,
      heap_live: 1_204_411,
      rss_before_kb: 311_040,
      rss_after_kb: 355_088,
      threads_running: 1,
      gc_start: 1,
      T_OBJECT: 111_069,
      T_STRING: 124_374,
      T_ARRAY: 52_819,
      T_HASH: -37_179,
      T_DATA: 95_859,
    };
    const report = await analyseText(
      `2026-11-21T10:00:00.000Z pid=88444 tid=abc INFO: [MemoryProfiling] ${JSON.stringify(object)}`,
    );
    expectRecord(report);
    expect(jobOf(report, 'SyncJob').rssDelta).toEqual({ sum: 44_048 * 1024, max: 44_048 * 1024 });
    expect(report.processes[0]).toMatchObject({ pid: 88_444, liveIsSum: false });
    expect(report.processes[0]!.live!.last).toEqual(Float64Array.of(1_204_411));
    expect(jobOf(report, 'SyncJob').flags).toEqual([]);
  });
  it("is the message of Sidekiq's JSON formatter", async () => {
    const line = JSON.stringify({
      ts: '2026-11-21T10:00:00.123Z',
      pid: 88_444,
      tid: 'mt7',
      lvl: 'INFO',
      msg: `${head}\n${DELTAS}\n${TYPES}`,
      ctx: { class: 'SyncJob', jid: 'b4a577edbccf1d805744efa9' },
    });
    const report = await analyseText(line);
    expectRecord(report);
    expect(report.processes[0]!.pid).toBe(88_444);
    expect(report.processes[0]!.live!.timesMs).toEqual(Float64Array.of(Date.UTC(2026, 10, 21, 10, 0, 0, 123)));
  });
  it('is in the json-file of Docker', async () => {
    const lines = [head, DELTAS, TYPES].map((line) =>
      JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2026-11-21T10:00:00.123456789Z' }),
    );
    expectRecord(await analyseText(...lines));
  });
  it("is Sidekiq's JSON in the json-file of Docker", async () => {
    const inner = JSON.stringify({ ts: '2026-11-21T10:00:00.123Z', pid: 7, msg: `${head}\n${DELTAS}\n${TYPES}` });
    const report = await analyseText(JSON.stringify({ log: `${inner}\n`, stream: 'stdout' }));
    expectRecord(report);
    expect(report.processes[0]!.pid).toBe(7);
  });
  it('names the class that Active Job wraps when it is logged beside the wrapper', async () =>
    expectRecord(
      await analyseText(
        `[MemoryProfiling] job=Sidekiq::ActiveJob::Wrapper wrapped=SyncJob queue=high_priority ${DELTAS} ${TYPES}`,
      ),
    ));
  it('of other memory loggers has resident memory in megabytes', async () => {
    const report = await analyseText('[MemoryLogger] job=ImportJob queue=low memory_mb=12.5 objects=120000');
    expect(jobOf(report, 'ImportJob')).toMatchObject({
      count: 1,
      objects: { max: 120_000 },
      rssDelta: { sum: 12.5 * 2 ** 20 },
    });
  });

  const sources: readonly (readonly [what: string, prefix: string, source: string | null, pid: number | null])[] = [
    ['Heroku', '2026-11-21T10:00:00.123456+00:00 app[worker.1]: ', 'worker.1', null],
    ['Heroku with Sidekiq', '2026-11-21T10:00:00+00:00 app[worker.2]: pid=4 tid=ab ', 'worker.2', 4],
    ['Papertrail', 'Nov 21 10:00:00 shop app/worker.1: ', 'worker.1', null],
    ['syslog', 'Nov 21 10:00:00 host sidekiq[6678]: ', null, 6678],
    ['kubectl', '[pod/worker-7f9c/sidekiq] ', 'worker-7f9c/sidekiq', null],
    ["Ruby's Logger", 'I, [2026-11-21T10:00:00.123456 #6678]  INFO -- : ', null, 6678],
  ];
  it.each(sources)('comes by %s', async (_what, prefix, source, pid) => {
    const report = await analyseText(`${prefix}${head} ${DELTAS} ${TYPES}`);
    expectRecord(report);
    expect(report.processes).toMatchObject([{ source, pid }]);
  });

  const times: readonly (readonly [text: string, ms: number])[] = [
    ['2026-11-21T10:00:00.250Z', 250],
    ['2026-11-21 10:00:00,250', 250],
    ['2026-11-21T12:00:00.25+02:00', 250],
    ['2026/11/21 10:00:00', 0],
    ['[2026-11-21T05:30:00-0430]', 0],
  ];
  it.each(times)('has the time %s', async (text, ms) => {
    const { processes } = await analyseText(`${text} ${head} ${DELTAS}`);
    expect(processes[0]!.live!.timesMs).toEqual(Float64Array.of(Date.UTC(2026, 10, 21, 10, 0, 0, ms)));
  });
});

describe('records of several threads and processes', () => {
  const record = (job: string, live: number): string[] => [
    `[MemoryProfiling] job=${job} queue=default`,
    `heap_live_delta=${live} objects_allocated=${live * 2} gc_runs=1`,
    `T_OBJECT=+${live}`,
  ];
  const woven = (first: readonly string[], second: readonly string[]): string[] =>
    first.flatMap((line, at) => [line, second[at]!]);

  it('are told apart by the prefix of their source', async () => {
    const [a, b] = [record('AJob', 100), record('BJob', 9000)];
    const report = await analyseText(
      ...woven(
        a.map((line) => `web-1 | ${line}`),
        b.map((line) => `web-2 | ${line}`),
      ),
    );
    expect(jobOf(report, 'AJob').liveDelta!.sum).toBe(100);
    expect(jobOf(report, 'BJob').liveDelta!.sum).toBe(9000);
    expect(report.problems).toEqual([]);
  });

  it('are told apart by the thread that Sidekiq puts before each line', async () => {
    const [a, b] = [record('AJob', 100), record('BJob', 9000)];
    const shuffled = [a[0]!, b[0]!, `${b[1]} tid=t2`, `${a[1]} tid=t1`, `${a[2]} tid=t1`, `${b[2]} tid=t2`];
    const report = await analyseText(`${shuffled[0]} tid=t1`, `${shuffled[1]} tid=t2`, ...shuffled.slice(2));
    expect(jobOf(report, 'AJob').liveDelta!.sum).toBe(100);
    expect(jobOf(report, 'BJob').liveDelta!.sum).toBe(9000);
  });

  it('are joined in turn and counted as mixed where nothing tells', async () => {
    const report = await analyseText(...woven(record('AJob', 100), record('BJob', 9000)));
    expect(jobOf(report, 'AJob').liveDelta!.sum).toBe(100);
    expect(jobOf(report, 'BJob').liveDelta!.sum).toBe(9000);
    expect(report.problems.map(({ code }) => code)).toEqual(['mixed-records']);
  });

  it('leave a cut record out and say so', async () => {
    const report = await analyseText(record('AJob', 100)[0]!, ...record('BJob', 9000));
    expect(report.records).toBe(1);
    expect(jobOf(report, 'BJob').liveDelta!.sum).toBe(9000);
    expect(report.problems).toMatchObject([{ code: 'cut-records', message: expect.stringMatching(/^1 record /) }]);
  });
});

describe("Sidekiq's lines about jobs", () => {
  const jid = 'b4a577edbccf1d805744efa9';
  const forms: readonly (readonly [what: string, start: string, end: string])[] = [
    [
      'Sidekiq 6 and 7',
      `2026-11-21T10:00:00.000Z pid=7 tid=mt7 class=SyncJob jid=${jid} INFO: start`,
      `2026-11-21T10:00:02.500Z pid=7 tid=mt7 class=SyncJob jid=${jid} elapsed=2.5 INFO: done`,
    ],
    [
      'without time',
      `pid=7 tid=mt7 class=SyncJob jid=${jid} INFO: start`,
      `pid=7 tid=mt7 class=SyncJob jid=${jid} elapsed=2.5 INFO: done`,
    ],
    [
      'Sidekiq 8',
      `INFO  2026-11-21T10:00:00.000Z pid=7 tid=mt7 jid=${jid} class=SyncJob: start`,
      `INFO  2026-11-21T10:00:02.500Z pid=7 tid=mt7 jid=${jid} class=SyncJob elapsed=2.5: done`,
    ],
    [
      'Sidekiq 5',
      `2018-03-01T10:00:00.000Z 7 TID-mt7 SyncJob JID-${jid} INFO: start`,
      `2018-03-01T10:00:02.500Z 7 TID-mt7 SyncJob JID-${jid} INFO: done: 2.5 sec`,
    ],
    [
      'JSON',
      JSON.stringify({
        ts: '2026-11-21T10:00:00Z',
        pid: 7,
        tid: 'mt7',
        lvl: 'INFO',
        msg: 'start',
        ctx: { class: 'SyncJob', jid },
      }),
      JSON.stringify({
        ts: '2026-11-21T10:00:02Z',
        pid: 7,
        tid: 'mt7',
        lvl: 'INFO',
        msg: 'done',
        ctx: { class: 'SyncJob', jid, elapsed: 2.5 },
      }),
    ],
    [
      'logfmt',
      `time=2026-11-21T10:00:00Z pid=7 tid=mt7 class=SyncJob jid=${jid} msg=start`,
      `time=2026-11-21T10:00:02Z pid=7 tid=mt7 class=SyncJob jid=${jid} duration=2.5 msg="done"`,
    ],
    [
      'colours',
      `\u001b[34m2026-11-21T10:00:00.000Z pid=7 tid=mt7 class=SyncJob jid=${jid} INFO: start\u001b[0m`,
      `2026-11-21T10:00:02.500Z pid=7 tid=mt7 class=SyncJob jid=${jid} elapsed=2.5 \u001b[32mINFO\u001b[0m: done`,
    ],
  ];
  it.each(forms)('%s', async (_what, start, end) => {
    const report = await analyseText(start, end);
    expect(jobOf(report, 'SyncJob')).toMatchObject({
      started: 1,
      done: 1,
      failed: 0,
      count: 0,
      elapsed: { p50: 2.5, max: 2.5 },
    });
    expect(report.problems.map(({ code }) => code)).toEqual(['no-records']);
  });

  it('count failures, and do not take what a job logs for its end', async () => {
    const context = `pid=7 tid=mt7 class=SyncJob jid=${jid}`;
    const report = await analyseText(
      `${context} INFO: start`,
      `${context} INFO: the import is done`,
      `${context} INFO: 3 rows fail`,
      `${context} elapsed=0.1 INFO: fail`,
    );
    expect(jobOf(report, 'SyncJob')).toMatchObject({ started: 1, done: 0, failed: 1 });
  });
});

describe('lines of the platform', () => {
  it('have resident memory and limits of a Heroku dyno', async () => {
    const { processes, jobs } = await analyseText(
      '2026-11-21T10:00:00+00:00 heroku[worker.1]: source=worker.1 dyno=heroku.1.ab sample#memory_total=512.50MB sample#memory_rss=500.25MB sample#memory_quota=512.00MB',
      '2026-11-21T10:00:20+00:00 heroku[worker.1]: Process running mem=600M(117.2%)',
      '2026-11-21T10:00:20+00:00 heroku[worker.1]: Error R14 (Memory quota exceeded)',
      '2026-11-21T10:00:40+00:00 heroku[worker.1]: Error R15 (Memory quota vastly exceeded)',
      '2026-11-21T10:00:40+00:00 heroku[worker.2]: source=worker.2 sample#memory_total=100MB',
    );
    expect(jobs).toEqual([]);
    expect(processes).toMatchObject([
      { source: 'worker.1', limits: { r14: 1, r15: 1, oomKills: 0 }, restarts: 1 },
      { source: 'worker.2', limits: { r14: 0, r15: 0, oomKills: 0 }, restarts: 0 },
    ]);
    expect(processes[0]!.rss!.last).toEqual(Float64Array.of(512.5 * 2 ** 20));
  });

  it('have what the kernel killed, told in two lines', async () => {
    const { processes } = await analyseText(
      'pid=4242 tid=a class=BigJob jid=000000000000000000000001 INFO: start',
      'Nov 21 10:00:00 host kernel: oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),task_memcg=/x,task=ruby,pid=4242,uid=1000',
      'Nov 21 10:00:00 host kernel: Memory cgroup out of memory: Killed process 4242 (ruby) total-vm:2097152kB, anon-rss:1048576kB, file-rss:0kB',
    );
    expect(processes).toMatchObject([{ pid: 4242, limits: { oomKills: 1 }, restarts: 1 }]);
    expect(processes[0]!.rss!.last).toEqual(Float64Array.of(2 ** 30));
  });

  it('leave out what the kernel killed of others', async () => {
    const { processes, problems } = await analyseText(
      'Nov 21 10:00:00 host kernel: oom-kill:constraint=CONSTRAINT_NONE,task=java,pid=4243,uid=1000',
      'Nov 21 10:00:00 host kernel: Out of memory: Killed process 4243 (java) total-vm:2097152kB, anon-rss:1048576kB',
    );
    expect(processes).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(['nothing-found']);
  });
});
