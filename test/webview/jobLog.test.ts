import { describe, expect, test } from 'vitest';
import type { JobProcess } from '../../src/jobs/jobReport';
import { niceStep } from '../../webview/jobTimeline';
import { limitWords, processName, signed, slopeWords, times } from '../../webview/jobWords';
import { keptJobState } from '../../webview/keptJobState';

const process: JobProcess = {
  pid: 7,
  source: null,
  jobs: 10,
  restarts: 0,
  limits: { r14: 0, r15: 0, oomKills: 0 },
  verdict: 'steady',
  slopePerJob: null,
  slopeUnit: 'bytes',
  evidence: '',
  nextSteps: [],
  flags: [],
  rss: null,
  live: null,
  liveIsSum: true,
};

describe('what a reload keeps', () => {
  test('comes back', () => {
    const kept = { job: 'SyncJob', process: 3, series: 'live', follow: false } as const;
    expect(keptJobState(kept)).toEqual(kept);
  });
  test.each([undefined, null, 7, { job: 3, process: -1, series: 'x', follow: 'no' }, { process: 1.5 }])(
    '%j is the beginning',
    (kept) => {
      expect(keptJobState(kept)).toEqual({ job: null, process: 0, series: 'rss', follow: true });
    },
  );
});

describe('words', () => {
  test('name a process by what the log says of it', () => {
    expect(processName(process)).toBe('Process 7');
    expect(processName({ ...process, source: 'worker.1' })).toBe('worker.1, process 7');
    expect(processName({ ...process, pid: null, source: 'worker.1' })).toBe('worker.1');
    expect(processName({ ...process, pid: null })).toBe('The process');
  });
  test('have units', () => {
    expect(slopeWords(process, 'en')).toBe('');
    expect(slopeWords({ ...process, slopePerJob: 163_840 }, 'en')).toBe('+164 kB per job');
    expect(slopeWords({ ...process, slopePerJob: -12, slopeUnit: 'slots' }, 'en')).toBe('-12 slots per job');
    expect(signed(0, String)).toBe('0');
    expect(times(1, 'en')).toBe('once');
    expect(limitWords({ ...process, limits: { r14: 2, r15: 0, oomKills: 1 } }, 'en')).toEqual([
      'over its quota (R14) 2 times',
      'killed for its memory once',
    ]);
  });
});

test('steps of the axis are round', () => {
  expect([0, 1, 1.2, 3, 7, 40, 61e6].map(niceStep)).toEqual([1, 1, 2, 5, 10, 50, 100e6]);
  expect(niceStep(Number.NaN)).toBe(1);
});
