import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyseLog } from '../../src/jobs/analyseLog';
import { jobOf } from '../support/logs';

const folder = fileURLToPath(new URL('../fixtures/kit-log/', import.meta.url));
const logs = readdirSync(folder).map((name) => name.replace(/\.log$/, ''));

/** What the capture kit wrote in real workers of Sidekiq 6, 7 and 8; test/kit/ checks that it still writes the same. */
describe.each(logs)('the log of the capture kit, %s', (name) => {
  const report = analyseLog([readFileSync(`${folder}${name}.log`)]);

  it('has every record, with the jobs that Sidekiq started', async () => {
    expect((await report).records).toBe(6);
    expect(jobOf(await report, 'SyncJob')).toMatchObject({
      queue: 'default',
      count: 2,
      started: 2,
      done: 2,
      failed: 0,
    });
    expect(jobOf(await report, 'FailingJob')).toMatchObject({ count: 1, started: 1, done: 0, failed: 1 });
    expect((await report).processes).toMatchObject([{ jobs: 6, restarts: 0 }]);
    expect((await report).processes[0]!.pid).toBeGreaterThan(0);
  });

  it('has what each job allocated, and resident memory', async () => {
    const sync = jobOf(await report, 'SyncJob');
    expect(sync.objects!.p50).toBeGreaterThanOrEqual(6_000);
    expect(sync.objects!.p50).toBeLessThan(6_100);
    expect(sync.rssDelta).not.toBeNull();
    expect(sync.types.map(({ type }) => type)).toEqual(['T_OBJECT', 'T_STRING', 'T_ARRAY', 'T_HASH', 'T_DATA']);
    expect(jobOf(await report, 'EmptyJob').objects!.p95).toBeLessThan(20);
  });

  it('says how far its figures can be trusted', async () => {
    const codes = (await report).problems.map(({ code }) => code);
    expect(codes.includes('concurrent')).toBe(name.includes('3-threads'));
    expect(codes.includes('no-gc')).toBe(!name.includes('gc-start'));
  });
});
