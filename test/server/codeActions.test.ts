import { afterEach, expect, test } from 'vitest';
import type { CodeAction, TextEdit } from 'vscode-languageserver-protocol';
import { commands } from '../../src/protocol/ids';
import { applyEdits } from '../../src/ruby/textRange';
import type { TestServer } from '../support/serverHarness';
import { path, ruby, startSyncJob, uri } from '../support/syncJobServer';

let server: TestServer;
afterEach(() => server.stop());

const actionsAt = (line: number, only?: string[]): Promise<CodeAction[]> =>
  server.ask<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: { line, character: 0 }, end: { line, character: 0 } },
    context: { diagnostics: server.diagnostics(path), ...(only === undefined ? {} : { only }) },
  });
const resolved = (action: CodeAction): Promise<CodeAction> => server.ask<CodeAction>('codeAction/resolve', action);

const fixesAt = async (line: number, only?: string[]): Promise<CodeAction[]> =>
  (await actionsAt(line, only)).filter(({ isPreferred }) => isPreferred !== undefined);

test('a fix is offered on its line without an edit, and made when it is chosen', async () => {
  server = await startSyncJob();
  const actions = await fixesAt(2);
  expect(actions.map(({ title, kind, edit }) => [title, kind, edit])).toEqual([
    ['Use find_each (review)', 'quickfix', undefined],
    ['Use in_batches(of: 200).each_record (review)', 'quickfix', undefined],
  ]);
  expect(actions[0]).toMatchObject({ isPreferred: false, diagnostics: [{ code: 'relation-each' }] });
  const { edit } = await resolved(actions[0]!);
  const [change] = edit?.documentChanges ?? [];
  expect(change).toMatchObject({ textDocument: { uri, version: 1 } });
  const edits = (change as { edits: TextEdit[] }).edits;
  expect(applyEdits(ruby, edits)).toBe(ruby.replace('.each do', '.find_each do'));
});

test('a fix to review asks for a preview, because somebody should look at it', async () => {
  server = await startSyncJob();
  const { edit } = await resolved((await actionsAt(2))[0]!);
  expect(Object.values(edit?.changeAnnotations ?? {})).toEqual([
    expect.objectContaining({ label: 'Use find_each', needsConfirmation: true }),
  ]);
});

test('a fix is made for the text as it is', async () => {
  server = await startSyncJob();
  await server.edit(path, 'class', '# top\nclass');
  const { edit } = await resolved((await actionsAt(3))[0]!);
  const [change] = edit?.documentChanges ?? [];
  const text = server.textOf(path);
  expect(change).toMatchObject({ textDocument: { version: 2 } });
  expect(applyEdits(text, (change as { edits: TextEdit[] }).edits)).toContain('.find_each do |user|');
});

test('a fix is withdrawn when the text or the profile changed since it was offered', async () => {
  server = await startSyncJob();
  const [action] = await actionsAt(2);
  await server.edit(path, 'class', '# top\nclass');
  await expect(resolved(action!)).rejects.toThrow('ask for it again');
  const [again] = await actionsAt(3);
  await server.activate(null);
  await expect(resolved(again!)).rejects.toThrow('ask for it again');
  await expect(resolved({ title: 'x', data: { uri: 5 } })).rejects.toThrow('ask for it again');
});

test('fixes are not offered elsewhere, nor to those who want something else', async () => {
  server = await startSyncJob();
  expect(await actionsAt(8)).toEqual([]);
  expect(await actionsAt(2, ['refactor'])).toEqual([]);
  expect(await actionsAt(2, ['quickfix'])).toHaveLength(5);
  await server.edit(path, '.each do', '.find_each do');
  expect(await actionsAt(2)).toEqual([]);
});

test('a finding is explained and ignored by its name', async () => {
  server = await startSyncJob();
  const others = (await actionsAt(2)).filter(({ isPreferred }) => isPreferred === undefined);
  expect(others.map(({ title, command }) => [title, command?.command, command?.arguments])).toEqual([
    ['Explain relation-each', commands.explainFinding, ['relation-each']],
    ['Ignore relation-each here', undefined, undefined],
    ['Ignore relation-each in this workspace', commands.ignorePattern, ['relation-each']],
  ]);
  expect(await resolved(others[0]!)).toEqual(others[0]);
});

test('ignoring it here writes a comment, and it is gone', async () => {
  server = await startSyncJob();
  const here = (await actionsAt(2)).find(({ title }) => title === 'Ignore relation-each here');
  const [change] = here?.edit?.documentChanges ?? [];
  const after = applyEdits(ruby, (change as { edits: TextEdit[] }).edits);
  expect(after).toContain('each do |user| # allocation-hotspots:disable relation-each\n');
  await server.edit(path, ruby, after);
  expect(await actionsAt(2)).toEqual([]);
});
