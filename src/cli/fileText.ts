import { nodeFileSystem } from '../host/nodeFileSystem';
import { formatCount, formatShare } from '../profile/format';
import type { Lens } from '../profile/lens';
import type { Measure } from '../profile/measure';
import type { StringIndex } from '../profile/profile';
import type { Analysis } from './analyseProfile';
import { type HotLine, hotLines } from './hotLines';
import { profileHeading } from './profileHeading';
import { dimmedTitle, inUnit, lensPhrase, mostly, ownMark, samplesPhrase, unitTitle } from './reportText';
import { printable, type Style } from './terminal';
import { type TextColumn, textTable } from './textTable';

const columnsOf = (measure: Measure): readonly TextColumn[] => [
  { title: 'line', align: 'right' },
  { title: 'own', align: 'right' },
  { title: 'share', align: 'right' },
  { title: unitTitle(measure), align: 'right' },
  { title: 'through', align: 'right' },
  { title: '', align: 'right' },
  { title: 'top callee', align: 'left', cut: 'front', least: 16 },
  { title: 'source', align: 'left', cut: 'end', least: 40 },
];

/** The lines of a file for people, with the source where it is on this disk. */
export async function fileText(
  analysis: Analysis,
  lens: Lens,
  wanted: string,
  files: readonly StringIndex[],
  rows: readonly number[],
  style: Style,
  width: number,
): Promise<string> {
  const { profile, measure, sources } = analysis;
  const heading = profileHeading(analysis, style, width);
  if (rows.length === 0) {
    return [...heading, '', `${style.bold(printable(wanted))}: no samples in this profile.`, ''].join('\n');
  }
  const names = files.map((file) => printable(sources.place[file]!));
  const base = ` (${lensPhrase(lens)}, of all ${samplesPhrase(profile.samples)})`;
  const source = await sourceLines(analysis, files);
  const cells = Array.from(hotLines(analysis, lens, rows), (row) => cellsOf(row, analysis, source));
  return [
    ...heading,
    '',
    `${style.bold([...new Set(names)].join(', '))}${style.dim(base)}`,
    ...dimmedTitle(textTable(columnsOf(measure), cells, width), style),
    '',
  ].join('\n');
}

function cellsOf(row: HotLine, { profile, measure }: Analysis, source: readonly string[]): string[] {
  const mark = ownMark(row);
  const bound = row.throughCertainty === 'exact' ? '' : '≤';
  return [
    String(row.line),
    row.own > 0 ? `${mark}${formatCount(row.own)}` : '·',
    row.own > 0 ? formatShare(row.own / profile.samples) : '',
    row.own > 0 ? inUnit(measure, row.own, mark !== '') : '',
    `${bound}${formatCount(row.through)}`,
    ...mostly(row),
    printable((source[row.line - 1] ?? '').replaceAll('\t', '  ').trimEnd()),
  ];
}

/** The text of the file on this disk, when all chosen rows are of one file; it may have changed since the recording. */
async function sourceLines({ sources }: Analysis, files: readonly StringIndex[]): Promise<readonly string[]> {
  const paths = [...new Set(files.map((file) => sources.path[file] ?? null))];
  const path = paths.length === 1 ? paths[0]! : null;
  if (path === null) return [];
  return ((await nodeFileSystem().readText(path)) ?? '').split(/\r?\n/);
}
