/** How changes from a baseline read: `≈-149,997`, `-81.0 %`, `vanished`. */
import type { ComparedWidth } from '../src/profile/compareTrees';
import type { Certainty } from '../src/profile/lens';
import type { CompareResult, CompareRow } from '../src/protocol/compareRequests';
import type { NamedBaseline } from '../src/protocol/requests';
import { element, setText } from './dom';
import type { Figures } from './figures';
import { visibleText } from './visibleText';

/** Whose figures make the widths of the flame graph, in the order of the list. */
export const comparedWidths: readonly ComparedWidth[] = ['after', 'before', 'both'];

/** A difference in samples, with its sign; a dash for none. */
export function changeText(figures: Figures, delta: number, certainty: Certainty): string {
  if (Math.abs(delta) < 1e-6) return '–';
  const text = figures.bare(delta, certainty);
  return delta > 0 ? text.replace(/^≈?/, (mark) => `${mark}+`) : text;
}

/** What became of a row in one word or in percent of before. */
export function fateText({ fate, ownBefore, ownAfter }: CompareRow, figures: Figures): string {
  if (fate === 'new' || fate === 'vanished') return fate;
  if (ownBefore === 0) return '';
  const share = figures.shareOf(ownAfter - ownBefore, ownBefore);
  const percent = ownAfter > ownBefore ? `+${share}` : share;
  return fate === 'same' && ownAfter !== ownBefore ? `${percent}, chance` : percent;
}

/** `≈299,994 objects before, ≈149,997 now: ≈-149,997 (-50.0 %)`; with a word where that says little. */
export function boxChange(before: number, after: number, level: number, figures: Figures): string {
  const share = before > 0 ? figures.shareOf(after - before, before) : '';
  const percent = share === '' ? '' : ` (${after > before ? '+' : ''}${share})`;
  const ending = level === 0 && before !== after ? ', hardly a change' : '';
  const change = `${changeText(figures, after - before, 'exact')}${percent}${ending}`;
  return `${figures.amount(before)} before, ${figures.amount(after)} now: ${before === after ? 'no change' : change}`;
}

/** The change with a bar as long as its part of the largest one. Less and more differ by sign and by colour. */
export function changeCell(
  cell: HTMLElement,
  figures: Figures,
  row: CompareRow,
  largest: number,
  certainty: Certainty,
): void {
  let parts = cell.querySelectorAll<HTMLElement>('span');
  if (parts.length === 0) {
    cell.append(...['bar', 'amount', 'share'].map((className) => element('span', { className })));
    parts = cell.querySelectorAll<HTMLElement>('span');
  }
  const delta = row.ownAfter - row.ownBefore;
  parts[0]!.dataset.change = delta < 0 ? 'less' : 'more';
  parts[0]!.style.transform = `scaleX(${largest > 0 ? Math.abs(delta) / largest : 0})`;
  parts[1]!.style.minWidth = `${changeText(figures, -largest, certainty).length}ch`;
  setText(parts[1]!, changeText(figures, delta, certainty));
  setText(parts[2]!, fateText(row, figures));
}

/** `before.dump ≈1,155,978 objects; this profile 629,899 objects; change ≈-526,079 (-45.5 %)`. */
export function comparedWords(result: CompareResult, { name, scaling }: NamedBaseline, figures: Figures): string {
  const shown = visibleText(name, 60);
  if (scaling.by === 'total') return `${shown}, scaled so that both totals agree: changes are changes of share`;
  const { before, after } = result;
  const jobs =
    scaling.by === 'jobs'
      ? `, scaled from ${figures.count(scaling.before)} to ${figures.count(scaling.after)} jobs`
      : '';
  const change = `${changeText(figures, after - before, 'exact')} (${changeShare(result, figures)})`;
  return `${shown} ${figures.amount(before)}${jobs}; this profile ${figures.total}; change ${change}`;
}

/** Whether a row is a change of its own: what only passes samples on is listed with what it calls. */
export function isChange({ fate, ownBefore, ownAfter }: CompareRow): boolean {
  return fate !== 'same' && (ownBefore > 0 || ownAfter > 0);
}

/** `-45.5 %` of the whole. */
export function changeShare({ before, after }: CompareResult, figures: Figures): string {
  const share = figures.shareOf(after - before, before);
  return after > before ? `+${share}` : share;
}
