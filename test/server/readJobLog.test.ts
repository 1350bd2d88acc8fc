import { afterEach, describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import {
  JobLogProgress,
  type JobLogProgressParams,
  ReadJobLog,
  type ReadJobLogResult,
} from '../../src/protocol/jobLog';
import { recordedLog } from '../support/logs';
import { startTestServer, type TestServer, uriOf } from '../support/serverHarness';

let server: TestServer;
afterEach(() => server.stop());

const path = '/workspace/app/log/sidekiq.log';
const log = recordedLog('fin_stdout_pretty.sidekiq');

async function* chunked(end?: () => Promise<void>): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < log.length; at += 8192) yield log.subarray(at, at + 8192);
  await end?.();
}

async function read(chunks: () => AsyncIterable<Uint8Array>): Promise<ReadJobLogResult> {
  server = await startTestServer({ logs: { [path]: () => ({ totalBytes: log.length, chunks: chunks() }) } });
  return server.ask<ReadJobLogResult>(ReadJobLog, { uri: uriOf(path) });
}

describe('reading a job log', () => {
  test('answers with its report', async () => {
    const result = await read(chunked);
    if (!result.ok) throw new Error(result.message);
    expect(result.report).toMatchObject({ records: 164, bytes: log.length });
    expect(result.report.jobs.find(({ name }) => name === 'AuditTrailJob')?.verdict).toBe('leak');
  });

  test('tells how far it is', async () => {
    server = await startTestServer({ logs: { [path]: () => ({ totalBytes: log.length, chunks: chunked() }) } });
    const seen: JobLogProgressParams[] = [];
    server.client.onNotification(JobLogProgress, (params: JobLogProgressParams) => void seen.push(params));
    await server.ask(ReadJobLog, { uri: uriOf(path) });
    expect(seen[0]).toEqual({ uri: uriOf(path), bytes: 8192, totalBytes: log.length });
  });

  test('reports what broke off as far as it goes', async () => {
    const result = await read(() =>
      chunked(() => Promise.reject(Object.assign(new Error('x'), { code: 'Z_DATA_ERROR' }))),
    );
    if (!result.ok) throw new Error(result.message);
    expect(result.report.records).toBe(164);
    expect(result.report.problems[0]).toEqual({
      code: 'unreadable',
      message: 'The log was not read to its end: The gzip data is damaged.',
    });
  });

  test('says that there is no such file', async () => {
    server = await startTestServer();
    expect(await server.ask(ReadJobLog, { uri: uriOf('/nowhere.log') })).toEqual({
      ok: false,
      reason: 'unreadable',
      message: 'There is no such file.',
    });
  });

  test('ends when it is cancelled, however long the log is', async () => {
    const line = new TextEncoder().encode('GET / 200\n'.repeat(1000));
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield line;
    }
    server = await startTestServer({ logs: { [path]: () => ({ totalBytes: null, chunks: endless() }) } });
    const source = new CancellationTokenSource();
    const answer = server.client.sendRequest<ReadJobLogResult>(ReadJobLog, { uri: uriOf(path) }, source.token);
    server.client.onNotification(JobLogProgress, () => source.cancel());
    expect(await answer).toEqual({ ok: false, reason: 'cancelled', message: 'Reading was cancelled.' });
  });

  test('refuses what is no address', async () => {
    server = await startTestServer();
    await expect(server.ask(ReadJobLog, { uri: 7 })).rejects.toThrow(/"uri"/);
  });
});
