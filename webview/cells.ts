/** Contents of table cells; each writes into a cell that may have shown another row. */
import type { Certainty } from '../src/profile/lens';
import { element, setText } from './dom';
import type { Figures } from './figures';
import { visibleText } from './visibleText';

/** Text from the profile: control characters made visible, direction isolated. */
export function nameCell(cell: HTMLElement, text: string, title: string): void {
  let bdi = cell.querySelector('bdi');
  if (!bdi) {
    bdi = element('bdi');
    cell.append(bdi);
  }
  setText(bdi, visibleText(text));
  cell.title = visibleText(title);
}

/** A path whose folders give way first, then its name; the line stays. */
export function placeCell(cell: HTMLElement, place: string, title: string): void {
  const slash = place.lastIndexOf('/') + 1;
  const line = /:\d+$/.exec(place)?.index ?? place.length;
  partedCell(cell, [place.slice(0, slash), place.slice(slash, line), place.slice(line)], title);
}

/** A text that is no path, in a column that has paths. */
export function wholeCell(cell: HTMLElement, text: string, title: string): void {
  partedCell(cell, ['', text, ''], title);
}

function partedCell(
  cell: HTMLElement,
  texts: readonly [folders: string, name: string, line: string],
  title: string,
): void {
  let parts = cell.querySelectorAll('bdi');
  if (parts.length === 0) {
    cell.classList.add('place-cell');
    cell.append(
      element('bdi', { className: 'place-folders' }),
      element('bdi', { className: 'place-name' }),
      element('bdi', { className: 'place-line' }),
    );
    parts = cell.querySelectorAll('bdi');
  }
  texts.forEach((text, part) => {
    setText(parts[part]!, visibleText(text));
  });
  cell.title = visibleText(title);
}

/** A coloured square for the origin before a name. */
export function originMark(cell: HTMLElement, origin: number): void {
  let mark = cell.querySelector<HTMLElement>('.origin-mark');
  if (!mark) {
    mark = element('span', { className: 'origin-mark', attributes: { 'aria-hidden': 'true' } });
    cell.insertBefore(mark, cell.querySelector('bdi'));
  }
  mark.dataset.origin = String(origin);
}

/** Amount and share; with `widest`, a bar before them as long as its part of that. */
export function amountCell(
  cell: HTMLElement,
  figures: Figures,
  samples: number,
  widest: number | null,
  certainty: Certainty,
): void {
  let parts = cell.querySelectorAll<HTMLElement>('span');
  if (parts.length === 0) {
    cell.append(
      ...(widest === null ? [] : [element('span', { className: 'bar' })]),
      element('span', { className: 'amount' }),
      element('span', { className: 'share' }),
    );
    parts = cell.querySelectorAll<HTMLElement>('span');
  }
  const share = parts[parts.length - 1]!;
  const amount = parts[parts.length - 2]!;
  setText(amount, samples === 0 ? '–' : figures.bare(samples, certainty));
  setText(share, samples === 0 ? '' : figures.share(samples));
  if (widest === null) return;
  // Bars begin and end alike only where all amounts are as wide.
  amount.style.minWidth = `${figures.bare(widest, certainty).length}ch`;
  parts[0]!.style.transform = `scaleX(${widest > 0 ? samples / widest : 0})`;
}
