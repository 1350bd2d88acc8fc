import type { ComparedLine, ComparedMethod, ComparedRow, Comparison } from '../profile/comparison';
import { lineFrames } from '../profile/lineFrames';
import type { CompareParams, CompareResult, CompareRow } from '../protocol/compareRequests';
import type { ComparedProfiles } from './comparisons';
import type { ViewContext } from './context';
import type { OpenProfile } from './openProfile';
import { originOf } from './originOf';

/** More rows than anybody reads; those that changed most. */
const MOST_ROWS = 5_000;

/** What changed from the baseline, largest first; null when there is none. Throws when the baseline cannot be read. */
export async function compare(context: ViewContext, params: CompareParams): Promise<CompareResult | null> {
  const compared = await context.comparisons.of(context.profiles.get(params.uri), params.refinement, params.lens);
  if (compared === null) return null;
  const { before, after, comparison } = compared;
  const { perSample, total } = comparison;
  const exact = [before, after].every(({ profile }) => profile.detail === 'raw_lines');
  return {
    before: total.before / perSample.after,
    after: total.after / perSample.after,
    scale: perSample.before / perSample.after,
    methods: changedFirst(comparison.methods).map((row) => methodRow(compared, row)),
    lines: lineRows(compared, changedFirst(comparison.lines)),
    allMethods: comparison.methods.length,
    allLines: comparison.lines.length,
    sampled: before.measure.perSample !== 1 || after.measure.perSample !== 1,
    estimated: !exact,
  };
}

function changedFirst<Row extends ComparedRow>(rows: readonly Row[]): Row[] {
  const changed = rows.filter(({ fate }) => fate !== 'same');
  return [...changed, ...rows.filter(({ fate }) => fate === 'same')].slice(0, MOST_ROWS);
}

function methodRow({ before, after, comparison }: ComparedProfiles, row: ComparedMethod): CompareRow {
  const [open, frame] = row.after < 0 ? [before, row.before] : [after, row.after];
  const { frames, strings } = open.profile;
  const lineOf = ({ profile }: OpenProfile, at: number): number => (at < 0 ? 0 : Math.max(0, profile.frames.line[at]!));
  return {
    frame: row.after,
    name: strings[frames.name[frame]!]!,
    ...placeOf(open, frames.file[frame]!),
    line: lineOf(after, row.after),
    lineBefore: lineOf(before, row.before),
    ...figures(comparison, row),
  };
}

/** Rows of lines are those of the comparison's sides, which may be without `Class#new`. */
function lineRows({ before, after, comparison }: ComparedProfiles, rows: readonly ComparedLine[]): CompareRow[] {
  const { sides } = comparison;
  const methods = {
    before: methodNames(
      sides.before,
      rows.map((row) => row.before),
    ),
    after: methodNames(
      sides.after,
      rows.map((row) => row.after),
    ),
  };
  return rows.map((row, at) => {
    const [open, { lines }, line] =
      row.after < 0 ? [before, sides.before, row.before] : [after, sides.after, row.after];
    return {
      frame: -1,
      name: methods.after[at]! || methods.before[at]!,
      ...placeOf(open, lines.file[line]!),
      line: row.after < 0 ? 0 : sides.after.lines.line[row.after]!,
      lineBefore: row.before < 0 ? 0 : sides.before.lines.line[row.before]!,
      ...figures(comparison, row),
    };
  });
}

function methodNames({ profile, lines }: Comparison['sides']['after'], rows: readonly number[]): string[] {
  const known = rows.filter((row) => row >= 0);
  const frames = lineFrames(profile, lines, known);
  let next = 0;
  return rows.map((row) => {
    const frame = row < 0 ? -1 : frames[next++]!;
    return frame < 0 ? '' : profile.strings[profile.frames.name[frame]!]!;
  });
}

function placeOf({ profile, view }: OpenProfile, file: number): Pick<CompareRow, 'file' | 'place' | 'origin'> {
  return { file: profile.strings[file]!, place: view.map.place[file]!, origin: originOf(view, file) };
}

function figures(
  { perSample }: Comparison,
  { fate, own, through }: ComparedRow,
): Pick<CompareRow, 'fate' | 'ownBefore' | 'ownAfter' | 'throughBefore' | 'throughAfter'> {
  return {
    fate,
    ownBefore: own.before / perSample.after,
    ownAfter: own.after / perSample.after,
    throughBefore: through.before / perSample.after,
    throughAfter: through.after / perSample.after,
  };
}
