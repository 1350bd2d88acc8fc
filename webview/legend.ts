import { CHANGE_LIMITS } from '../src/profile/changeLevel';
import { formatShare } from '../src/profile/format';
import { Origin } from '../src/profile/origin';
import type { PictureFormat } from '../src/protocol/webview';
import { type ColourBy, colourings, heatLimits } from './colouring';
import { dropdown } from './controls';
import { element } from './dom';
import { mostCategories } from './palette';
import { packageLabel } from './selectionActions';
import type { State } from './state';
import type { StateSource } from './store';
import { visibleText } from './visibleText';

const meanings: ReadonlyArray<readonly [Origin, string]> = [
  [Origin.Mine, 'my code'],
  [Origin.Gem, 'gems'],
  [Origin.Stdlib, 'stdlib'],
  [Origin.Core, 'Ruby core and C'],
  [Origin.Other, 'other'],
  [Origin.Gc, 'GC'],
];

export const originName: Readonly<Record<number, string>> = Object.fromEntries(meanings);

const changeMeanings = ['much less', 'less', 'a little less', 'as before', 'a little more', 'more', 'much more'];

/** What the colours mean where they show changes from a baseline. */
export function changeLegend(save: (format: PictureFormat) => void): HTMLElement {
  const [little, some, much] = CHANGE_LIMITS.map((limit) => formatShare(limit));
  const title = `The change of a box as a part of the larger whole. As before: below ${little}, or no more than chance; a little: from ${little}; less and more: from ${some}; much: from ${much}.`;
  const entries = element('ul', {
    className: 'legend-entries',
    title,
    attributes: { 'aria-label': 'What the colours mean' },
  });
  entries.append(...changeMeanings.map((text, level) => entry({ colour: `change-${level}`, text, title: '' })));
  return element('div', { className: 'legend' }, entries, savers(save));
}

const labels: Readonly<Record<ColourBy, string>> = {
  origin: 'by whose code',
  package: 'by package',
  file: 'by file',
  heat: 'by heat',
};

interface Meaning {
  /** Name of the style sheet's variable. */
  readonly colour: string;
  readonly text: string;
  readonly title: string;
}

/** What of the state the legend shows. */
const readOf = ['colourBy', 'colourSlots', 'query', 'locale'] as const;

/**
 * What the colours mean, and the choice of what they mean. The colours are variables of the body (`showColours`). With `save`,
 * the picture above can be kept as a file.
 */
export function legend(store: StateSource, save: ((format: PictureFormat) => void) | null = null): HTMLElement {
  const choice = dropdown(
    'Colours',
    colourings.map((colourBy) => [colourBy, labels[colourBy]]),
    (colourBy) => store.send({ type: 'colourBy', colourBy }),
  );
  const entries = element('ul', { className: 'legend-entries', attributes: { 'aria-label': 'What the colours mean' } });
  const update = (state: State): void => {
    choice.set(state.colourBy);
    entries.replaceChildren(...meaningsOf(state).map(entry));
  };
  store.subscribe((state, previous) => {
    if (readOf.some((part) => state[part] !== previous[part])) update(state);
  });
  update(store.state);
  return element('div', { className: 'legend' }, choice.element, entries, ...(save ? [savers(save)] : []));
}

function savers(save: (format: PictureFormat) => void): HTMLElement {
  const saver = (text: string, format: PictureFormat, title: string): HTMLElement => {
    const made = element('button', { className: 'link', text, title });
    made.addEventListener('click', () => save(format));
    return made;
  };
  return element(
    'span',
    { className: 'legend-savers' },
    saver('Save SVG', 'svg', 'The picture between its edges, with all levels, as a file that any browser shows'),
    saver('Save PNG', 'png', 'The picture as it is on the screen'),
  );
}

function entry({ colour, text, title }: Meaning): HTMLElement {
  const mark = element('span', { className: 'origin-mark', attributes: { 'aria-hidden': 'true' } });
  mark.style.backgroundColor = `var(--${colour})`;
  return element('li', { className: 'legend-entry', title }, mark, element('bdi', { text }));
}

function meaningsOf(state: State): Meaning[] {
  const searched = state.query.trim() === '' ? [] : [{ colour: 'match', text: 'matches the search', title: '' }];
  return [...coloursOf(state), ...searched];
}

function coloursOf({ colourBy, colourSlots, locale }: State): Meaning[] {
  switch (colourBy) {
    case 'origin':
      return meanings.map(([origin, text]) => ({ colour: `origin-${origin}`, text, title: '' }));
    case 'package':
      return named(colourSlots.package, (name) => packageLabel(name), 'other packages');
    case 'file':
      return named(colourSlots.file, (file) => shortName(file, colourSlots.file), 'other files and C functions');
    case 'heat':
      return Array.from({ length: heatLimits.length + 1 }, (_, level) => ({
        colour: `heat-${level}`,
        text: heatText(level, locale),
        title: 'Objects that the method itself allocates, in all its boxes, as recorded: share of all that is shown',
      }));
  }
}

function named(slots: readonly string[], label: (key: string) => string, others: string): Meaning[] {
  return [
    ...slots.map((key, at) => ({
      colour: `category-${at}`,
      text: visibleText(label(key), 60),
      title: visibleText(key),
    })),
    { colour: `category-${mostCategories}`, text: others, title: '' },
  ];
}

/** The file without its folders; with the last of them where several files are called so. */
function shortName(file: string, among: readonly string[]): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const alike = among.filter((other) => other.endsWith(`/${name}`));
  return alike.length < 2 ? name : file.split('/').slice(-2).join('/');
}

function heatText(level: number, locale: string): string {
  const [from, to] = [heatLimits[level - 1], heatLimits[level]];
  if (from === undefined) return `itself < ${formatShare(to ?? 1, locale)}`;
  return to === undefined ? `≥ ${formatShare(from, locale)}` : `from ${formatShare(from, locale)}`;
}
