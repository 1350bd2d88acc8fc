import { afterEach, expect, test } from 'vitest';
import { DiagnosticSeverity } from 'vscode-languageserver-protocol';
import { profileFromText } from '../support/profileFromText';
import { eventually, type TestServer } from '../support/serverHarness';
import { changeSettings, path, startSyncJob } from '../support/syncJobServer';

let server: TestServer;
afterEach(() => server.stop());

test('hot lines and findings of an open document', async () => {
  server = await startSyncJob();
  const [first, second] = server.diagnostics(path);
  expect(first).toEqual({
    range: { start: { line: 8, character: 4 }, end: { line: 8, character: 20 } },
    severity: DiagnosticSeverity.Information,
    source: 'allocation-hotspots',
    code: 'hot-line',
    message: 'Hot line: ≈32.5 k objects, 65.0 % of all objects allocated while recording; mostly beneath Class#new.',
  });
  expect(second).toMatchObject({
    range: { start: { line: 2 } },
    code: 'relation-each',
    severity: DiagnosticSeverity.Information,
    codeDescription: { href: 'file:///docs/findings/relation-each.md' },
  });
  expect(second?.message).toContain('lower peak: a new profile will not show it');
  expect(second?.message).toContain('95.0 % of all allocated objects (≈47.5 k objects)');
  expect(second?.tags).toBeUndefined();
  expect(server.diagnostics(path)).toHaveLength(2);
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
  expect(server.diagnostics(path)).toHaveLength(2);
  await changeSettings(server, { hotLineThreshold: 70 });
  await eventually(() => server.diagnostics(path).length === 1);
  await changeSettings(server, { diagnostics: false });
  await eventually(() => server.diagnostics(path).length === 0);
  await changeSettings(server, {});
  await eventually(() => server.diagnostics(path).length === 2);
  await server.closeDocument(path);
  await eventually(() => server.diagnostics(path).length === 0);
});

test('leave out what a comment or the settings ignore, and come back', async () => {
  const codes = () => server.diagnostics(path).map(({ code }) => code);
  const hasCodes = (...wanted: string[]) => eventually(() => codes().join() === wanted.join());
  server = await startSyncJob();
  await server.edit(path, 'each do |user|', 'each do |user| # allocation-hotspots:disable relation-each, hot-line');
  await hasCodes('hot-line');
  await server.edit(path, 'class', '# allocation-hotspots:disable hot-line\nclass');
  await hasCodes();
  await server.edit(path, '# allocation-hotspots:disable hot-line\n', '');
  await server.edit(path, ' # allocation-hotspots:disable relation-each, hot-line', '');
  await hasCodes('hot-line', 'relation-each');
  await changeSettings(server, { ignoredPatterns: ['relation-each'] });
  await hasCodes('hot-line', 'hot-line');
  await changeSettings(server, { ignoredPatterns: ['hot-line'] });
  await hasCodes('relation-each');
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
