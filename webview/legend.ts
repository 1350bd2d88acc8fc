import { Origin } from '../src/profile/origin';
import { element } from './dom';

const meanings: ReadonlyArray<readonly [Origin, string]> = [
  [Origin.Mine, 'my code'],
  [Origin.Gem, 'gems'],
  [Origin.Stdlib, 'stdlib'],
  [Origin.Core, 'Ruby core and C'],
  [Origin.Other, 'other'],
  [Origin.Gc, 'GC'],
];

export const originName: Readonly<Record<number, string>> = Object.fromEntries(meanings);

/** What the colours mean. The colours are variables of the body (`showOriginColours`). */
export function legend(): HTMLElement {
  const made = element('div', { className: 'legend' });
  for (const [origin, text] of meanings) {
    const mark = element('span', { className: 'origin-mark' });
    mark.dataset.origin = String(origin);
    made.append(element('span', { className: 'legend-entry' }, mark, text));
  }
  return made;
}
