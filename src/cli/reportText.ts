import { formatCount, formatMicroseconds, formatShare } from '../profile/format';
import type { Lens } from '../profile/lens';
import type { Measure } from '../profile/measure';
import { methodTable } from '../profile/methods';
import type { Analysis } from './analyseProfile';
import { gainPhrase } from './findingText';
import { type HotLine, hotLines, hottestRows } from './hotLines';
import { profileHeading, wrapped } from './profileHeading';
import type { PlacedFinding } from './reportFindings';
import { printable, type Style } from './terminal';
import { type TextColumn, textTable } from './textTable';

const DEFAULT_LINES = 20;
const DEFAULT_METHODS = 10;
const NONE_MINE = 'No allocation passes through a file below the root, so lines are charged as --lens caller does';

/** The report for people: what the profile is, what is wrong with it, hot lines, methods, findings. */
export function reportText(
  analysis: Analysis,
  lens: Lens,
  top: number | null,
  findings: readonly PlacedFinding[],
  style: Style,
  width: number,
): string {
  // Without a file of the application there is nothing to charge: the next best says where it would lead.
  const noneMine = lens === 'mine' && analysis.profile.samples > 0 && !analysis.lines.ownMine.some((own) => own > 0);
  // The heading has said already how to choose between folders.
  const advice = analysis.sources.summary.ambiguous.length > 0 ? '.' : ': tell --root or --path-map FROM=TO.';
  return [
    ...profileHeading(analysis, style, width),
    ...(noneMine && analysis.lines.length > 0
      ? wrapped(`${NONE_MINE}${advice}`, '  ! ', width).map(style.warning)
      : []),
    '',
    ...linesTable(analysis, noneMine ? 'caller' : lens, top ?? DEFAULT_LINES, style, width),
    '',
    ...methodsTable(analysis, top ?? DEFAULT_METHODS, style, width),
    '',
    ...findingsTable(findings, style, width),
  ].join('\n');
}

const lineColumns = (measure: Measure): readonly TextColumn[] => [
  { title: 'own', align: 'right' },
  { title: 'share', align: 'right' },
  { title: unitTitle(measure), align: 'right' },
  { title: 'through', align: 'right' },
  { title: 'line', align: 'left', cut: 'front', least: 44 },
  { title: '', align: 'right' },
  { title: 'top callee', align: 'left', cut: 'front', least: 16 },
];

function linesTable(analysis: Analysis, lens: Lens, top: number, style: Style, width: number): string[] {
  const { profile, measure, lines } = analysis;
  const all = hottestRows(analysis, lens, null);
  const rows = [...hotLines(analysis, lens, all.slice(0, top))];
  const title = style.bold(`Hot lines, ${lensPhrase(lens)}`);
  if (rows.length === 0) return [`${title}: none, the profile knows no lines.`];
  const base = `own: of all ${samplesPhrase(profile.samples)}`;
  const elsewhere = lines.elsewhere[lens];
  const rest = elsewhere > 0 ? `; ${formatShare(elsewhere / profile.samples)} on no such line` : '';
  const cells = rows.map((row) => lineCells(row, profile.samples, measure));
  const shown =
    rows.length < all.length ? ` (${rows.length} of ${formatCount(all.length)}, ${base}${rest})` : ` (${base}${rest})`;
  return [`${title}${style.dim(shown)}`, ...dimmedTitle(textTable(lineColumns(measure), cells, width), style)];
}

function lineCells(row: HotLine, samples: number, measure: Measure): string[] {
  const mark = ownMark(row);
  const bound = row.throughCertainty === 'exact' ? '' : '≤';
  return [
    `${mark}${formatCount(row.own)}`,
    formatShare(row.own / samples),
    inUnit(measure, row.own, mark !== ''),
    `${bound}${formatCount(row.through)}`,
    printable(`${row.place}:${row.line}`),
    ...mostly(row),
  ];
}

