import { afterEach, expect, test } from 'vitest';
import { type CodeAction, DiagnosticSeverity } from 'vscode-languageserver-protocol';
import { eventually, type TestServer, uriOf } from '../support/serverHarness';
import { changeSettings, path, ruby, startSyncJob } from '../support/syncJobServer';

let server: TestServer;
afterEach(() => server.stop());

const dockerfile = '/workspace/app/Dockerfile';
const initializer = '/workspace/app/config/initializers/stackprof.rb';
const image = 'FROM ruby:3.3\nCMD ["bundle", "exec", "sidekiq"]\n';
const files: Record<string, string> = {
  [path]: ruby,
  '/workspace/app/Gemfile': 'gem "sidekiq"\n',
  [dockerfile]: image,
  '/workspace/app/Procfile': 'worker: bundle exec sidekiq\n',
  [initializer]: 'StackProf.start(mode: :object, interval: 1000)\n',
};
const codes = (at: string): unknown[] => server.diagnostics(at).map(({ code }) => code);
const actions = (at: string, line: number): Promise<CodeAction[]> => {
  const range = { start: { line, character: 0 }, end: { line, character: 0 } };
  return server.ask('textDocument/codeAction', {
    textDocument: { uri: uriOf(at) },
    range,
    context: { diagnostics: [] },
  });
};

test('stands in files that are closed, once, with the other places', async () => {
  server = await startSyncJob({ files });
  const [diagnostic, ...more] = server.diagnostics(dockerfile);
  expect(more).toEqual([]);
  expect(diagnostic).toMatchObject({
    code: 'malloc-arena',
    severity: DiagnosticSeverity.Hint,
    range: { start: { line: 1, character: 0 }, end: { line: 1, character: 33 } },
    codeDescription: { href: 'file:///docs/findings/malloc-arena.md' },
    relatedInformation: [{ location: { uri: 'file:///workspace/app/Procfile' } }],
  });
  expect(diagnostic!.message).not.toMatch(/%|go through this line/);
  expect(codes('/workspace/app/Procfile')).toEqual([]);
  expect(codes(initializer)).toEqual(['round-interval']);
});

test('arenas are spoken of while a profile is active, intervals also without', async () => {
  server = await startSyncJob({ files });
  await server.activate(null);
  expect([codes(dockerfile), codes(initializer)]).toEqual([[], ['round-interval']]);
  await server.activate('/dumps/a.json');
  expect(codes(dockerfile)).toEqual(['malloc-arena']);
});

test('follows what is typed, what is closed and what changes on disk', async () => {
  const now = { ...files };
  server = await startSyncJob({ files: now });
  await server.openDocument(dockerfile, image, 'dockerfile');
  await server.edit(dockerfile, 'FROM ruby:3.3\n', 'FROM ruby:3.3\nENV MALLOC_ARENA_MAX=2\n');
  await eventually(() => codes(dockerfile).length === 0);
  await server.closeDocument(dockerfile);
  await eventually(() => codes(dockerfile).length === 1);
  now[dockerfile] = server.diagnostics(dockerfile).length === 1 ? 'FROM ruby:3.3-alpine\n' : '';
  await server.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [] });
  await eventually(() => codes(dockerfile).length === 0);
});

test('offers its edit for review, the page, and what ignores it', async () => {
  server = await startSyncJob({ files });
  await server.openDocument(dockerfile, image, 'dockerfile');
  const found = await actions(dockerfile, 1);
  expect(found.map(({ title }) => title)).toEqual([
    'Set MALLOC_ARENA_MAX=2 in the final stage (review)',
    'Explain malloc-arena',
    'Ignore malloc-arena here',
    'Ignore malloc-arena in this workspace',
  ]);
  const { edit } = await server.ask<CodeAction>('codeAction/resolve', found[0]!);
  expect(edit?.documentChanges).toMatchObject([
    { edits: [{ range: { start: { line: 0, character: 13 } }, newText: '\nENV MALLOC_ARENA_MAX=2' }] },
  ]);
  expect(found[2]!.edit?.documentChanges).toMatchObject([
    {
      edits: [{ range: { start: { line: 1, character: 0 } }, newText: '# allocation-hotspots:disable malloc-arena\n' }],
    },
  ]);
  await server.edit(dockerfile, 'CMD', '# allocation-hotspots:disable malloc-arena\nCMD');
  await eventually(() => codes(dockerfile).length === 0 && codes('/workspace/app/Procfile').length === 1);
});

test('a Ruby document has it once, and offers the next prime', async () => {
  server = await startSyncJob({ files });
  await server.openDocument(initializer, files[initializer]!);
  const [fix] = await actions(initializer, 0);
  expect(fix?.title).toBe('Record every 1009th allocation (review)');
  expect(codes(initializer)).toEqual(['round-interval']);
  await server.edit(initializer, 'StackProf', 'Other');
  await eventually(() => codes(initializer).length === 0);
});

test('goes with the settings, and is silent without Sidekiq and Puma', async () => {
  server = await startSyncJob({ files });
  await changeSettings(server, { ignoredPatterns: ['malloc-arena'] });
  await eventually(() => codes(dockerfile).length === 0);
  await changeSettings(server, { diagnostics: false });
  await eventually(() => codes(initializer).length === 0);
  server.stop();
  server = await startSyncJob({ files: { ...files, '/workspace/app/Gemfile': 'gem "rails"\n' } });
  expect([codes(dockerfile), codes(initializer)]).toEqual([[], []]);
});
