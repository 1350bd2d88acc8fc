import { afterEach, expect, test } from 'vitest';
import type { CodeAction, TextDocumentEdit, TextEdit } from 'vscode-languageserver-protocol';
import { applyEdits } from '../../src/ruby/textRange';
import { ledgerApp, ledgerAppAfter, ledgerStacks } from '../support/ledgerApp';
import { profileFromText } from '../support/profileFromText';
import { eventually, startTestServer, type TestServer, uriOf } from '../support/serverHarness';

const root = '/workspace/app';
const calculator = `${root}/app/models/balance/calculator.rb`;
const writer = `${root}/app/models/balance/writer.rb`;
const files: Record<string, string> = Object.fromEntries(
  Object.entries(ledgerApp).map(([path, text]) => [`${root}/${path}`, text]),
);
/** 0-based line of `Balance.new`. */
const line = 10;

let server: TestServer;
afterEach(() => server.stop());

async function startLedger(): Promise<void> {
  const profile = profileFromText(ledgerStacks('/srv/app'), { interval: 10, missedSamples: 9_000 });
  server = await startTestServer({ files, profiles: { '/dumps/a.json': profile } });
  await server.open('/dumps/a.json');
  await server.openDocument(calculator, files[calculator]!);
  await server.activate('/dumps/a.json');
}

const ofPattern = () => server.diagnostics(calculator).find(({ code }) => code === 'model-new-per-row');
const says = (what: string) => String(ofPattern()?.message).includes(what);
const actions = async (kind?: string): Promise<CodeAction[]> =>
  server.ask<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: uriOf(calculator) },
    range: { start: { line, character: 6 }, end: { line, character: 6 } },
    context: { diagnostics: [], ...(kind === undefined ? {} : { only: [kind] }) },
  });
const resolved = (action: CodeAction): Promise<CodeAction> => server.ask<CodeAction>('codeAction/resolve', action);
const struct = async (): Promise<CodeAction> =>
  (await actions()).find(({ title }) => title.startsWith('Replace Balance by a Struct'))!;
const changesOf = ({ edit }: CodeAction): TextDocumentEdit[] =>
  (edit?.documentChanges ?? []).filter((change): change is TextDocumentEdit => 'textDocument' in change);

test('the diagnostic names the places of the flow in other files', async () => {
  await startLedger();
  const diagnostic = await eventually(ofPattern);
  expect(diagnostic.range.start.line).toBe(line);
  expect(diagnostic.message).toContain('The records were followed through 2 files');
  expect(diagnostic.relatedInformation?.map(({ location, message }) => [location.uri, message])).toEqual([
    [uriOf(writer), 'The attributes of these records are taken here.'],
    [uriOf(writer), 'date of such a record is read here.'],
    [uriOf(writer), 'amount of such a record is read here.'],
  ]);
});

test('the fix is one edit for each file, to be looked at first; a closed file has no version', async () => {
  await startLedger();
  const action = await struct();
  expect(action).toMatchObject({
    title: 'Replace Balance by a Struct in 2 files, write in slices of 1,000 (review)',
    isPreferred: false,
  });
  const made = await resolved(action);
  const changes = changesOf(made);
  expect(changes.map(({ textDocument, edits }) => [textDocument, edits.length])).toEqual([
    [{ uri: uriOf(calculator), version: 1 }, 1],
    [{ uri: uriOf(writer), version: null }, 1],
  ]);
  const annotations = Object.entries(made.edit?.changeAnnotations ?? {});
  expect(annotations).toEqual([['model-new-per-row', expect.objectContaining({ needsConfirmation: true })]]);
  for (const { textDocument, edits } of changes) {
    const path = textDocument.uri.slice('file://'.length);
    expect(edits.every((edit) => 'annotationId' in edit && edit.annotationId === 'model-new-per-row')).toBe(true);
    expect(applyEdits(files[path]!, edits as TextEdit[])).toBe(ledgerAppAfter[path.slice(root.length + 1)]);
  }
});

test('an open file counts as it is in the editor', async () => {
  await startLedger();
  await server.openDocument(writer, files[writer]!);
  await server.edit(writer, 'class', '# top\nclass');
  const changes = changesOf(await resolved(await struct()));
  expect(changes[1]!.textDocument).toEqual({ uri: uriOf(writer), version: 2 });
  expect(applyEdits(server.textOf(writer), changes[1]!.edits as TextEdit[])).toContain('# top\nclass Balance::Writer');

  await server.edit(writer, '    nil\n', '    @balances.each(&:save!)\n');
  expect(await struct()).toBeUndefined();
  await server.edit(calculator, 'class', '# again\nclass');
  const diagnostic = await eventually(() => (says('save!') ? ofPattern() : null));
  expect(diagnostic.message).toContain(
    'No rewrite over several files is offered, because of balance/writer.rb:22: save!',
  );
});

test('a file that changes on disk is read again', async () => {
  await startLedger();
  await eventually(ofPattern);
  const path = `${root}/app/models/balance.rb`;
  const before = files[path]!;
  try {
    files[path] = before.replace('  validates', '  after_initialize { self.note = "x" }\n  validates');
    const changes = [{ uri: uriOf(path), type: 2 }];
    await server.client.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await eventually(() => says('after_initialize changes every record'));
    expect(await struct()).toBeUndefined();
  } finally {
    files[path] = before;
  }
});

test('it is never among the fixes that are made at once', async () => {
  await startLedger();
  expect(await actions('source.fixAll.allocationHotspots')).toEqual([]);
});
