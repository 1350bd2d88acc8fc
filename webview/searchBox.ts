import { compileQuery } from '../src/profile/search';
import { textField } from './controls';
import { element, icon, setText } from './dom';
import type { Figures } from './figures';
import type { State } from './state';
import type { Store } from './store';
import { currentAnswer, newestAnswer } from './subjects';

/** The search field and what it found: frames, and the share of samples that pass through one of them. */
export class SearchBox {
  readonly element = element('div', { className: 'search', attributes: { role: 'search' } });
  private readonly found = element('span', { className: 'search-found', attributes: { role: 'status' } });
  private readonly field;

  constructor(store: Store) {
    this.field = textField('Search methods and files', 'Search, or /regexp/', icon('search'), (query) =>
      store.send({ type: 'query', query }),
    );
    this.field.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || store.state.query === '') return;
      event.preventDefault();
      store.send({ type: 'query', query: '' });
    });
    this.element.append(this.found, this.field.element);
  }

  focus(): void {
    this.field.focus();
  }

  update(state: State, figures: Figures): void {
    this.field.set(state.query);
    const error = foundError(state);
    this.found.classList.toggle('search-error', error !== null);
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
  return `${figures.count(frames)} ${frames === 1 ? 'match' : 'matches'}, ${figures.share(samples)}`;
}
