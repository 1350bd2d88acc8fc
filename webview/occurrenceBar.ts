import { button } from './controls';
import { element } from './dom';
import type { Figures } from './figures';
import { occurrencesOf } from './reveal';
import type { Selection, State } from './state';

/** In the side panel: which of the boxes of its line or method is selected, and the way to the others. Null when there are none. */
export function occurrenceBar(
  { base, tab }: State,
  selected: Selection,
  figures: Figures,
  step: (by: 1 | -1) => void,
): HTMLElement | null {
  if (!base || !selected.box || tab !== 'flame') return null;
  const { at, rows } = occurrencesOf(base, selected);
  if (at < 0 || rows.length < 2) return null;
  const what = base.groupBy === 'line' && selected.line > 0 ? 'of this line' : 'of this method';
  const few = base.pruned ? ' Boxes too narrow for the whole picture are not among them.' : '';
  const text = element('span', {
    text: `Box ${figures.count(at + 1)} of ${figures.count(rows.length)} ${what}`,
    title: `Widest first.${few}`,
    attributes: { role: 'status' },
  });
  const previous = button('‹', () => step(-1));
  previous.title = 'Previous box (p)';
  previous.setAttribute('aria-label', 'Previous box');
  const next = button('›', () => step(1));
  next.title = 'Next box (n)';
  next.setAttribute('aria-label', 'Next box');
  return element('div', { className: 'side-buttons side-occurrences' }, text, previous, next);
}
