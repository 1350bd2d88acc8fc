import type { Comparison } from './comparison';
import type { StringIndex } from './profile';

/**
 * The line in the profile after that a line of the profile before became, by StringIndex of its file there; negative for
 * a line that only the profile before has.
 */
export function comparedLineOf({ lines, sides }: Comparison): (file: StringIndex, line: number) => number {
  const { before, after } = sides;
  const known = new Map<StringIndex, Map<number, number>>();
  for (const row of lines) {
    if (row.before < 0) continue;
    const file = before.lines.file[row.before]!;
    const ofFile = known.get(file) ?? new Map<number, number>();
    const line = before.lines.line[row.before]!;
    ofFile.set(line, row.after < 0 ? -line : after.lines.line[row.after]!);
    known.set(file, ofFile);
  }
  // Lines of evaluated text are no lines of the file they are recorded under: they stay as they are.
  return (file, line) => known.get(file)?.get(line) ?? line;
}
