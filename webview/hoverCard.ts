import type { BoxAmount, BoxFacts } from './boxFacts';
import { type CardRect, placeCard } from './cardPlace';
import { element, setText, show } from './dom';

/** Shares that a row of the card has room for. */
const mostShares = 3;

interface AmountRow {
  readonly element: HTMLElement;
  readonly amount: HTMLElement;
  readonly shares: readonly HTMLElement[];
}

/** The card beside the pointer: what a box is and how much it stands for. Decorative for screen readers, which have the tree. */
export class HoverCard {
  readonly element = element('div', { className: 'hover-card', attributes: { 'aria-hidden': 'true' } });
  private readonly name = element('div', { className: 'hover-name' });
  private readonly place = element('div', { className: 'hover-place' });
  private readonly head = amountRow('');
  private readonly total = amountRow('Total');
  private readonly self = amountRow('Self');
  private readonly notes = element('div', { className: 'hover-notes' });
  private readonly hint = element('div', { className: 'hover-hint' });
  private facts: BoxFacts | null = null;

  constructor() {
    const figures = element('table', {}, this.head.element, this.total.element, this.self.element);
    this.element.append(this.name, this.place, figures, this.notes, this.hint);
    this.element.hidden = true;
  }

  hide(): void {
    show(this.element, false);
  }

  /** Shows the facts of the box at `box`, beside a pointer at `pointerX`; both in CSS pixels of the window. */
  showAt(facts: BoxFacts, box: CardRect, pointerX: number): void {
    if (this.facts !== facts) this.fill(facts);
    const { style } = this.element;
    style.maxHeight = '';
    show(this.element, true);
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const bounds = { width: window.innerWidth, height: window.innerHeight };
    const { left, top, maxHeight } = placeCard(box, pointerX, { width, height }, bounds);
    style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    if (height > maxHeight) style.maxHeight = `${maxHeight}px`;
  }

  private fill(facts: BoxFacts): void {
    this.facts = facts;
    setText(this.name, facts.name);
    setText(this.place, facts.place);
    fillRow(this.head, { amount: '', shares: facts.bases });
    fillRow(this.total, facts.total);
    fillRow(this.self, facts.self);
    this.notes.replaceChildren(...facts.notes.map((text) => element('div', { text })));
    setText(this.hint, facts.hint);
  }
}

function amountRow(head: string): AmountRow {
  const amount = element('td');
  const shares = Array.from({ length: mostShares }, () => element('td'));
  return { element: element('tr', {}, element('th', { text: head }), amount, ...shares), amount, shares };
}

function fillRow({ amount, shares }: AmountRow, { amount: text, shares: texts }: BoxAmount): void {
  setText(amount, text);
  shares.forEach((cell, i) => {
    setText(cell, texts[i] ?? '');
    show(cell, i < texts.length);
  });
}
