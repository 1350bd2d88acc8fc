import type { ComparedLine, ComparedMethod, ComparedRow } from '../profile/comparison';
import type { DiffAnalysis } from './diff';

/** A method or line of a comparison with its names, those of the profile after where it is there. */
export interface NamedRow extends ComparedRow {
  /** Method; empty for lines. */
  readonly name: string;
  /** As recorded. */
  readonly file: string;
  /** Relative to the root, or null. */
  readonly path: string | null;
  /** What to show: the path, or gem and file. */
  readonly place: string;
  /** 1-based; null: not there. */
  readonly line: number | null;
  readonly lineBefore: number | null;
}

export type NamedMethod = NamedRow & Pick<ComparedMethod, 'self'>;

/** The rows of `methods`; `line`: of the definition. */
export function* namedMethods(
  { before, after, comparison }: DiffAnalysis,
  rows: readonly ComparedMethod[],
): Generator<NamedMethod> {
  const { sides } = comparison;
  for (const row of rows) {
    const [{ profile }, { sources }, frame] =
      row.after < 0 ? ([sides.before, before, row.before] as const) : ([sides.after, after, row.after] as const);
    const file = profile.frames.file[frame]!;
    yield {
      ...row,
      name: profile.strings[profile.frames.name[frame]!]!,
      file: profile.strings[file]!,
      path: sources.relative[file] ?? null,
      place: sources.place[file]!,
      line: definitionLine(sides.after.profile.frames.line, row.after),
      lineBefore: definitionLine(sides.before.profile.frames.line, row.before),
    };
  }
}

/** The rows of `lines`. */
export function* namedLines(
  { before, after, comparison }: DiffAnalysis,
  rows: readonly ComparedLine[],
): Generator<NamedRow> {
  const { sides } = comparison;
  for (const row of rows) {
    const [{ profile, lines }, { sources }, at] =
      row.after < 0 ? ([sides.before, before, row.before] as const) : ([sides.after, after, row.after] as const);
    const file = lines.file[at]!;
    yield {
      ...row,
      name: '',
      file: profile.strings[file]!,
      path: sources.relative[file] ?? null,
      place: sources.place[file]!,
      line: row.after < 0 ? null : sides.after.lines.line[row.after]!,
      lineBefore: row.before < 0 ? null : sides.before.lines.line[row.before]!,
    };
  }
}

function definitionLine(lines: Int32Array, frame: number): number | null {
  return frame < 0 || lines[frame]! <= 0 ? null : lines[frame]!;
}
