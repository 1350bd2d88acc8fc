import type { Fix } from '../ruby/pattern';
import { applyEdits, type TextEdit, type TextPosition } from '../ruby/textRange';

/**
 * The text with the fixes in it, in the order given. A fix is made whole or not at all: one that overlaps an earlier one is
 * left out, and so is one of several files. The same edit in several fixes (a constant at the top of the class) is made once.
 */
export function applyFixes(text: string, fixes: readonly Fix[]): string {
  const made: TextEdit[] = [];
  for (const fix of fixes) {
    if (changesOtherFiles(fix)) continue;
    const added = fix.edits.filter((edit) => !made.some((other) => isSame(edit, other)));
    if (!added.some((edit) => made.some((other) => overlap(edit, other)))) made.push(...added);
  }
  return applyEdits(text, made);
}

/** Whether a fix is one of several files, which is made by whoever has them all. */
export function changesOtherFiles({ edits }: Fix): boolean {
  return edits.some(({ path }) => path !== undefined);
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return (
    a.newText === b.newText && compare(a.range.start, b.range.start) === 0 && compare(a.range.end, b.range.end) === 0
  );
}

function overlap({ range: a }: TextEdit, { range: b }: TextEdit): boolean {
  const isPoint = compare(a.start, a.end) === 0 && compare(b.start, b.end) === 0;
  if (isPoint) return compare(a.start, b.start) === 0;
  return compare(a.start, b.end) < 0 && compare(b.start, a.end) < 0;
}

function compare(a: TextPosition, b: TextPosition): number {
  return a.line - b.line || a.character - b.character;
}
