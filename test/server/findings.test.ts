import { afterEach, expect, test } from 'vitest';
import { Findings, type FindingsResult } from '../../src/protocol/requests';
import type { TestServer } from '../support/serverHarness';
import { changeSettings, path, startSyncJob, uri } from '../support/syncJobServer';

let server: TestServer;
afterEach(() => server.stop());

const list = async () => (await server.ask<FindingsResult>(Findings, {})).findings;

test('the findings of the active profile, also in files that are not open', async () => {
  server = await startSyncJob();
  await server.closeDocument(path);
  expect(await list()).toEqual([
    expect.objectContaining({
      id: 'relation-each',
      safety: 'review',
      description: '95.0 % · lower peak: a new profile will not show it',
      uri,
      place: 'app/jobs/sync_job.rb',
      line: 2,
    }),
  ]);
});

test('follow edits, and what is ignored', async () => {
  server = await startSyncJob();
  await server.edit(path, 'class', '# top\nclass');
  expect((await list()).map(({ line }) => line)).toEqual([3]);
  await changeSettings(server, { ignoredPatterns: ['relation-each'] });
  expect(await list()).toEqual([]);
});

test('none without an active profile', async () => {
  server = await startSyncJob();
  await server.activate(null);
  expect(await list()).toEqual([]);
});
