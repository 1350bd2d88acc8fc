import { afterEach, expect, test } from 'vitest';
import { Runnables, type RunnablesResult } from '../../src/protocol/captureRequests';
import { startTestServer, type TestServer, uriOf } from '../support/serverHarness';

let server: TestServer;
afterEach(() => server.stop());

const path = '/workspace/app/test/sync_test.rb';
const text = 'class SyncTest\n  def test_a; end\nend\n';
const ask = (at: string): Promise<RunnablesResult> => server.ask(Runnables, { uri: uriOf(at) });

test('tests are those of the text in the editor, else of the file', async () => {
  server = await startTestServer({ files: { [path]: text } });
  const names = async (): Promise<string[]> =>
    (await ask(path)).tests.flatMap(({ children }) => children).map(({ name }) => name);
  expect(await names()).toEqual(['test_a']);
  await server.openDocument(path, text.replace('test_a', 'test_b'));
  expect(await names()).toEqual(['test_b']);
  await server.edit(path, 'end\n', 'end end\n');
  expect(await ask(path)).toEqual({ tests: [], jobs: [] });
});

test('a job says how it is run, and what cannot be read has nothing', async () => {
  const job = '/workspace/app/app/jobs/sync_job.rb';
  server = await startTestServer({ files: { [job]: 'class SyncJob < ApplicationJob\n  def perform(id) = id\nend\n' } });
  expect(await ask(job)).toEqual({ tests: [], jobs: [{ call: 'SyncJob.perform_now(id)', firstLine: 0, lastLine: 2 }] });
  expect(await ask('/workspace/app/gone.rb')).toEqual({ tests: [], jobs: [] });
});
