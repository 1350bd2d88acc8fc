import type { Certainty, Lens } from '../profile/lens';
import { type LineRow, lineCallees, ownCertainty, ownOf, throughCertainty } from '../profile/lineIndex';
import { mainCallees } from '../profile/mainCallees';
import { compareText } from '../profile/methods';
import type { Analysis } from './analyseProfile';

/** A line with its figures in samples, as the commands show it. */
export interface HotLine {
  /** As recorded. */
  readonly file: string;
  /** Relative to the root, or null when the file is not below it. */
  readonly path: string | null;
  /** What to show: the path, or gem and file. */
  readonly place: string;
  readonly line: number;
  readonly own: number;
  readonly through: number;
  readonly ownCertainty: Certainty;
  readonly throughCertainty: Certainty;
  /** The method under the line that most of its own samples come by (`mainCallees`), or null. */
  readonly mostly: { readonly name: string; readonly samples: number } | null;
  /** Heaviest first; callees of one name are one entry. */
  readonly callees: ReadonlyArray<{ readonly name: string; readonly samples: number }>;
}

/** The rows that samples pass through, heaviest own first, ties by file and line; at most `top` of them. */
export function hottestRows({ profile, lines }: Analysis, lens: Lens, top: number | null): LineRow[] {
  const own = ownOf(lines, lens);
  const { strings } = profile;
  const rows: LineRow[] = [];
  for (let row = 0; row < lines.length; row++) if (lines.through[row]! > 0) rows.push(row);
  rows.sort(
    (a, b) =>
      own[b]! - own[a]! ||
      compareText(strings[lines.file[a]!]!, strings[lines.file[b]!]!) ||
      lines.line[a]! - lines.line[b]!,
  );
  return top === null ? rows : rows.slice(0, top);
}

/** The figures of some rows, in their order, made one by one: a large profile has more rows than should be in memory. */
export function* hotLines(
  { profile, lines, sources }: Analysis,
  lens: Lens,
  rows: readonly LineRow[],
): Generator<HotLine> {
  const own = ownOf(lines, lens);
  const callees = lineCallees(profile, lines, rows);
  const main = mainCallees(profile, lines, sources.origin, lens);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const file = lines.file[row]!;
    const samplesByName = new Map<string, number>();
    for (const { frame, samples } of callees[at]!) {
      const name = profile.strings[profile.frames.name[frame]!]!;
      samplesByName.set(name, (samplesByName.get(name) ?? 0) + samples);
    }
    yield {
      file: profile.strings[file]!,
      path: sources.relative[file] ?? null,
      place: sources.place[file]!,
      line: lines.line[row]!,
      own: rounded(own[row]!),
      through: rounded(lines.through[row]!),
      ownCertainty: ownCertainty(lines, lens, row),
      throughCertainty: throughCertainty(lines, row),
      mostly:
        main.frame[row]! < 0
          ? null
          : { name: profile.strings[profile.frames.name[main.frame[row]!]!]!, samples: rounded(main.samples[row]!) },
      callees: [...samplesByName]
        .map(([name, samples]) => ({ name, samples: rounded(samples) }))
        .sort((a, b) => b.samples - a.samples || compareText(a.name, b.name)),
    };
  }
}

/** Estimates are fractions; two decimals are more than they are worth. */
export function rounded(samples: number): number {
  return Math.round(samples * 100) / 100;
}
