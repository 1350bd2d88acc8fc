import { describe, expect, it } from 'vitest';
import { analyseLog, LogAnalysis } from '../../src/jobs/analyseLog';
import type { JobReport } from '../../src/jobs/jobReport';
import { MAX_LINE_BYTES } from '../../src/jobs/splitLines';
import { analyseText, jobOf, recordedLog } from '../support/logs';
import { randomSource } from '../support/randomSource';

const RECORD = [
  '[MemoryProfiling] job=SyncJob queue=low',
  'heap_live_delta=-5 objects_allocated=900 gc_runs=1',
  'T_OBJECT=-3',
];

describe('a damaged log', () => {
  it('gives the same answer however its bytes are cut into chunks', async () => {
    const log = recordedLog('fin_stdout_pretty.sidekiq');
    const whole = await analyseLog([log]);
    const random = randomSource(1);
    for (const most of [1, 7, 300, 5000]) {
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < log.length; ) {
        const size = 1 + Math.floor(random() * most);
        chunks.push(log.slice(at, at + size));
        at += size;
      }
      expect(await analyseLog(chunks)).toEqual(whole);
    }
  });

  it('gives an answer for each of its beginnings', async () => {
    const log = recordedLog('fin_stdout_pretty.sidekiq').subarray(0, 6000);
    const whole = await analyseLog([log]);
    for (let end = 0; end <= log.length; end += 7) {
      const report = await analyseLog([log.subarray(0, end)]);
      expect(report.records).toBeLessThanOrEqual(whole.records);
      check(report);
    }
  });

  it('gives an answer whatever bytes are in it', async () => {
    const random = randomSource(2);
    const original = recordedLog('fin_stdout_pretty.sidekiq').subarray(0, 20_000);
    for (let round = 0; round < 60; round++) {
      const log = original.slice();
      for (let hits = 0; hits < 200; hits++) log[Math.floor(random() * log.length)] = Math.floor(random() * 256);
      check(await analyseLog([log]));
    }
  });

  it('gives an answer whatever order its lines are in, and whichever are missing', async () => {
    const random = randomSource(3);
    const lines = new TextDecoder().decode(recordedLog('fin_stdout_pretty.sidekiq')).split('\n').slice(0, 200);
    for (let round = 0; round < 60; round++) {
      const some = lines.filter(() => random() < 0.8).map((line) => ({ line, key: random() }));
      if (round % 2 === 0) some.sort((a, b) => a.key - b.key);
      check(await analyseText(...some.map(({ line }) => line)));
    }
  });

  it('gives an answer for any mixture of what it may hold', async () => {
    const random = randomSource(4);
    const parts = [
      '{"',
      '"msg":"',
      '\\"',
      '\\u00',
      'jid=',
      'class=',
      'T_HASH=+',
      'heap_live_delta=',
      '[MemoryProfiling]',
      'job=',
      'pid=',
      '9e9',
      '-',
      '}',
      '[',
      ']',
      '\n',
    ];
    parts.push(
      'INFO: start',
      ': done',
      ' | ',
      'app[worker.1]: ',
      'Error R14 (Memory',
      'oom-kill:',
      'Killed process ',
      'anon-rss:',
      '\u001b[',
      '2026-11-21T10:00:00Z',
    );
    for (let round = 0; round < 300; round++) {
      let text = '';
      for (let count = 0; count < 60; count++)
        text += parts[Math.floor(random() * parts.length)]! + (random() < 0.5 ? ' ' : '');
      check(await analyseText(text));
    }
  });
});

describe('hostile lines', () => {
  it('of a hundred megabytes are passed over, or read at their beginning', () => {
    const analysis = new LogAnalysis();
    const encoder = new TextEncoder();
    const filler = new Uint8Array(1 << 20).fill(0x78);
    analysis.beginFile();
    analysis.push(encoder.encode('nothing '));
    for (let megabyte = 0; megabyte < 100; megabyte++) analysis.push(filler);
    analysis.push(encoder.encode(`\n${RECORD[0]} heap_live_delta=7 T_OBJECT=1 `));
    for (let megabyte = 0; megabyte < 100; megabyte++) analysis.push(filler);
    analysis.push(encoder.encode(`\n${RECORD.join('\n')}\n`));
    const report = analysis.report();
    expect(report.records).toBe(2);
    expect(jobOf(report, 'SyncJob').liveDelta!.sum).toBe(2);
    expect(report.problems.filter(({ code }) => code === 'long-lines')).toHaveLength(1);
    expect(report.bytes).toBeGreaterThan(200 * 2 ** 20);
  });

  it('longer than what is read of one are known in one chunk too', async () => {
    const report = await analyseText(...RECORD, `[MemoryProfiling] ${'x'.repeat(2 * MAX_LINE_BYTES)}`, ...RECORD);
    expect(report.records).toBe(2);
    expect(report.problems.filter(({ code }) => code === 'long-lines')).toHaveLength(1);
  });

  it('with invalid UTF-8 keep what can be read', async () => {
    const bytes = new TextEncoder().encode(RECORD.join('\n').replace('SyncJob', 'Sync?Job'));
    bytes[bytes.indexOf(0x3f)] = 0xff;
    const report = await analyseLog([bytes]);
    expect(report.jobs).toMatchObject([{ name: 'Sync\ufffdJob', count: 1 }]);
  });

  it('may go back in time: said, and read in their order', async () => {
    const report = await analyseText(
      `2026-11-21T10:00:00Z ${RECORD.join(' ')}`,
      `2026-11-21T09:00:00Z ${RECORD.join(' ')}`,
      `2026-11-21T09:00:01Z ${RECORD.join(' ')}`,
    );
    expect(report.records).toBe(3);
    expect(report.problems.filter(({ code }) => code === 'clock-jumps')).toHaveLength(1);
  });
});

describe('a log without what is looked for', () => {
  it('is called empty when it is', async () => {
    const report = await analyseLog([]);
    expect(report.problems).toEqual([{ code: 'nothing-found', message: 'The log is empty.' }]);
  });

  it('says what is missing', async () => {
    const report = await analyseText('GET / 200', 'GET /jid=3 200');
    expect(report).toMatchObject({ jobs: [], processes: [], poison: [], records: 0 });
    expect(report.problems).toMatchObject([
      { code: 'nothing-found', message: expect.stringMatching(/\[MemoryProfiling\]/) },
    ]);
  });
});

/** What holds for every report. */
function check(report: JobReport): void {
  expect(report.records).toBe(report.jobs.reduce((sum, { count }) => sum + count, 0));
  for (const { name, evidence, verdict, objects } of report.jobs) {
    expect(name).not.toBe('');
    expect(evidence).not.toMatch(/NaN|undefined|Infinity/);
    expect(['leak', 'bloat', 'steady', 'unknown']).toContain(verdict);
    if (objects !== null) expect(objects.max).toBeGreaterThanOrEqual(objects.p50);
  }
  for (const { evidence, rss, slopePerJob } of report.processes) {
    expect(evidence).not.toMatch(/NaN|undefined|Infinity/);
    expect(slopePerJob).not.toBeNaN();
    for (const start of rss?.restarts ?? []) expect(start).toBeLessThan(rss!.last.length);
  }
}
