/** The strip on top: what was measured, how surely, and what to know before believing a figure. */
import type { Lens } from '../src/profile/lens';
import type { Problem } from '../src/profile/problem';
import type { ProfileSummary } from '../src/protocol/requests';
import { button, dropdown } from './controls';
import { element, icon, setText, show } from './dom';
import type { Figures } from './figures';
import { visibleText } from './visibleText';
import { facts, headline, headlineHint, lensHint, lensLabels, mappingText, measures, partsText } from './wording';

export interface SummaryLinks {
  setLens(lens: Lens): void;
  showMapping(): void;
  explainInterval(): void;
  chooseParts(): void;
}

/** Warnings shown before "and n more". */
const openWarnings = 2;

export class SummaryView {
  readonly element = element('header', { className: 'summary' });
  private readonly number = element('span', { className: 'headline' });
  private readonly measured = element('span', { className: 'measured' });
  private readonly facts = element('ul', { className: 'facts', attributes: { 'aria-label': 'About this profile' } });
  private readonly warnings = element('div', { className: 'warnings' });
  private readonly lens;
  private readonly mapping: HTMLElement;
  private readonly parts: HTMLElement;
  private expanded = false;

  constructor(
    baseline: HTMLElement,
    private readonly links: SummaryLinks,
  ) {
    this.lens = dropdown('Charged to', lensLabels, (lens) => links.setLens(lens));
    this.mapping = button('Paths', () => links.showMapping());
    this.parts = button('Processes', () => links.chooseParts());
    const label = element('span', { text: 'Charged to' });
    const lens = element('span', { className: 'lens' }, label, this.lens.element);
    const strip = element(
      'div',
      { className: 'strip' },
      element('h1', { className: 'headline-row' }, this.number, this.measured),
      this.facts,
      element('div', { className: 'strip-controls' }, baseline, this.parts, this.mapping, lens),
    );
    this.element.append(strip, this.warnings);
  }

  update(summary: ProfileSummary, figures: Figures): void {
    setText(this.number, headline(summary, figures));
    this.number.title = headlineHint(summary);
    setText(this.measured, measures(summary));
    const known = facts(summary, figures);
    this.facts.title = known.map(({ text }) => visibleText(text, 200)).join('\n');
    this.facts.replaceChildren(
      ...known.map(({ text, hint }) =>
        element('li', { title: visibleText(hint) }, element('bdi', { text: visibleText(text, 80) })),
      ),
    );
    const mapping = mappingText(summary, figures);
    setText(this.mapping, visibleText(mapping.text, 60));
    this.mapping.title = visibleText(mapping.hint, 2000);
    const parts = partsText(summary, figures);
    show(this.parts, parts !== null);
    setText(this.parts, parts?.text ?? '');
    this.parts.title = visibleText(parts?.hint ?? '', 2000);
    this.updateWarnings(summary.problems);
  }

  setLens(lens: Lens): void {
    this.lens.set(lens);
    this.lens.element.title = lensHint(lens);
  }

  private updateWarnings(problems: readonly Problem[]): void {
    const shown = this.expanded ? problems : problems.slice(0, openWarnings);
    const items = shown.map((problem) => this.warning(problem));
    const hidden = problems.length - openWarnings;
    if (hidden > 0) items.push(this.more(problems, hidden));
    this.warnings.replaceChildren(...items);
    show(this.warnings, items.length > 0);
  }

  private warning({ code, message }: Problem): HTMLElement {
    const text = element('span', { className: 'warning-text' }, element('bdi', { text: visibleText(message, 600) }));
    const item = element('div', { className: 'warning' }, icon('warning'), text);
    if (code === 'round-interval') {
      const how = element('button', { className: 'link', text: 'How?' });
      how.addEventListener('click', () => this.links.explainInterval());
      item.append(how);
    }
    return item;
  }

  private more(problems: readonly Problem[], hidden: number): HTMLElement {
    const text = this.expanded ? 'Fewer notes' : hidden === 1 ? 'and 1 more note' : `and ${hidden} more notes`;
    const toggle = element('button', {
      className: 'link more',
      text,
      attributes: { 'aria-expanded': String(this.expanded) },
    });
    toggle.addEventListener('click', () => {
      this.expanded = !this.expanded;
      this.updateWarnings(problems);
    });
    return toggle;
  }
}
