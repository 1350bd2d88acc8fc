/** The row above the tabs: which part of the profile all of them show, and the steps back and forth between what was looked at. */
import type { FilterKind } from '../src/profile/refinement';
import { dropdown, textField } from './controls';
import { element, icon, setText, show } from './dom';
import type { Figures } from './figures';
import { samePicture } from './flameTree';
import { type State, statePicture } from './state';
import type { Store } from './store';
import { filterHint, filterKinds, filterWords, has, sameFilter, switches, type ViewFilter } from './viewFilters';
import { visibleText } from './visibleText';

/** What of the state the row shows. */
const readOf = ['refinement', 'history', 'base', 'phase'] as const;

export class FilterBar {
  readonly element = element('div', { className: 'filters', attributes: { role: 'region', 'aria-label': 'Filters' } });
  private readonly switches: readonly HTMLButtonElement[];
  private readonly chips = element('ul', { className: 'chips', attributes: { 'aria-label': 'Filters in use' } });
  private readonly note = element('span', { className: 'filters-note', attributes: { role: 'status' } });
  private readonly undo: HTMLButtonElement;
  private readonly redo: HTMLButtonElement;
  private readonly clear: HTMLButtonElement;
  private readonly add: HTMLButtonElement;
  private readonly form: HTMLElement;
  private readonly field;
  private kind: FilterKind = 'focus';
  private text = '';
  private drawn: State | null = null;

  /** `search` stands in the same row: it is for all tabs as well. */
  constructor(
    private readonly store: Store,
    search: HTMLElement,
  ) {
    this.undo = textButton('Undo', 'Undo (Ctrl+Z)', () => store.send({ type: 'step', step: -1 }));
    this.redo = textButton('Redo', 'Redo (Ctrl+Shift+Z)', () => store.send({ type: 'step', step: 1 }));
    this.switches = switches.map(({ filter, hint }) =>
      textButton(filter.label, hint, () => this.toggle(filter), 'chip switch'),
    );
    this.add = textButton('+ Filter', 'Filter by a text or /regular expression/ of names and files', () =>
      this.open(this.form.hidden === true),
    );
    this.add.setAttribute('aria-expanded', 'false');
    const kinds = dropdown('What the filter does', filterKinds, (kind) => {
      this.kind = kind;
    });
    this.field = textField('Text of the filter', 'name, file or /regexp/, then Enter', icon('search'), (text) => {
      this.text = text;
    });
    this.field.element.addEventListener('keydown', (event) => this.onFieldKey(event));
    this.form = element('span', { className: 'filters-form' }, kinds.element, this.field.element);
    show(this.form, false);
    this.clear = textButton('Clear all', 'Remove all filters', () => store.send({ type: 'clearFilters' }));
    const steps = element('span', { className: 'filters-steps' }, this.undo, this.redo);
    this.element.append(...this.switches, this.chips, this.add, this.form, this.clear, this.note, search, steps);
  }

  update(state: State, figures: Figures): void {
    const { drawn } = this;
    if (drawn && readOf.every((part) => drawn[part] === state[part])) return;
    this.drawn = state;
    const { refinement, history, phase } = state;
    const filterable = phase.kind === 'ready' && phase.summary.detail !== 'aggregate';
    this.switches.forEach((made, i) => {
      made.setAttribute('aria-pressed', String(has(refinement, switches[i]!.filter)));
      made.disabled = !filterable;
    });
    this.add.disabled = !filterable;
    if (drawn?.refinement !== refinement) this.fillChips(state);
    show(this.clear, refinement.length > 0);
    setText(
      this.note,
      filterable ? noteOf(state, figures) : 'Without stacks nothing can be filtered: record with raw: true.',
    );
    this.note.title = this.note.textContent ?? '';
    this.undo.disabled = history.past.length === 0;
    this.redo.disabled = history.future.length === 0;
  }

  private fillChips({ refinement }: State): void {
    const chips = refinement.filter((filter) => !switches.some((one) => sameFilter(one.filter, filter)));
    this.chips.replaceChildren(...chips.map((filter) => this.chip(filter)));
    show(this.chips, chips.length > 0);
  }

  private chip(filter: ViewFilter): HTMLElement {
    const words = visibleText(filterWords(filter), 80);
    const remove = element('button', { className: 'chip-remove', title: `Remove: ${words}`, text: '×' });
    remove.setAttribute('aria-label', `Remove filter: ${words}`);
    remove.addEventListener('click', () => {
      this.store.send({ type: 'removeFilter', filter });
      this.add.focus();
    });
    const hint = visibleText(filterHint(filter), 400);
    return element(
      'li',
      { className: 'chip', title: hint },
      element('bdi', { className: 'chip-words', text: words }),
      remove,
    );
  }

  private toggle(filter: ViewFilter): void {
    const on = has(this.store.state.refinement, filter);
    this.store.send({ type: on ? 'removeFilter' : 'addFilter', filter });
  }

  private open(opened: boolean): void {
    show(this.form, opened);
    this.add.setAttribute('aria-expanded', String(opened));
    if (opened) this.field.focus();
    else this.add.focus();
  }

  private onFieldKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.open(false);
    else if (event.key === 'Enter' && this.text.trim() !== '') {
      const text = this.text.trim();
      this.store.send({ type: 'addFilter', filter: { kind: this.kind, of: { by: 'text', text }, label: `“${text}”` } });
      this.text = '';
      this.field.set('');
      this.open(false);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** How much of the profile is left, or why a filter does nothing. */
function noteOf(state: State, figures: Figures): string {
  const { base, refinement } = state;
  if (refinement.length === 0 || !base) return '';
  if (!samePicture(base, statePicture(state))) return 'Filtering…';
  const shown = `shows ${figures.share(base.totalSamples)} of ${figures.total}`;
  return base.problem === null ? shown : `${base.problem} ${shown}`;
}

function textButton(text: string, title: string, onClick: () => void, className = 'link'): HTMLButtonElement {
  const made = element('button', { className, text, title });
  made.addEventListener('click', onClick);
  return made;
}