/** What makes most of a line's own samples: its share of them, and its name. For a line without own, of those through it. */
export function mostly({ mostly: main, own, callees, through }: HotLine): [share: string, name: string] {
  const callee = own > 0 ? main : (callees[0] ?? null);
  return callee === null ? ['', ''] : [formatShare(callee.samples / (own > 0 ? own : through)), printable(callee.name)];
}

/** The sign before an own figure. Nothing is nothing, however it was found. */
export function ownMark({ own, ownCertainty }: HotLine): string {
  return own === 0 || ownCertainty === 'exact' ? '' : '≈';
}

/** Samples in the profile's unit, for a column of its own; empty where a sample is the unit and the count is exact. */
export function inUnit(measure: Measure, samples: number, estimate: boolean): string {
  if (measure.unit === 'samples') return '';
  if (measure.perSample === 1 && measure.unit === 'objects') return '';
  const value = samples * measure.perSample;
  if (measure.unit === 'microseconds') return formatMicroseconds(value);
  return `${estimate || !measure.exact || measure.perSample !== 1 ? '≈' : ''}${formatCount(value)}`;
}

export function unitTitle(measure: Measure): string {
  return measure.unit === 'microseconds' ? 'time' : measure.unit;
}

const METHOD_COLUMNS: readonly TextColumn[] = [
  { title: 'self', align: 'right' },
  { title: 'share', align: 'right' },
  { title: 'total', align: 'right' },
  { title: 'share', align: 'right' },
  { title: 'method', align: 'left', cut: 'front', least: 32 },
  { title: 'place', align: 'left', cut: 'front', least: 24 },
];

function methodsTable({ profile, sources }: Analysis, top: number, style: Style, width: number): string[] {
  const table = methodTable(profile, 'recorded', sources.origin);
  if (table.length === 0) return [`${style.bold('Methods')}: none.`];
  const { frames, strings } = profile;
  const cells = Array.from(table.frame.subarray(0, top), (frame, row) => {
    const file = frames.file[frame]!;
    const place = sources.place[file]!;
    return [
      formatCount(table.self[row]!),
      formatShare(table.self[row]! / profile.samples),
      formatCount(table.total[row]!),
      formatShare(table.total[row]! / profile.samples),
      printable(strings[frames.name[frame]!]!),
      printable(frames.line[frame]! > 0 ? `${place}:${frames.line[frame]!}` : place),
    ];
  });
  const shown = cells.length < table.length ? ` (${cells.length} of ${formatCount(table.length)}` : ' (all';
  const base = `as recorded, of all ${samplesPhrase(profile.samples)})`;
  return [
    `${style.bold('Methods')}${style.dim(`${shown}, ${base}`)}`,
    ...dimmedTitle(textTable(METHOD_COLUMNS, cells, width), style),
  ];
}

const FINDING_COLUMNS: readonly TextColumn[] = [
  { title: 'share', align: 'right' },
  { title: 'line', align: 'left', cut: 'front', least: 44 },
  { title: 'finding', align: 'left' },
  { title: 'fix', align: 'left' },
  { title: 'gain', align: 'left' },
];

function findingsTable(findings: readonly PlacedFinding[], style: Style, width: number): string[] {
  if (findings.length === 0) return [];
  const cells = findings.map(({ finding, file }) => [
    finding.share === null ? '' : formatShare(finding.share),
    printable(`${file}:${finding.range.start.line + 1}`),
    finding.id,
    finding.safety,
    gainPhrase(finding),
  ]);
  const title = `${style.bold('Findings')}${style.dim(` (${findings.length}, share: through the line; suggest has the edits)`)}`;
  return [title, ...dimmedTitle(textTable(FINDING_COLUMNS, cells, width), style), ''];
}

export function lensPhrase(lens: Lens): string {
  return { recorded: 'as recorded', caller: 'charged to the calling line', mine: 'charged to my code' }[lens];
}

export function samplesPhrase(samples: number): string {
  return `${formatCount(samples)} ${samples === 1 ? 'sample' : 'samples'}`;
}

export function dimmedTitle([title, ...rows]: readonly string[], style: Style): string[] {
  return [style.dim(title ?? ''), ...rows];
}
