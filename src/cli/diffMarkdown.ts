import { basename } from 'node:path';
import { formatCount } from '../profile/format';
import type { DiffAnalysis } from './diff';
import { type NamedRow, namedLines, namedMethods } from './diffRows';
import { changed, DiffWording } from './diffWording';
import { printable } from './terminal';

const DEFAULT_LINES = 15;
const DEFAULT_METHODS = 10;

/** The comparison as a comment on a change: totals, then tables, methods folded. */
export function diffMarkdown(analysis: DiffAnalysis): string {
  const { before, after, comparison, command } = analysis;
  const wording = new DiffWording(analysis);
  const lines = changed(comparison.lines);
  const methods = changed(comparison.methods);
  const remarks = [...wording.notes, ...wording.warnings];
  const shownLines = [...namedLines(analysis, lines.slice(0, command.top ?? DEFAULT_LINES))];
  const shownMethods = [...namedMethods(analysis, methods.slice(0, command.top ?? DEFAULT_METHODS))];
  return [
    `### Allocations: ${code(basename(before.input))} -> ${code(basename(after.input))}`,
    '',
    `**${wording.headline}**`,
    '',
    ...remarks.map((remark) => `- ${escaped(remark)}`),
    ...(remarks.length > 0 ? [''] : []),
    ...table('Line', shownLines, wording, ({ place, line, lineBefore }) => code(`${place}:${line ?? lineBefore}`)),
    `${countPhrase(shownLines.length, lines.length, 'lines')} changed; own: ${wording.base}.`,
    '',
    '<details><summary>Methods</summary>',
    '',
    ...table('Method', shownMethods, wording, ({ name, place }) => `${code(name)} ${escaped(place)}`),
    `${countPhrase(shownMethods.length, methods.length, 'methods')} changed.`,
    '',
    '</details>',
    '',
  ].join('\n');
}

function table(
  title: string,
  rows: readonly NamedRow[],
  wording: DiffWording,
  nameOf: (row: NamedRow) => string,
): string[] {
  if (rows.length === 0) return [];
  const cells = rows.map((row) => {
    const { own, through } = row;
    const figures = [wording.figure(own.before), wording.figure(own.after), wording.delta(own), wording.change(row)];
    return `| ${[nameOf(row), ...figures, wording.delta(through)].join(' | ')} |`;
  });
  return [`| ${title} | Before | After | Change | | Change through |`, '|---|---:|---:|---:|---:|---:|', ...cells, ''];
}

function countPhrase(shown: number, all: number, what: string): string {
  return shown < all ? `${formatCount(shown)} of ${formatCount(all)} ${what}` : `${formatCount(all)} ${what}`;
}

/** A code span that no name can end: its fence is longer than any run of backticks inside. */
function code(text: string): string {
  const safe = printable(text).replaceAll('|', '\\|');
  const runs = [...safe.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  const gap = runs.length > 0 ? ' ' : '';
  return fence + gap + safe + gap + fence;
}

/** Text that stays text: no markup, links or mentions of its own. */
function escaped(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>|#~@&]/g, '\\$&');
}
