import type { Lens } from '../lens';
import { type LineIndex, ownCertainty, ownOf, throughCertainty } from '../lineIndex';
import type { Measure } from '../measure';
import { compareText, methodTable } from '../methods';
import type { Profile } from '../profile';
import { CHUNK_LENGTH } from './exportInput';

/** What tables are made of. */
export interface TableInput {
  readonly profile: Profile;
  readonly measure: Measure;
  readonly lens: Lens;
  /** An `Origin` per StringIndex of a file. */
  readonly origin: Uint8Array;
  /** Path inside the workspace per StringIndex, or null. */
  readonly relative: ReadonlyArray<string | null>;
}

type Cell = string | number | null;

/** The methods as CSV, most self (charged by the lens) first. Shares are of all samples, 0 to 1. */
export function methodsCsv(input: TableInput): Generator<string> {
  return csv(methodRows(input));
}

/** The lines that samples pass through as CSV, most own (charged by the lens) first. */
export function linesCsv(input: TableInput, lines: LineIndex): Generator<string> {
  return csv(lineRows(input, lines));
}

function* methodRows({ profile, measure, lens, origin, relative }: TableInput): Generator<Cell[]> {
  const { frames, strings, samples } = profile;
  yield ['method', 'file', 'path', 'line', ...figureTitles('self', measure), ...figureTitles('total', measure)];
  const table = methodTable(profile, lens, origin);
  for (let row = 0; row < table.length; row++) {
    const frame = table.frame[row]!;
    const file = frames.file[frame]!;
    yield [
      strings[frames.name[frame]!]!,
      strings[file]!,
      relative[file] ?? null,
      frames.line[frame]! > 0 ? frames.line[frame]! : null,
      ...figures(table.self[row]!, samples, measure),
      ...figures(table.total[row]!, samples, measure),
    ];
  }
}

function* lineRows({ profile, measure, lens, relative }: TableInput, lines: LineIndex): Generator<Cell[]> {
  const { strings, samples } = profile;
  yield [
    'file',
    'path',
    'line',
    ...figureTitles('own', measure),
    'own_certainty',
    ...figureTitles('through', measure),
    'through_certainty',
  ];
  const own = ownOf(lines, lens);
  const rows: number[] = [];
  for (let row = 0; row < lines.length; row++) if (lines.through[row]! > 0) rows.push(row);
  rows.sort(
    (a, b) =>
      own[b]! - own[a]! ||
      compareText(strings[lines.file[a]!]!, strings[lines.file[b]!]!) ||
      lines.line[a]! - lines.line[b]!,
  );
  for (const row of rows) {
    const file = lines.file[row]!;
    yield [
      strings[file]!,
      relative[file] ?? null,
      lines.line[row]!,
      ...figures(own[row]!, samples, measure),
      ownCertainty(lines, lens, row),
      ...figures(lines.through[row]!, samples, measure),
      throughCertainty(lines, row),
    ];
  }
}

function figureTitles(name: string, { unit }: Measure): string[] {
  return [`${name}_samples`, ...(unit === 'samples' ? [] : [`${name}_${unit}`]), `${name}_share`];
}

function figures(samples: number, all: number, { unit, perSample }: Measure): number[] {
  const counted = unit === 'samples' ? [] : [Math.round(samples * perSample)];
  return [round(samples, 2), ...counted, all === 0 ? 0 : round(samples / all, 6)];
}

function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}

/** RFC 4180: commas, CRLF, quotes where needed. */
function* csv(rows: Iterable<readonly Cell[]>): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    chunk += `${row.map(cellText).join(',')}\r\n`;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/** A spreadsheet must not take a name for a formula: those that begin like one get an apostrophe before. */
function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
