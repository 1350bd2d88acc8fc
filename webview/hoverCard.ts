import { boxName, placeWithLine, sourceOf } from './boxSelection';
import { element, setText, show } from './dom';
import type { Figures } from './figures';
import type { BoxRow, FlameTree } from './flameTree';
import { visibleText } from './visibleText';

/** Distance from the pointer, CSS pixels. */
const offsetPx = 14;

/** The card beside the pointer: what a box is and how much it stands for. Decorative for screen readers, which have the tree. */
export class HoverCard {
  readonly element = element('div', { className: 'hover-card', attributes: { 'aria-hidden': 'true' } });
  private readonly name = element('div', { className: 'hover-name' });
  private readonly place = element('div', { className: 'hover-place' });
  private readonly total = element('td');
  private readonly ofAll = element('td');
  private readonly ofParent = element('td');
  private readonly self = element('td');
  private readonly selfShare = element('td');
  private readonly hint = element('div', { className: 'hover-hint' });
  private shown: { readonly tree: FlameTree; readonly row: BoxRow } | null = null;

  constructor() {
    const row = (head: string, ...cells: HTMLElement[]): HTMLElement =>
      element('tr', {}, element('th', { text: head }), ...cells);
    const empty = element('td');
    const figures = element(
      'table',
      {},
      row('Total', this.total, this.ofAll, this.ofParent),
      row('Self', this.self, this.selfShare, empty),
    );
    this.element.append(this.name, this.place, figures, this.hint);
    this.element.hidden = true;
  }

  hide(): void {
    this.shown = null;
    show(this.element, false);
  }

  /** Shows a box at a point of `bounds`, on the side where there is room. All in CSS pixels. */
  showAt(
    tree: FlameTree,
    row: BoxRow,
    figures: Figures,
    x: number,
    y: number,
    bounds: { readonly width: number; readonly height: number },
  ): void {
    if (this.shown?.tree !== tree || this.shown.row !== row) this.fill(tree, row, figures);
    show(this.element, true);
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const left = x + offsetPx + width <= bounds.width ? x + offsetPx : Math.max(0, x - offsetPx - width);
    const top = y + offsetPx + height <= bounds.height ? y + offsetPx : Math.max(0, y - offsetPx - height);
    this.element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  private fill(tree: FlameTree, row: BoxRow, figures: Figures): void {
    this.shown = { tree, row };
    const frame = tree.frame[row]!;
    const above = tree.parent[row]!;
    const total = tree.total[row]!;
    const self = tree.self[row]!;
    const line = tree.line[row]! || tree.frames.definitionLine[frame]!;
    setText(this.name, visibleText(boxName({ ...tree, groupBy: 'method' }, row)));
    setText(this.place, visibleText(placeWithLine(tree.frames.place[frame]!, line)));
    // Rebuilt boxes are not even a count of samples.
    const certainty = tree.approximate ? 'estimate' : 'exact';
    setText(this.total, figures.amount(total, certainty));
    setText(this.ofAll, `${figures.share(total)} of all`);
    const parent = tree.direction === 'callees' ? 'caller' : 'callee';
    setText(this.ofParent, above < 0 ? '' : `${figures.shareOf(total, tree.total[above]!)} of ${parent}`);
    setText(this.self, figures.amount(self, certainty));
    setText(this.selfShare, `${figures.share(self)} of all`);
    setText(this.hint, hintFor(tree, row));
  }
}

function hintFor(tree: FlameTree, row: BoxRow): string {
  const source = sourceOf(tree, row);
  const approximate = tree.approximate ? 'Approximate: rebuilt from caller–callee sums. ' : '';
  if (!source) return `${approximate}No source to open · Double-click: zoom`;
  const opens = source.ofCaller ? `Click: show the caller, ${visibleText(source.place)}` : 'Click: show source';
  return `${approximate}${opens} · Double-click: zoom`;
}
