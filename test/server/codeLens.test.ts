import { afterEach, expect, test } from 'vitest';
import type { CodeLens } from 'vscode-languageserver-protocol';
import { commands } from '../../src/protocol/ids';
import { type TestServer, uriOf } from '../support/serverHarness';
import { changeSettings, path, startSyncJob, uri } from '../support/syncJobServer';

let server: TestServer;
afterEach(() => server.stop());

const lenses = (): Promise<CodeLens[]> => server.ask<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });

test('above each method: through and own, with a link to the flame graph', async () => {
  server = await startSyncJob();
  expect((await lenses()).map(({ range, command }) => [range.start.line, command?.title])).toEqual([
    [1, '≈47.5 k objects · 95.0 % through · 30.0 % own'],
    [1, 'relation-each: lower peak: a new profile will not show it'],
    [7, '≈32.5 k objects · 65.0 % through · 65.0 % own'],
  ]);
  expect((await lenses())[1]?.command).toMatchObject({
    command: commands.explainFinding,
    arguments: ['relation-each'],
  });
  expect((await lenses())[2]?.command).toMatchObject({
    command: commands.revealInFlameGraph,
    arguments: [{ profile: uriOf('/dumps/a.json'), file: '/srv/app/jobs/sync_job.rb', line: 9 }],
  });
});

test('moves with edits', async () => {
  server = await startSyncJob();
  await server.edit(path, 'class', '# top\nclass');
  expect((await lenses()).map(({ range }) => range.start.line)).toEqual([2, 2, 8]);
});

test('is left out below the threshold, and when switched off', async () => {
  server = await startSyncJob({ settings: { hotLineThreshold: 70 } });
  expect(await lenses()).toHaveLength(2);
  await changeSettings(server, { codeLens: false });
  expect(await lenses()).toEqual([]);
});
