import { afterEach, expect, test } from 'vitest';
import { DiagnosticSeverity } from 'vscode-languageserver-protocol';
import { profileFromText } from '../support/profileFromText';
import { eventually, type TestServer } from '../support/serverHarness';
import { changeSettings, path, startSyncJob } from '../support/syncJobServer';

let server: TestServer;
afterEach(() => server.stop());

test('hot lines and findings of an open document', async () => {
  server = await startSyncJob();
  const [first, second, third] = server.diagnostics(path);
  expect(first).toEqual({
    range: { start: { line: 2, character: 4 }, end: { line: 2, character: 43 } },
    severity: DiagnosticSeverity.Information,
    source: 'allocation-hotspots',
    code: 'hot-line',
    message:
      'Hot line: ≈15.0 k objects, 30.0 % of all objects allocated while recording; mostly beneath ActiveRecord::Delegation#each.',
  });
  expect(second).toMatchObject({ code: 'hot-line', range: { start: { line: 8 } } });
  expect(third).toMatchObject({
    code: 'relation-each',
    severity: DiagnosticSeverity.Information,
    codeDescription: { href: 'file:///docs/findings/relation-each.md' },
  });
  expect(third?.message).toContain('95.0 % of all allocated objects (≈47.5 k objects)');
  expect(server.diagnostics(path)).toHaveLength(3);
});

test('follow edits: a changed line has none', async () => {
  server = await startSyncJob();
  await server.edit(path, 'Record.new(user)', 'Record.new(user.id)');
  await eventually(() => !server.diagnostics(path).some(({ range }) => range.start.line === 8));
  await server.edit(path, 'Record.new(user.id)', 'Record.new(user)');
  await eventually(() => server.diagnostics(path).some(({ range }) => range.start.line === 8));
});

test('are gone when the fix is made', async () => {
  server = await startSyncJob();
  await server.edit(path, '.each do', '.find_each do');
  await eventually(() => !server.diagnostics(path).some(({ code }) => code === 'relation-each'));
});

test('go with the active profile, the document, the setting and the threshold', async () => {
  server = await startSyncJob();
  expect(server.diagnostics(path)).not.toEqual([]);
  await server.activate(null);
  expect(server.diagnostics(path)).toEqual([]);
  await server.activate('/dumps/a.json');
  expect(server.diagnostics(path)).toHaveLength(3);
  await changeSettings(server, { hotLineThreshold: 60 });
  await eventually(() => server.diagnostics(path).length === 2);
  await changeSettings(server, { diagnostics: false });
  await eventually(() => server.diagnostics(path).length === 0);
  await changeSettings(server, {});
  await eventually(() => server.diagnostics(path).length === 3);
  await server.closeDocument(path);
  await eventually(() => server.diagnostics(path).length === 0);
});

test('of a profile of time say so, and have no findings', async () => {
  const text = 'SyncJob#sync@/srv/app/jobs/sync_job.rb#8:9 10';
  server = await startSyncJob({
    profiles: { '/dumps/a.json': profileFromText(text, { mode: 'cpu', interval: 1000 }) },
  });
  expect(server.diagnostics(path).map(({ message }) => message)).toEqual([
    'Hot line: ≈10.0 ms, 100.0 % of all CPU time sampled.',
  ]);
});
