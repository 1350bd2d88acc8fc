/** 0-based line and UTF-16 unit in it, as editors count. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** Half open. */
export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** The text with all edits in it; edits must not overlap. Lines end with `\n`, whatever stands before it. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const offset = ({ line, character }: TextPosition): number => (lineStarts[line] ?? text.length) + character;
  const placed = edits.map((edit) => ({
    start: offset(edit.range.start),
    end: offset(edit.range.end),
    newText: edit.newText,
  }));
  placed.sort((a, b) => b.start - a.start);
  return placed.reduce((now, { start, end, newText }) => now.slice(0, start) + newText + now.slice(end), text);
}
