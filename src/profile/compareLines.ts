import { alignLines, type MethodLine } from './alignLines';
import { comparableName } from './comparableName';
import type { ComparedLine, ComparedSide, Comparison } from './comparison';
import { bySize, type FateJudge } from './fateJudge';
import type { Lens } from './lens';
import { lineFrames } from './lineFrames';
import { type LineRow, lineCallees, ownOf } from './lineIndex';

/** The lines of both profiles, aligned within their methods, largest change first. */
export function compareLines(
  { before, after }: Comparison['sides'],
  methodOf: Comparison['methodOf'],
  lens: Lens,
  judge: FateJudge,
): ComparedLine[] {
  const old = linesByMethod(before, methodOf.before);
  const now = linesByMethod(after, methodOf.after);
  const rows: ComparedLine[] = [];
  const samplesOf = (side: ComparedSide): { own: Float64Array; through: Float64Array } => ({
    own: ownOf(side.lines, lens),
    through: side.lines.through,
  });
  const figures = { before: samplesOf(before), after: samplesOf(after) };
  // Without lines in the stacks, what a method answers for is shared out among its lines.
  const doubtful = [before, after].some(({ profile }) => profile.detail !== 'raw_lines');
  const add = (from: LineRow, to: LineRow): void => {
    const change = (of: 'own' | 'through') => ({
      before: from < 0 ? 0 : figures.before[of][from]!,
      after: to < 0 ? 0 : figures.after[of][to]!,
    });
    rows.push({ before: from, after: to, ...judge.row(change('own'), change('through'), doubtful) });
  };
  for (const [key, lines] of old) {
    const others = now.get(key) ?? [];
    const partners = alignLines(lines, others);
    const taken = new Set(partners);
    lines.forEach((line, at) => {
      add(line.row, others[partners[at]!]?.row ?? -1);
    });
    others.forEach((line, at) => {
      if (!taken.has(at)) add(-1, line.row);
    });
  }
  for (const [key, lines] of now) if (!old.has(key)) for (const line of lines) add(-1, line.row);
  return rows.sort(bySize);
}

interface PlacedLine extends MethodLine {
  readonly row: LineRow;
}

/** The lines that samples pass through, by method, in the order of the text. Lines of no method are together by file. */
function linesByMethod(
  { profile, lines, fileKeys, measure }: ComparedSide,
  methodOf: Int32Array,
): Map<string, PlacedLine[]> {
  const rows: LineRow[] = [];
  for (let row = 0; row < lines.length; row++) if (lines.through[row]! > 0) rows.push(row);
  const { frames, strings } = profile;
  const frameOfLine = lineFrames(profile, lines, rows);
  const callees = lineCallees(profile, lines, rows);
  const byMethod = new Map<string, PlacedLine[]>();
  rows.forEach((row, at) => {
    const frame = frameOfLine[at]!;
    const key = frame < 0 ? `file ${fileKeys[lines.file[row]!]!}` : `method ${methodOf[frame]!}`;
    const names = new Set(callees[at]!.map((callee) => comparableName(strings[frames.name[callee.frame]!]!)));
    // What a line makes itself is like one more callee, where callees are known.
    if (lines.ownRecorded[row]! > 0 && (names.size > 0 || profile.detail === 'raw_lines')) names.add('');
    const line = {
      row,
      offset: lines.line[row]! - (frame < 0 ? 0 : frames.line[frame]!),
      weight: lines.through[row]! * measure.perSample,
      callees: names,
    };
    const known = byMethod.get(key);
    if (known) known.push(line);
    else byMethod.set(key, [line]);
  });
  // The rows of one file are in the order of its lines; the files of one key (an engine loaded twice) may interleave.
  for (const known of byMethod.values()) known.sort((a, b) => a.offset - b.offset || a.row - b.row);
  return byMethod;
}
