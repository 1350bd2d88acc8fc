/** A column of a text table. */
export interface TextColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Gets narrower when the row does not fit: cut at the front (paths) or at the end (names). */
  readonly cut?: 'front' | 'end';
}

/** Narrower than this a cut column says nothing any more. */
const MIN_CUT_WIDTH = 12;
const GAP = '  ';

/** Lines of an aligned table, title first, at most `width` columns wide where the columns that may be cut allow it. */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const used = columns.map((_column, at) => at).filter((at) => rows.some((row) => row[at] !== ''));
  const widths = columns.map((column, at) =>
    Math.max(
      column.title.length,
      rows.reduce((widest, row) => Math.max(widest, row[at]!.length), 0),
    ),
  );
  const cuttable = used.filter((at) => columns[at]!.cut !== undefined);
  let excess = used.reduce((sum, at) => sum + widths[at]! + GAP.length, 0) - width;
  while (excess > 0) {
    const widest = cuttable.reduce((best, at) => (best < 0 || widths[at]! > widths[best]! ? at : best), -1);
    if (widest < 0 || widths[widest]! <= MIN_CUT_WIDTH) break;
    widths[widest]!--;
    excess--;
  }
  const line = (cells: readonly string[]): string =>
    used
      .map((at) => {
        const { align, cut } = columns[at]!;
        const cell = cutTo(cells[at]!, widths[at]!, cut);
        return align === 'right' ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!);
      })
      .map((cell) => GAP + cell)
      .join('')
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...rows.map(line)];
}

function cutTo(text: string, width: number, cut: TextColumn['cut']): string {
  if (text.length <= width || cut === undefined) return text;
  return cut === 'front' ? `…${text.slice(text.length - width + 1)}` : `${text.slice(0, width - 1)}…`;
}
