import { ignoreHere } from '../findings/ignored';
import type { Finding } from '../findings/judge';
import type { RubyParser } from '../ruby/parseRuby';
import { applyEdits, type TextEdit } from '../ruby/textRange';
import { Utf16Positions } from '../ruby/utf16Positions';

/**
 * The edit that ignores a finding of a file that is no Ruby: a comment on a line of its own before it, which is a comment in all
 * of them; null in JSON, which has none.
 */
export function ignoreAbove(text: string, { id, file, range }: Finding): TextEdit | null {
  if (file.endsWith('.json')) return null;
  const { line } = range.start;
  const indent = /^\s*/.exec(text.split('\n')[line] ?? '')?.[0] ?? '';
  const at = { line, character: 0 };
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return { range: { start: at, end: at }, newText: `${indent}# allocation-hotspots:disable ${id}${newline}` };
}

/**
 * The edit that ignores a finding where it stands: a comment at the end of its first line, or of its last one. Null when
 * neither end of line can take a comment: inside a heredoc or a string, after a `\`.
 */
export function ignoreEdit(text: string, { id, range }: Finding, parser: RubyParser): TextEdit | null {
  const errors = parser.parse(text, null)?.errors;
  const lines = text.split('\n');
  for (const line of new Set([range.start.line, range.end.line])) {
    const edit = ignoreHere(lines[line] ?? '', line, id);
    if (edit === null) continue;
    const after = applyEdits(text, [edit]);
    const parsed = parser.parse(after, null);
    if (parsed === null || parsed.errors !== errors) continue;
    const positions = new Utf16Positions(after);
    if (parsed.comments.some(({ startOffset }) => positions.lineAt(startOffset) === line)) return edit;
  }
  return null;
}
