import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliRun } from '../support/cliRun';
import { logFile, recordedLog } from '../support/logs';

const RSS = logFile('fin_mixed_c3_rss.mem');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotspots-jobs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('jobs --format json', () => {
  it('is the documented object', async () => {
    const { exitCode, output, errors } = await cliRun(['jobs', RSS, '--format', 'json'], folder);
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
    const report = JSON.parse(output);
    expect(Object.keys(report)).toEqual(['schema', 'jobs', 'processes', 'poison', 'problems', 'log']);
    expect(report.schema).toBe(1);
    const audit = report.jobs.find((job: { class: string }) => job.class === 'AuditTrailJob');
    expect(audit).toMatchObject({
      class: 'AuditTrailJob',
      queue: 'default',
      count: 80,
      objects: { p50: 24_459, p95: 221_083, max: 338_499 },
      liveDelta: { p50: 2431, sum: -1_213_751 },
      rssDelta: { sum: -14_660 * 1024, max: 2312 * 1024 },
      verdict: 'leak',
      flags: ['concurrent'],
    });
    expect(report.processes).toMatchObject([{ pid: null, jobs: 437, verdict: 'bloat', slopeUnit: 'bytes' }]);
    expect(report.processes[0].slopePerJob).toBeGreaterThan(0);
    expect(report.poison).toEqual([]);
    expect(report.problems.map((problem: { code: string }) => problem.code)).toEqual(['concurrent']);
    expect(report.log).toEqual({
      bytes: recordedLog('fin_mixed_c3_rss.mem').length,
      records: 437,
    });
  });

  it('has null where the log has no resident memory', async () => {
    const { output } = await cliRun(['jobs', logFile('fin_mixed_c3.mem'), '--format', 'json'], folder);
    expect(JSON.parse(output).jobs[0].rssDelta).toBeNull();
  });
});

describe('jobs', () => {
  it('says what grows, why, and what to do', async () => {
    const { exitCode, output } = await cliRun(['jobs', RSS], folder);
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^91\.2 kB of log · 437 memory records · 8 job classes · 1 process\n/);
    expect(output).toMatch(/ {2}AuditTrailJob +leak +80 +24\.5 k/);
    expect(output).toMatch(/AuditTrailJob: leak\. Keeps ≈775 T_HASH objects per run/);
    expect(output).toMatch(/leak \(AuditTrailJob\)\n {4}- Look for what outlives a job/);
    expect(output).toMatch(/find_each/);
    for (const line of output.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('explains poison pills', async () => {
    const log = join(folder, 'poison.log');
    const lines = [1, 2, 3].flatMap((pid) => [
      `pid=${pid} tid=a INFO: Booting Sidekiq 7.3.9`,
      `pid=${pid} tid=b class=BigJob jid=0123456789abcdef01234567 INFO: start`,
    ]);
    writeFileSync(log, lines.join('\n'));
    const { output } = await cliRun(['jobs', log], folder);
    expect(output).toMatch(/BigJob jid=0123456789abcdef01234567: 2 starts ended with their process/);
    expect(output).toMatch(/super_fetch/);
  });

  it('reads several logs as one, packed or not', async () => {
    const log = recordedLog('fin_stdout_pretty.sidekiq');
    const half = log.indexOf(10, log.length >> 1) + 1;
    writeFileSync(join(folder, 'a.log'), log.subarray(0, half));
    writeFileSync(join(folder, 'b.log.gz'), gzipSync(log.subarray(half)));
    const { output } = await cliRun(['jobs', 'a.log', 'b.log.gz', '--format', 'json'], folder);
    const whole = await cliRun(['jobs', logFile('fin_stdout_pretty.sidekiq'), '--format', 'json'], folder);
    expect(JSON.parse(output)).toEqual(JSON.parse(whole.output));
  });

  it('keeps control characters of a log from the terminal', async () => {
    const log = join(folder, 'control.log');
    writeFileSync(log, '[MemoryProfiling] job=Evil\u0007\u009bJob queue=x heap_live_delta=1 T_HASH=1');
    const { output } = await cliRun(['jobs', log], folder);
    expect(output).toMatch(/Evil\\u0007/);
    expect(output).not.toMatch(/[\u0007\u009b]/);
  });

  it('reports what can be read of a damaged archive, and says so', async () => {
    const log = recordedLog('fin_mixed_c3_rss.mem');
    const packed = gzipSync(Buffer.concat([log, log, log, log]));
    packed.fill(0xff, packed.length - 3000, packed.length - 2000);
    writeFileSync(join(folder, 'damaged.log.gz'), packed);
    const { exitCode, output } = await cliRun(['jobs', 'damaged.log.gz', RSS, '--format', 'json'], folder);
    expect(exitCode).toBe(3);
    const { problems, log: read } = JSON.parse(output);
    expect(problems[0]).toEqual({
      code: 'unreadable',
      message: 'damaged.log.gz was not read to its end: The gzip data is damaged.',
    });
    expect(read.records).toBeGreaterThan(3 * 437);
  });

  it('reads on when a log is missing, and answers with 3', async () => {
    const { exitCode, output, errors } = await cliRun(['jobs', 'nowhere.log', RSS], folder);
    expect(exitCode).toBe(3);
    expect(errors).toBe('allocation-hotspots: nowhere.log: There is no such file.\n');
    expect(output).toMatch(/437 memory records/);
    expect(await cliRun(['jobs', 'nowhere.log'], folder)).toMatchObject({ exitCode: 3, output: '' });
    expect(await cliRun(['jobs', folder], folder)).toMatchObject({
      exitCode: 3,
      errors: expect.stringMatching(/This is a folder/),
    });
  });

  it('says when there is nothing in a log', async () => {
    writeFileSync(join(folder, 'other.log'), 'GET / 200\n');
    const { exitCode, output } = await cliRun(['jobs', 'other.log'], folder);
    expect(exitCode).toBe(0);
    expect(output).toMatch(/! Nothing in its 10 B is about jobs or memory/);
  });

  it('needs a log and knows its formats', async () => {
    expect(await cliRun(['jobs'], folder)).toMatchObject({
      exitCode: 2,
      errors: expect.stringMatching(/jobs needs a LOG/),
    });
    expect(await cliRun(['jobs', RSS, '--format', 'sarif'], folder)).toMatchObject({ exitCode: 2 });
    expect(await cliRun(['jobs', RSS, '--lens', 'mine'], folder)).toMatchObject({ exitCode: 2 });
  });
});
