import { describe, expect, it } from 'vitest';
import { analyseLog } from '../../src/jobs/analyseLog';
import type { JobReport } from '../../src/jobs/jobReport';
import { jobOf, recordedLog } from '../support/logs';

const analyse = (name: string): Promise<JobReport> => analyseLog([recordedLog(name)]);

describe('logs recorded from a Sidekiq of three threads', () => {
  it('names the job that leaks, whose live deltas sum to minus 1.2 million, and the jobs that bloat', async () => {
    const report = await analyse('fin_mixed_c3_rss.mem');
    expect(report.records).toBe(437);
    const audit = jobOf(report, 'AuditTrailJob');
    expect(audit).toMatchObject({ verdict: 'leak', count: 80, queue: 'default', flags: ['concurrent'] });
    expect(audit.liveDelta).toMatchObject({ sum: -1_213_751 });
    // 800 hashes are kept by each run.
    expect(Number(/≈(\d+) T_HASH/.exec(audit.evidence)?.[1])).toBeGreaterThan(700);
    expect(Number(/≈(\d+) T_HASH/.exec(audit.evidence)?.[1])).toBeLessThan(900);
    expect(report.jobs.filter(({ verdict }) => verdict === 'leak')).toHaveLength(1);
    expect(jobOf(report, 'CatalogRebuildJob')).toMatchObject({
      verdict: 'bloat',
      flags: ['over-1m-objects', 'concurrent'],
    });
    expect(jobOf(report, 'SyncJob').verdict).toBe('bloat');
    expect(jobOf(report, 'PriceTickJob')).toMatchObject({ verdict: 'steady', nextSteps: [] });
    expect(jobOf(report, 'LedgerScanJob').verdict).toBe('unknown');
  });

  it('has percentiles by nearest rank and sums in bytes', async () => {
    const { objects, rssDelta } = jobOf(await analyse('fin_mixed_c3_rss.mem'), 'CatalogRebuildJob');
    expect(objects).toEqual({ p50: 1_320_727, p95: 6_221_369, max: 7_992_187 });
    expect(rssDelta).toEqual({ sum: 457_868 * 1024, max: 43_808 * 1024 });
  });

  it('sees the process grow in steps, and its resident memory over all jobs', async () => {
    const { processes } = await analyse('fin_mixed_c3_rss.mem');
    expect(processes).toHaveLength(1);
    expect(processes[0]).toMatchObject({ pid: null, jobs: 437, restarts: 0, verdict: 'bloat', slopeUnit: 'bytes' });
    expect(processes[0]!.rss!.last).toHaveLength(437);
  });

  it('finds no leak after the fix', async () => {
    const report = await analyse('fin_mixed_c3_rss_after.mem');
    expect(jobOf(report, 'AuditTrailJob').verdict).toBe('steady');
    expect(report.jobs.filter(({ verdict }) => verdict === 'leak')).toEqual([]);
  });

  it('does not judge a process by live deltas that mix jobs, and says so', async () => {
    const report = await analyse('fin_mixed_c3.mem');
    expect(jobOf(report, 'AuditTrailJob').verdict).toBe('leak');
    expect(report.processes[0]).toMatchObject({ verdict: 'unknown', slopePerJob: null, flags: ['concurrent'] });
    expect(report.processes[0]!.evidence).toMatch(/side by side/);
    expect(report.problems.map(({ code }) => code)).toEqual(['concurrent']);
  });

  it("joins records, starts and ends in Sidekiq's own log, and names what Active Job wraps", async () => {
    const report = await analyse('fin_stdout_pretty.sidekiq');
    expect(report.records).toBe(164);
    const sync = jobOf(report, 'SyncJob');
    expect(sync).toMatchObject({ count: 8, started: 8, done: 8, failed: 0, queue: 'high_priority' });
    expect(sync.elapsed!.p50).toBeGreaterThan(1);
    expect(jobOf(report, 'AuditTrailJob')).toMatchObject({ verdict: 'leak', count: 30, started: 30, done: 30 });
    expect(report.jobs.map(({ name }) => name)).not.toContain('Sidekiq::ActiveJob::Wrapper');
    expect(report.processes).toMatchObject([{ pid: 24671, jobs: 164, restarts: 0 }]);
    expect(report.problems.map(({ code }) => code)).toEqual(['concurrent']);
  });
});
