import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-protocol';
import { prism } from '../support/prism';
import { eventually, type TestServer } from '../support/serverHarness';
import { path, ruby, startSyncJob, uri } from '../support/syncJobServer';

let server: TestServer;
afterEach(() => server.stop());

const isFinding = ({ code }: Diagnostic): boolean => code === 'relation-each';

/** Titles of the rewrites offered on the line of the relation that is walked with `each`. */
async function rewrites(): Promise<readonly string[]> {
  const actions = await server.ask<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } },
    context: { diagnostics: [] },
  });
  return actions.filter(({ isPreferred }) => isPreferred !== undefined).map(({ title }) => title);
}

describe('a hot file while it is typed', () => {
  it.each([
    ['line by line', ruby.split(/(?<=\n)/)],
    ['word by word', ruby.split(/(?<=[\s.()])/)],
  ])('%s, from nothing to its end: an answer to each, fixes only where the text has no errors', async (_, parts) => {
    server = await startSyncJob();
    const parser = await prism();
    for (let length = 0; length <= parts.length; length++) {
      const text = parts.slice(0, length).join('');
      await server.replaceAll(path, text);
      const offered = await rewrites();
      if (parser.parse(text, null)?.errors !== 0) expect(offered, text).toEqual([]);
    }
    expect(await rewrites()).toContain('Use find_each (review)');
    await eventually(() => server.diagnostics(path).some(isFinding));
  });

  it('withdraws the finding of a statement that is gone, and brings it back', async () => {
    server = await startSyncJob();
    const statement = 'User.where(active: true).each do |user|';
    for (const broken of ['', 'User.', 'User.where(active: true)."', '<<~X', '__END__']) {
      await server.edit(path, statement, broken);
      await eventually(() => !server.diagnostics(path).some(isFinding));
      if (broken === '') await server.edit(path, '    \n', `    ${statement}\n`);
      else await server.edit(path, broken, statement);
      await eventually(() => server.diagnostics(path).some(isFinding));
    }
  });
});
