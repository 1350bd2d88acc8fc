import type { TextDocument } from 'vscode-languageserver-textdocument';
import { changesOtherFiles } from '../findings/applyFixes';
import type { Finding } from '../findings/judge';
import type { RubyParser } from '../ruby/parseRuby';
import type { Fix } from '../ruby/pattern';
import { statementRanges } from '../ruby/statementRanges';
import type { TextEdit, TextPosition, TextRange } from '../ruby/textRange';

/**
 * The safe fixes that can be made at once: none touches a line of another, and no two are in one statement, because one
 * may change what the other was found in. What is left is found again in the new text.
 */
export function fixesAtOnce(findings: readonly Finding[], document: TextDocument, parser: RubyParser): Fix[] {
  const safe = findings.flatMap(({ safety, fix, range }) =>
    safety === 'safe' && fix !== null && !changesOtherFiles(fix) ? [{ fix, range }] : [],
  );
  if (safe.length === 0) return [];
  const statements = statementRanges(parser, document.getText());
  const lines = new Set<number>();
  const taken = new Set<TextRange>();
  return safe.flatMap(({ fix, range }) => {
    const statement = innermost(statements, range.start);
    const touched = [range, ...fix.edits.map((edit) => edit.range)].flatMap(linesOf);
    if ((statement !== null && taken.has(statement)) || touched.some((line) => lines.has(line))) return [];
    if (statement !== null) taken.add(statement);
    for (const line of touched) lines.add(line);
    return [fix];
  });
}

function innermost(statements: readonly TextRange[], at: TextPosition): TextRange | null {
  return statements.findLast(({ start, end }) => compare(start, at) <= 0 && compare(at, end) < 0) ?? null;
}

function linesOf({ start, end }: TextEdit['range']): number[] {
  return Array.from({ length: end.line - start.line + 1 }, (_, index) => start.line + index);
}

function compare(a: TextPosition, b: TextPosition): number {
  return a.line - b.line || a.character - b.character;
}
