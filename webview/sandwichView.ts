/** A method in the middle of two pictures: who calls it above, growing upwards; what it calls below. */
import type { MethodPlace } from '../src/protocol/webview';
import { BoxQuestions } from './boxQuestions';
import { hasSource, placeWithLine } from './boxSelection';
import { button, type Toggle } from './controls';
import { element, setText, show } from './dom';
import type { Figures } from './figures';
import { type FlameLinks, FlameView } from './flameView';
import type { Host } from './host';
import { legend } from './legend';
import { Reveal } from './reveal';
import { byLineToggle } from './shapeToggles';
import { SideStore } from './sideStore';
import type { State } from './state';
import type { Store } from './store';
import { currentAnswer, newestAnswer } from './subjects';
import type { TabView } from './tab';
import type { Theme } from './theme';
import { nameOrNone, visibleText } from './visibleText';

export type SandwichLinks = Pick<FlameLinks, 'openSource' | 'noSource' | 'openMenu'>;

interface Side {
  readonly store: SideStore;
  readonly view: FlameView;
}

/** What of the state the view shows beside its pictures. */
const readOf = ['middle', 'selected', 'answers', 'refinement', 'groupBy', 'phase', 'tab'] as const;

export class SandwichView implements TabView {
  readonly element = element('div', { className: 'sandwich' });
  private readonly inMiddle: HTMLElement;
  private readonly byLine: Toggle;
  private readonly reset: HTMLElement;
  private readonly name = element('h2', { className: 'sandwich-name' });
  private readonly place = element('button', { className: 'link sandwich-place' });
  private readonly amounts = element('span', { className: 'sandwich-amounts', attributes: { role: 'status' } });
  private readonly pictures = element('div', { className: 'sandwich-pictures' });
  private readonly empty = element('p', { className: 'sandwich-empty' });
  private sides: readonly Side[] = [];
  private figures: Figures | null = null;

  constructor(
    private readonly store: Store,
    private readonly host: Host,
    private readonly links: SandwichLinks,
    private theme: Theme,
  ) {
    this.inMiddle = button('Put selected in the middle', () => {
      const { selected } = store.state;
      if (selected) store.send({ type: 'middle', method: selected });
    });
    this.inMiddle.title = 'The selected method takes the middle (s; Enter or a double click on its box)';
    this.byLine = byLineToggle(store);
    this.reset = button('Zoom out', () => {
      for (const side of this.sides) side.store.send({ type: 'range', range: null, motion: 'glide' });
    });
    this.place.addEventListener('click', () => this.openMiddle());
    const bar = element(
      'div',
      { className: 'flame-bar sandwich-bar' },
      element('span', { className: 'sandwich-side-name', text: '↑ Who calls it' }),
      this.inMiddle,
      this.byLine.element,
      this.reset,
    );
    this.element.append(bar, this.pictures, this.empty, legend(store));
    store.subscribe((state, previous) => {
      if (readOf.some((part) => state[part] !== previous[part])) this.update(state);
    });
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    for (const { view } of this.sides) view.setTheme(theme);
  }

  count(): string {
    return '';
  }

  setFigures(figures: Figures): void {
    this.figures = figures;
    for (const { view } of this.sides) view.setFigures(figures);
    this.update(this.store.state);
  }

  private update(state: State): void {
    const { figures } = this;
    if (!figures || state.tab !== 'sandwich') return;
    const words = emptyWords(state);
    if (words === '' && this.sides.length === 0) this.makeSides(figures);
    setText(this.empty, words);
    show(this.empty, words !== '');
    show(this.pictures, words === '');
    const { middle, selected } = state;
    const other = selected !== null && selected.frame >= 0 && selected.frame !== middle?.frame && words === '';
    this.inMiddle.toggleAttribute('disabled', !other);
    this.reset.toggleAttribute('disabled', words !== '');
    this.byLine.set(state.groupBy === 'line');
    if (middle) this.updateMiddle(state, middle, figures);
  }

  private updateMiddle(state: State, middle: MethodPlace, figures: Figures): void {
    const name = visibleText(nameOrNone(middle.name));
    setText(this.name, name);
    this.name.title = name;
    const place = visibleText(placeWithLine(middle.place, middle.definitionLine));
    setText(this.place, place);
    this.place.title = place;
    this.place.disabled = !hasSource(middle.origin, middle.file);
    const counted = currentAnswer(state, 'middle');
    const { refinement } = state;
    const base = refinement.length === 0 ? 'of all' : 'of all, after the filters';
    setText(
      this.amounts,
      counted === null
        ? 'Counting…'
        : `total ${figures.amount(counted.total)}, ${figures.share(counted.total)} ${base} · self ${figures.amount(counted.self)}${counted.self > 0 ? `, ${figures.share(counted.self)}` : ''}`,
    );
  }

  /** Two more pictures cost memory: they are made when somebody looks. */
  private makeSides(figures: Figures): void {
    const callers = this.side('callers', 'Who calls it');
    const callees = this.side('callees', 'What it calls');
    this.sides = [callers, callees];
    const middle = element('div', { className: 'sandwich-middle' }, this.name, this.place, this.amounts);
    const below = element('div', { className: 'sandwich-side-name sandwich-below', text: '↓ What it calls' });
    this.pictures.append(callers.view.element, middle, callees.view.element, below);
    for (const { view } of this.sides) view.setFigures(figures);
  }

  private side(direction: State['direction'], label: string): Side {
    const store = new SideStore(this.store, direction);
    const boxes = new BoxQuestions(store, this.host, ({ tab, around }) => tab === 'sandwich' && around !== null);
    const reveal = new Reveal(store, boxes, () => view.zoomToSelected());
    const view: FlameView = new FlameView(
      store,
      {
        ...this.links,
        wantDetail: (cover) => boxes.wantDetail(cover),
        stepLike: (by) => reveal.step(by),
        enter: (method) => this.store.send({ type: 'middle', method }),
        save: () => undefined,
        painted: () => undefined,
      },
      this.theme,
      { tab: 'sandwich', label, enters: 'put it in the middle', framed: false },
    );
    return { store, view };
  }

  private openMiddle(): void {
    const { middle } = this.store.state;
    if (!middle) return;
    const { file, definitionLine: line, place } = middle;
    this.links.openSource({ file, line, place, ofCaller: false }, 'preview');
  }
}

/** Why there is no sandwich, or nothing. */
function emptyWords(state: State): string {
  const { phase, middle } = state;
  if (phase.kind !== 'ready') return '';
  if (phase.summary.detail === 'aggregate')
    return 'The profile has no stacks, so callers and callees cannot be drawn; the panel of a selected method lists them. Record with raw: true.';
  if (middle === null)
    return 'Select a method in any tab and press s, or choose “Show in sandwich” from its menu: it comes into the middle, with who calls it above and what it calls below.';
  if (newestAnswer(state, 'middle') !== null && currentAnswer(state, 'middle')?.total === 0)
    return `No stack that is left has ${visibleText(nameOrNone(middle.name), 80)}. Remove a filter, or put another method in the middle.`;
  return '';
}
