import { formatCount } from '../profile/format';
import type { DiffAnalysis } from './diff';
import { type NamedRow, namedLines, namedMethods } from './diffRows';
import { changed, DiffWording } from './diffWording';
import { wrapped } from './profileHeading';
import { dimmedTitle } from './reportText';
import { printable, type Style } from './terminal';
import { type TextColumn, textTable } from './textTable';

const DEFAULT_LINES = 20;
const DEFAULT_METHODS = 10;

/** The comparison for people: both totals, then the lines and methods that changed most. */
export function diffText(analysis: DiffAnalysis, style: Style, width: number): string {
  const { before, after, comparison, command } = analysis;
  const wording = new DiffWording(analysis);
  const table = (title: string, all: number, rows: readonly NamedRow[]): string[] => {
    const heading = style.bold(title);
    if (all === 0) return [`${heading}: nothing changed${style.dim(` (${wording.base})`)}`];
    const shown =
      rows.length < all ? `${formatCount(rows.length)} of ${formatCount(all)} changed` : `${formatCount(all)} changed`;
    const cells = rows.map((row) => cellsOf(row, wording));
    return [
      `${heading}${style.dim(` (${shown}, own: ${wording.base})`)}`,
      ...dimmedTitle(textTable(COLUMNS, cells, width), style),
    ];
  };
  const lines = changed(comparison.lines);
  const methods = changed(comparison.methods);
  const [mostLines, mostMethods] = [command.top ?? DEFAULT_LINES, command.top ?? DEFAULT_METHODS];
  return [
    style.bold(`${printable(before.input)} -> ${printable(after.input)}`),
    `  ${wording.headline}`,
    ...wording.notes.flatMap((note) => wrapped(printable(note), '  ', width)),
    ...wording.warnings.flatMap((warning) => wrapped(printable(warning), '  ! ', width).map(style.warning)),
    '',
    ...table('Lines', lines.length, [...namedLines(analysis, lines.slice(0, mostLines))]),
    '',
    ...table('Methods', methods.length, [...namedMethods(analysis, methods.slice(0, mostMethods))]),
    '',
  ].join('\n');
}

const COLUMNS: readonly TextColumn[] = [
  { title: 'own before', align: 'right' },
  { title: 'after', align: 'right' },
  { title: 'delta', align: 'right' },
  { title: '', align: 'right' },
  { title: 'through', align: 'right' },
  { title: 'method', align: 'left', cut: 'front', least: 24 },
  { title: 'place', align: 'left', cut: 'front', least: 18 },
];

function cellsOf(row: NamedRow, wording: DiffWording): string[] {
  const { own, through, name, place } = row;
  return [
    wording.figure(own.before),
    wording.figure(own.after),
    wording.delta(own),
    wording.change(row),
    wording.delta(through),
    printable(name),
    printable(`${place}${lineSuffix(row)}`),
  ];
}

/** `:41`, `:41 (was 43)`; methods have no line here, since their definitions may move. */
function lineSuffix({ name, line, lineBefore }: NamedRow): string {
  if (name !== '') return '';
  if (line === null || lineBefore === null || lineBefore === line) return `:${line ?? lineBefore}`;
  return `:${line} (was ${lineBefore})`;
}
