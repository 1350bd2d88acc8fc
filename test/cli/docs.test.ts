import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cliRun } from '../support/cliRun';

/** Where the pages say the example app is. */
const SAID_ROOT = '/home/me/finance-sync';
const EXAMPLE = 'examples/finance-sync';

let parent = '';
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'hotspots-docs-'));
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe.each(['docs/cli.md', 'docs/ci.md'])('%s', (page) => {
  const examples = examplesOf(readFileSync(page, 'utf8'));

  test('has examples', () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  test.each(examples)('$command', async ({ command, said }) => {
    const root = join(mkdtempSync(join(parent, 'app-')), 'finance-sync');
    cpSync(EXAMPLE, root, { recursive: true });
    const { output, errors } = await cliRun(command.split(' '), root);
    const printed = (output + errors).replaceAll(root, SAID_ROOT).trimEnd();
    // Compared as texts first: a difference is then shown as lines.
    if (!said.includes('...')) expect(printed).toBe(said);
    else expect(printed).toMatch(withLinesLeftOut(said));
  });
});

/** The blocks that show a command on the example app and all that it prints. */
function examplesOf(page: string): { readonly command: string; readonly said: string }[] {
  return [...page.matchAll(/^```\n\$ allocation-hotspots (.+)\n([\s\S]*?)^```/gm)].flatMap(
    ([, command = '', said = '']) => (said === '' || said.startsWith('$') ? [] : [{ command, said: said.trimEnd() }]),
  );
}

/** `...` at the start of a line stands for any lines before what follows it. */
function withLinesLeftOut(said: string): RegExp {
  const lines = said.split('\n').map((line) => {
    if (line === '...') return '(?:.*\\n)*?';
    if (line.startsWith('...')) return `(?:.*\\n)*?.*${escaped(line.slice(3))}\\n`;
    return `${escaped(line)}\\n`;
  });
  return new RegExp(`^${lines.join('').replace(/\\n$/, '')}$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
