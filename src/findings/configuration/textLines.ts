import type { TextEdit, TextRange } from '../../ruby/textRange';

/** Lines without their ends. */
export function linesOf(text: string): string[] {
  return text.split(/\r?\n/);
}

/** Line end of a text. */
export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** A 0-based line without its indentation and trailing space. */
export function rangeOfLine(lines: readonly string[], line: number): TextRange {
  const text = lines[line] ?? '';
  const end = text.trimEnd().length;
  return {
    start: { line, character: Math.min(end, text.length - text.trimStart().length) },
    end: { line, character: end },
  };
}

/** New lines below a 0-based line. */
export function insertBelow(
  lines: readonly string[],
  line: number,
  added: readonly string[],
  newline: string,
): TextEdit {
  const at = { line, character: (lines[line] ?? '').length };
  return { range: { start: at, end: at }, newText: added.map((text) => newline + text).join('') };
}

export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Without lines that are comments. */
export function withoutComments(text: string): string {
  return linesOf(text)
    .filter((line) => !/^\s*[#;]/.test(line))
    .join('\n');
}
