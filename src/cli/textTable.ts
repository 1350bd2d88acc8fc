/** A column of a text table. */
export interface TextColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Gets narrower when the row does not fit: cut at the front (paths) or at the end (names). */
  readonly cut?: 'front' | 'end';
  /** Columns that a column to be cut keeps. */
  readonly least?: number;
}

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
  let excess = used.reduce((sum, at) => sum + widths[at]! + GAP.length, 0) - width;
  const room = (at: number): number => (columns[at]!.cut === undefined ? 0 : widths[at]! - (columns[at]!.least ?? 1));
  while (excess > 0) {
    const widest = used.reduce((best, at) => (room(at) > room(best) ? at : best), used[0]!);
    if (room(widest) <= 0) break;
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
