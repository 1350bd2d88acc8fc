import type { Syntax } from './syntax';
import type { TextEdit } from './textRange';

/** What `# frozen_string_literal:` at the top of a text says; null without it. */
export function frozenStringLiteral(syntax: Syntax): boolean | null {
  for (const comment of headerComments(syntax)) {
    const [, value] = /frozen[_-]string[_-]literal\s*:\s*(true|false)\b/i.exec(comment) ?? [];
    if (value !== undefined) return value.toLowerCase() === 'true';
  }
  return null;
}

/** Adds `# frozen_string_literal: true` with a blank line, after a `#!` line and an encoding comment. */
export function insertFrozenStringLiteral(syntax: Syntax): TextEdit {
  const { newline } = syntax;
  let line = 0;
  if (syntax.lineText(line).startsWith('#!')) line++;
  if (/^#.*coding\s*[:=]/i.test(syntax.lineText(line))) line++;
  const start = { line, character: 0 };
  const next = syntax.lineText(line);
  const gap = next === '' || next.startsWith('#') ? '' : newline;
  return { range: { start, end: start }, newText: `# frozen_string_literal: true${newline}${gap}` };
}

/** Comments before the first code, where Ruby looks for magic ones. */
function headerComments(syntax: Syntax): string[] {
  const header: string[] = [];
  for (let line = 0; ; line++) {
    const text = syntax.lineText(line).trim();
    if (text.startsWith('#')) header.push(text);
    else if (text !== '' || line > 100) return header;
  }
}
