import { afterEach, expect, test } from 'vitest';
import type { CodeAction, TextEdit } from 'vscode-languageserver-protocol';
import { applyEdits } from '../../src/ruby/textRange';
import { profileFromText } from '../support/profileFromText';
import { startTestServer, type TestServer, uriOf } from '../support/serverHarness';

const path = '/workspace/app/app/report.rb';
const ruby = `class Report
  def run(rows)
    rows.each do |row|
      row.keys.each { |key| use(key) }
      row.values.each { |value| use(value) }
      row.keys.each { |key| row.values.each { |value| use(key, value) } }
    end
  end
end
`;
const under = 'Report#run@/srv/app/app/report.rb#2:3 > Array#each@<cfunc> > Report#run@/srv/app/app/report.rb#2';
const profile = profileFromText(
  `
  ${under}:4 > Hash#keys@<cfunc>  300
  ${under}:5 > Hash#values@<cfunc>  300
  ${under}:6 > Hash#keys@<cfunc>  300
  ${under}:6 > Array#each@<cfunc> > ${under.slice(under.lastIndexOf('Report'))}:6 > Hash#values@<cfunc>  300
  `,
  { interval: 1 },
);

let server: TestServer;
afterEach(() => server.stop());

async function start(): Promise<void> {
  server = await startTestServer({ files: { [path]: ruby }, profiles: { '/dumps/a.json': profile } });
  await server.open('/dumps/a.json');
  await server.openDocument(path, ruby);
  await server.activate('/dumps/a.json');
}

const actions = (only: string[]): Promise<CodeAction[]> =>
  server.ask<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: uriOf(path) },
    range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    context: { diagnostics: [], only },
  });

function editsOf(action: CodeAction | undefined): TextEdit[] {
  const [change] = action?.edit?.documentChanges ?? [];
  return change !== undefined && 'edits' in change
    ? change.edits.flatMap((edit) => ('newText' in edit ? [edit] : []))
    : [];
}

test('makes all safe fixes, one per statement', async () => {
  await start();
  const [all, ...more] = await actions(['source.fixAll']);
  expect(more).toEqual([]);
  expect(all).toMatchObject({
    kind: 'source.fixAll.allocationHotspots',
    edit: { documentChanges: [{ textDocument: { uri: uriOf(path), version: 1 } }] },
  });
  const after = applyEdits(ruby, editsOf(all));
  expect(after).toContain('row.each_key { |key| use(key) }');
  expect(after).toContain('row.each_value { |value| use(value) }');
  expect(after).toContain('row.each_key { |key| row.values.each { |value|');
});

test('is only there when it is asked for', async () => {
  await start();
  expect(await actions(['source.fixAll.allocationHotspots'])).toHaveLength(1);
  expect(await actions(['source'])).toHaveLength(1);
  expect(await actions(['source.organizeImports', 'source.fixAll.rubocop'])).toEqual([]);
  const kinds = (await actions(['quickfix'])).map(({ kind }) => kind);
  expect(new Set(kinds)).toEqual(new Set(['quickfix']));
});

test('does nothing to what is ignored, or no longer proven', async () => {
  await start();
  await server.edit(path, 'class', '# allocation-hotspots:disable all\nclass');
  expect(await actions(['source.fixAll'])).toEqual([]);
  await server.edit(path, '# allocation-hotspots:disable all\n', '');
  await server.activate(null);
  expect(await actions(['source.fixAll'])).toEqual([]);
});

test('a safe fix is preferred and needs no preview', async () => {
  await start();
  const fix = (await actions(['quickfix'])).find(({ isPreferred }) => isPreferred);
  const { edit } = await server.ask<CodeAction>('codeAction/resolve', fix!);
  expect(Object.values(edit?.changeAnnotations ?? {})).toMatchObject([{ needsConfirmation: false }]);
});
