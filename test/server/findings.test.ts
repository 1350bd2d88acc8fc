import { afterEach, expect, test } from 'vitest';
import { Findings, type FindingsResult } from '../../src/protocol/requests';
import { type TestServer, uriOf } from '../support/serverHarness';
import { changeSettings, path, startSyncJob, uri } from '../support/syncJobServer';

let server: TestServer;
afterEach(() => server.stop());

const list = async () => (await server.ask<FindingsResult>(Findings, { uri: uriOf('/dumps/a.json') })).findings;

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
      file: '/srv/app/jobs/sync_job.rb',
      recordedLine: 3,
      hasFix: true,
      saving: 'lower peak: a new profile will not show it',
    }),
  ]);
});

test('follow edits, and what is ignored', async () => {
  server = await startSyncJob();
  await server.edit(path, 'class', '# top\nclass');
  expect((await list()).map(({ line }) => line)).toEqual([3]);
  expect((await list()).map(({ recordedLine }) => recordedLine)).toEqual([3]);
  await changeSettings(server, { ignoredPatterns: ['relation-each'] });
  expect(await list()).toEqual([]);
});

test('of a profile that is not the active one', async () => {
  server = await startSyncJob();
  const before = await list();
  await server.activate(null);
  expect(await list()).toEqual(before);
});

test('none of a profile that is not open: it says so', async () => {
  server = await startSyncJob();
  await expect(server.ask(Findings, { uri: uriOf('/dumps/b.json') })).rejects.toThrow(/not open/);
});
