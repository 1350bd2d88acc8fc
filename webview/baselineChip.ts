import { changeShare, comparedWords } from './changes';
import { button } from './controls';
import { element, setText, show } from './dom';
import type { Figures } from './figures';
import type { State } from './state';
import { newestAnswer } from './subjects';
import { visibleText } from './visibleText';

export interface BaselineLinks {
  choose(): void;
  stop(): void;
  /** Shows the table of changes. */
  showChanges(): void;
}

/** In the strip on top: the way to a baseline, or what the profile is compared with and the way back. */
export class BaselineChip {
  readonly element = element('span', { className: 'baseline' });
  private readonly choose: HTMLElement;
  private readonly chip = element('span', { className: 'chip' });
  private readonly words = element('button', { className: 'link' });

  constructor(links: BaselineLinks) {
    this.choose = button('Compare…', () => links.choose());
    this.choose.title = 'Compare with a profile from before a change';
    this.words.addEventListener('click', () => links.showChanges());
    const remove = element('button', { className: 'chip-remove', text: '×', title: 'Stop comparing' });
    remove.setAttribute('aria-label', 'Stop comparing');
    remove.addEventListener('click', () => links.stop());
    this.chip.append(this.words, remove);
    this.element.append(this.choose, this.chip);
  }

  update(state: State, figures: Figures): void {
    const baseline = state.phase.kind === 'ready' ? state.phase.summary.baseline : null;
    show(this.choose, baseline === null);
    show(this.chip, baseline !== null);
    if (baseline === null) return;
    const result = newestAnswer(state, 'compare');
    const sameTotal = baseline.scaling.by === 'total';
    const change = result === null || sameTotal ? '' : `${changeShare(result, figures)} `;
    setText(this.words, `${change}vs ${visibleText(baseline.name, 60)}`);
    this.words.title = result === null ? 'Comparing…' : comparedWords(result, baseline, figures);
  }
}
