import type { Change, ComparedLine } from '../profile/comparison';
import { formatShort } from '../profile/format';
import type { LineRow } from '../profile/lineIndex';
import type { ComparedProfiles } from './comparisons';
import type { ServerContext } from './context';
import type { DocumentHeat, DocumentLine } from './documentHeat';
import { nameOf } from './openProfile';
import { fullAmount, shareOf, shortAmount } from './phrases';

/** What changed from the baseline on the lines of a profile, in its samples. */
export interface LineChanges {
  readonly baseline: string;
  /** Null for a line within the sampling error. */
  of(line: DocumentLine): { readonly own: Change; readonly through: Change; readonly isNew: boolean } | null;
}

/** The changes of the lines of a document; null when there is no baseline, or it cannot be read: the view says why. */
export async function lineChanges({ comparisons }: ServerContext, heat: DocumentHeat): Promise<LineChanges | null> {
  const compared = await comparisons.of(heat.open, [], heat.lens).catch(() => null);
  if (compared === null) return null;
  const rows = rowsOf(compared);
  const { perSample } = compared.comparison;
  const samples = ({ before, after }: Change): Change => ({
    before: before / perSample.after,
    after: after / perSample.after,
  });
  return {
    baseline: nameOf(compared.before.uri),
    of: (line) => {
      // A file that is recorded under two paths has lines twice: their figures are sums, which no row has.
      const row = line.rows.length === 1 ? rows.get(line.rows[0]!) : undefined;
      if (row === undefined || row.fate === 'same') return null;
      return { own: samples(row.own), through: samples(row.through), isNew: row.fate === 'new' };
    },
  };
}

/** `-12.3 k (-81.0 %) vs baseline`, `new since baseline`. */
export function changePhrase(changes: LineChanges, line: DocumentLine, heat: DocumentHeat, locale: string): string {
  const change = changes.of(line);
  if (change === null) return '';
  if (change.isNew) return 'new since baseline';
  const { before, after } = change.own.before > 0 || change.own.after > 0 ? change.own : change.through;
  const delta = after - before;
  const { measure } = heat.open;
  const amount =
    measure.unit === 'microseconds'
      ? shortAmount(measure, delta, 'exact', locale).replace('≈', '')
      : formatShort(delta * measure.perSample, locale);
  const sign = delta > 0 ? '+' : '';
  const percent = before > 0 ? ` (${sign}${shareOf(delta, before, locale)})` : '';
  return `${sign}${amount}${percent} vs baseline`;
}

/** Before and now, with all digits, for the hover. */
export function changeDetails(changes: LineChanges, line: DocumentLine, heat: DocumentHeat, locale: string): string {
  const change = changes.of(line);
  if (change === null) return 'no more than chance';
  const { measure } = heat.open;
  const side = (samples: number): string =>
    samples > 0 ? fullAmount(measure, samples, 'estimate', locale) : 'none sampled';
  return `own ${side(change.own.before)} before, ${side(change.own.after)} now; through ${side(change.through.before)} before, ${side(change.through.after)} now`;
}

const rowsOfComparison = new WeakMap<ComparedProfiles['comparison'], ReadonlyMap<LineRow, ComparedLine>>();

/** By row of the profile's own line index: the comparison may be of one without `Class#new`, whose rows are others. */
function rowsOf({ after, comparison }: ComparedProfiles): ReadonlyMap<LineRow, ComparedLine> {
  const known = rowsOfComparison.get(comparison);
  if (known) return known;
  const { lines } = after.view;
  const compared = comparison.sides.after.lines;
  const rowOfLine = new Map<string, LineRow>();
  for (let row = 0; row < lines.length; row++) rowOfLine.set(`${lines.file[row]!}:${lines.line[row]!}`, row);
  const rows = new Map<LineRow, ComparedLine>();
  for (const line of comparison.lines) {
    if (line.after < 0) continue;
    const row = rowOfLine.get(`${compared.file[line.after]!}:${compared.line[line.after]!}`);
    if (row !== undefined) rows.set(row, line);
  }
  rowsOfComparison.set(comparison, rows);
  return rows;
}
