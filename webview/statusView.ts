import { formatCount } from '../src/profile/format';
import { button, progressRing } from './controls';
import { element, icon } from './dom';
import type { Phase, State } from './state';
import { visibleText } from './visibleText';

export interface StatusLinks {
  cancel(): void;
  retry(): void;
}

/** What is on screen instead of a profile: that it loads, or why it cannot be shown and what to do. */
export class StatusView {
  readonly element = element('div', { className: 'status', attributes: { role: 'status' } });
  private readonly title = element('h1');
  private readonly step = element('p', { className: 'status-step' });
  private readonly bar = element('div', { className: 'status-bar' });
  private loading: HTMLElement | null = null;
  private drawn: Phase | null = null;

  constructor(private readonly links: StatusLinks) {}

  update(state: State): void {
    const { phase } = state;
    if (phase === this.drawn) return;
    this.drawn = phase;
    switch (phase.kind) {
      case 'starting':
      case 'ready':
        this.element.replaceChildren();
        this.loading = null;
        return;
      case 'loading':
        this.showLoading(phase);
        return;
      case 'failed':
        this.loading = null;
        this.showFailed(phase, state.locale);
    }
  }

  /** Built once and then only updated, so that the ring does not start over with every step. */
  private showLoading({ name, fraction, step }: Phase & { kind: 'loading' }): void {
    if (!this.loading) {
      const cancel = button('Cancel', () => this.links.cancel());
      const track = element('div', { className: 'status-track' }, this.bar);
      this.loading = element(
        'div',
        { className: 'status-box' },
        progressRing('Loading'),
        this.title,
        this.step,
        track,
        cancel,
      );
      this.element.replaceChildren(this.loading);
    }
    this.title.replaceChildren('Opening ', element('bdi', { text: visibleText(name, 120) }));
    const percent = fraction === null ? '' : ` ${Math.floor(fraction * 100)} %`;
    this.step.textContent = `${visibleText(step, 80)}${percent}`;
    this.bar.style.transform = `scaleX(${fraction ?? 0})`;
  }

  private showFailed({ name, error }: Phase & { kind: 'failed' }, locale: string): void {
    const cancelled = error.reason === 'cancelled';
    const title = element(
      'h1',
      {},
      element('bdi', { text: visibleText(name, 120) }),
      cancelled ? ' was not opened' : ' cannot be shown',
    );
    const box = element('div', { className: 'status-box' });
    if (!cancelled) box.append(icon('error'));
    box.append(title, element('p', { className: 'status-message', text: visibleText(error.message, 1000) }));
    // At its first byte a file is something else; nothing is to be looked for there.
    if (error.offset !== null && error.offset > 0) {
      box.append(
        element('p', {
          className: 'status-step',
          text: `Reading stopped at byte ${formatCount(error.offset, locale)}.`,
        }),
      );
    }
    box.append(button(cancelled ? 'Open' : 'Try again', () => this.links.retry(), 'primary'));
    this.element.replaceChildren(box);
  }
}
