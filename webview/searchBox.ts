import { compileQuery } from '../src/profile/search';
import { textField } from './controls';
import { element, icon, setText, show } from './dom';
import type { Figures } from './figures';
import { searchWalk } from './searchWalk';
import type { State } from './state';
import type { Store } from './store';
import { currentAnswer, newestAnswer } from './subjects';

/** The search field and what it found: how much, the share of samples that pass through it, and the way from box to box. */
export class SearchBox {
  readonly element = element('div', { className: 'search', attributes: { role: 'search' } });
  private readonly found = element('span', { className: 'search-found', attributes: { role: 'status' } });
  private readonly field;
  private readonly steps: HTMLElement;

  /** `step`: to the next (1) or previous (-1) box that matches. */
  constructor(store: Store, step: (by: 1 | -1) => void) {
    this.field = textField('Search methods and files', 'Search, or /regexp/', icon('search'), (query) =>
      store.send({ type: 'query', query }),
    );
    this.field.element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
      else if (event.key === 'Escape' && store.state.query !== '') store.send({ type: 'query', query: '' });
      else return;
      event.preventDefault();
    });
    const previous = stepButton('‹', 'Previous match', 'Shift+Enter, Shift+F3', () => step(-1));
    const next = stepButton('›', 'Next match', 'Enter, F3', () => step(1));
    this.steps = element('span', { className: 'search-steps' }, previous, next);
    show(this.steps, false);
    this.element.append(this.found, this.field.element, this.steps);
  }

  focus(): void {
    this.field.focus();
  }

  update(state: State, figures: Figures): void {
    this.field.set(state.query);
    const error = foundError(state);
    this.found.classList.toggle('search-error', error !== null);
    show(this.steps, searchWalk(state) !== null);
    const text = error ?? foundText(state, figures);
    setText(this.found, text);
    this.found.title = text;
  }
}

function foundError(state: State): string | null {
  const { query } = state;
  if (query.trim() === '') return null;
  return compileQuery(query).error ?? currentAnswer(state, 'search')?.error ?? null;
}

/** The last count stays until the next one is here. */
function foundText(state: State, figures: Figures): string {
  const found = newestAnswer(state, 'search');
  if (state.query.trim() === '' || !found) return '';
  const { frames, samples } = found;
  if (frames === 0) return 'no match';
  const walk = searchWalk(state);
  if (walk) return `${boxesText(walk, figures)} · ${figures.share(samples)} of ${figures.total}`;
  return `${figures.count(frames)} ${frames === 1 ? 'match' : 'matches'}, ${figures.share(samples)}`;
}

/** `3 of 17 boxes`; of very many, those to walk are the widest. */
function boxesText({ found, at }: NonNullable<ReturnType<typeof searchWalk>>, figures: Figures): string {
  const { boxes, matches } = found;
  const noun = boxes === 1 ? 'box' : 'boxes';
  if (at < 0) return `${figures.count(boxes)} ${noun}`;
  const widest = matches.length < boxes ? ' widest' : '';
  return `${figures.count(at + 1)} of ${figures.count(matches.length)}${widest} ${noun}`;
}

function stepButton(text: string, label: string, keys: string, onClick: () => void): HTMLElement {
  const made = element('button', { className: 'search-step', text, title: `${label} (${keys})` });
  made.setAttribute('aria-label', label);
  made.addEventListener('click', onClick);
  return made;
}
