/**
 * A sortable table that keeps only the rows in view in the page: 20,000 rows scroll like 20. An ARIA grid with one row in
 * the tab order; arrows, Page Up/Down, Home and End move it, Enter goes to its source, Space shows it. With an outline, rows
 * are under rows (a tree grid): right unfolds or goes down, left folds or goes up.
 */
import type { Opening } from '../src/protocol/webview';
import { element, setText } from './dom';
import type { Outline, OutlinePlace } from './outline';
import { rowOrder, rowWindow, type Sort, type SortKey, sortRows } from './rowOrder';

/** Height of a row, CSS pixels; the style sheet has the same. */
const rowPx = 24;

export interface GridColumn {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly align: 'start' | 'end';
  /** A track of `grid-template-columns`. */
  readonly width: string;
  readonly key: SortKey;
  /** Gives way where the view is narrow. */
  readonly side?: boolean;
  /** Numbers sort largest first at the first click. */
  readonly descendingFirst: boolean;
  /** Writes row `id` into a cell that may show another row. */
  fill(cell: HTMLElement, id: number): void;
}

export interface GridHandlers {
  /** The row became the selected one. */
  select(id: number): void;
  /** A click or Space shows the source; a double click, Enter or `o` goes there. */
  open(id: number, opening: Opening): void;
  showInFlame(id: number): void;
  /** The row's menu, at a point of the page. */
  menu(id: number, x: number, y: number): void;
}

/** Rows under rows: the first column has the fold. */
export interface GridOutline {
  /** The rows as they are now. */
  rows(): Outline;
  /** The row is to be opened or closed; `setRows` follows when its rows are here. */
  unfold(id: number, open: boolean): void;
}

interface RowElement {
  readonly element: HTMLElement;
  readonly cells: readonly HTMLElement[];
}

export class Grid {
  readonly element: HTMLElement;
  private readonly grid: HTMLElement;
  private readonly head: HTMLElement;
  private readonly scroller = element('div', { className: 'grid-body', attributes: { role: 'rowgroup' } });
  private readonly spacer = element('div', { className: 'grid-spacer', attributes: { role: 'presentation' } });
  private readonly words = element('p', { className: 'grid-empty' });
  private readonly shown = new Map<number, RowElement>();
  private readonly spare: RowElement[] = [];
  private order: Int32Array = new Int32Array(0);
  private count = 0;
  private keep: ((id: number) => boolean) | null = null;
  private locale = 'en';
  private active = 0;
  private selectedId = -1;
  private frameAsked = false;

  constructor(
    label: string,
    private readonly columns: readonly GridColumn[],
    private readonly handlers: GridHandlers,
    /** How the rows come from the server; sorting by it again changes nothing. */
    private sort: Sort,
    private readonly outline: GridOutline | null = null,
  ) {
    this.head = this.makeHead();
    this.markSorted();
    const attributes = {
      role: outline ? 'treegrid' : 'grid',
      'aria-label': label,
      'aria-colcount': String(columns.length),
    };
    this.grid = element('div', { className: 'grid-table', attributes }, this.scroller);
    this.element = element('div', { className: 'grid' }, this.grid, this.words);
    const tracks = (shown: readonly GridColumn[]): string => shown.map((column) => column.width).join(' ');
    this.element.style.setProperty('--grid-columns', tracks(columns));
    this.element.style.setProperty('--grid-main-columns', tracks(columns.filter((column) => !column.side)));
    this.scroller.append(this.head, this.spacer);
    this.scroller.addEventListener('scroll', () => this.needRender(), { passive: true });
    this.scroller.addEventListener('keydown', (event) => this.onKey(event));
    this.scroller.addEventListener('click', (event) => this.onClick(event));
    this.scroller.addEventListener('contextmenu', (event) => this.onMenu(event));
    new ResizeObserver(() => this.needRender()).observe(this.scroller);
  }

  /** Rows `0 .. count` that pass `keep`. Scroll position and sorting stay. */
  setRows(count: number, keep: ((id: number) => boolean) | null, locale: string): void {
    this.count = count;
    this.keep = keep;
    this.locale = locale;
    this.reorder();
  }

  /** One sentence instead of rows, or empty. */
  setWords(words: string): void {
    setText(this.words, words);
    this.words.hidden = words === '';
  }

  get visibleCount(): number {
    return this.order.length;
  }

  /** Brings a row in sight; the focus stays where it is. */
  reveal(id: number): void {
    const at = this.order.indexOf(id);
    if (at < 0) return;
    this.scrollIntoView(at);
    this.render();
  }

  isInSight(id: number): boolean {
    return this.order.includes(id);
  }

  /** False when it was the selected one already. */
  markSelected(id: number): boolean {
    if (this.selectedId === id) return false;
    this.selectedId = id;
    const at = this.order.indexOf(id);
    this.keepingFocus(() => {
      if (at >= 0) this.active = at;
      this.render();
    });
    return true;
  }

  /** Redraws cells whose content depends on more than the rows. */
  refresh(): void {
    this.keepingFocus(() => {
      for (const at of [...this.shown.keys()]) this.retire(at);
      this.render();
    });
  }

  /** Rows are taken out of the page and back: a focus on one of them goes to the active one. */
  private keepingFocus(change: () => void): void {
    const hadFocus = this.spacer.contains(document.activeElement);
    change();
    if (hadFocus) this.shown.get(this.active)?.element.focus({ preventScroll: true });
  }

  /** All rows as they are sorted and folded: a line each, tabs between columns, heads first. Rows under rows are indented. */
  asText(): string {
    const heads = this.columns.map(({ title }) => title);
    const row = this.makeRow();
    const lines = Array.from(this.order, (id) => {
      const cells = this.columns.map((column, index) => {
        const cell = row.cells[index]!;
        column.fill(cell, id);
        return cellText(cell);
      });
      const level = this.outline ? this.outline.rows().place(id).level : 1;
      return `${'  '.repeat(level - 1)}${cells.join('\t')}`;
    });
    return lines.length === 0 ? '' : [heads.join('\t'), ...lines].join('\n');
  }

  private makeHead(): HTMLElement {
    const row = element('div', { className: 'grid-row grid-head', attributes: { role: 'row', 'aria-rowindex': '1' } });
    for (const column of this.columns) {
      const cell = element('div', { className: cellClass(column), attributes: { role: 'columnheader' } });
      const sorter = element(
        'button',
        { className: 'grid-sort', title: column.hint },
        element('span', { text: column.title }),
      );
      sorter.addEventListener('click', () => this.sortBy(column));
      cell.append(sorter);
      row.append(cell);
    }
    return row;
  }

  private sortBy(column: GridColumn): void {
    const again = this.sort.column === column.id;
    this.sort = { column: column.id, descending: again ? !this.sort.descending : column.descendingFirst };
    this.markSorted();
    this.scroller.scrollTop = 0;
    this.reorder();
  }

  private markSorted(): void {
    this.columns.forEach(({ id }, index) => {
      const cell = this.head.children[index];
      if (id === this.sort.column) cell?.setAttribute('aria-sort', this.sort.descending ? 'descending' : 'ascending');
      else cell?.removeAttribute('aria-sort');
    });
  }

  private reorder(): void {
    const column = this.columns.find(({ id }) => id === this.sort.column);
    const active = this.order[this.active];
    this.order = this.ordered(column?.key ?? null);
    const at = this.order.indexOf(this.selectedId);
    this.active = Math.max(0, at < 0 && active !== undefined ? this.order.indexOf(active) : at);
    this.spacer.style.height = `${this.order.length * rowPx}px`;
    this.grid.setAttribute('aria-rowcount', String(this.order.length + 1));
    this.refresh();
  }

  private ordered(key: SortKey | null): Int32Array {
    const { count, keep, sort, locale, outline } = this;
    if (!outline) return rowOrder(count, keep, key, sort.descending, locale);
    const rows = outline.rows();
    rows.sortBy((family) => {
      const ids = [...family];
      if (key !== null) sortRows(ids, key, sort.descending, locale);
      return ids;
    });
    return rows.inSight(keep);
  }

  private needRender(): void {
    if (this.frameAsked) return;
    this.frameAsked = true;
    requestAnimationFrame(() => {
      this.frameAsked = false;
      this.render();
    });
  }

  /** Rows in view, and the active one wherever it is: removing it would lose the focus. */
  private render(): void {
    const { scrollTop, clientHeight } = this.scroller;
    const { first, last } = rowWindow(scrollTop, clientHeight - rowPx, rowPx, this.order.length);
    for (const at of [...this.shown.keys()]) if ((at < first || at >= last) && at !== this.active) this.retire(at);
    for (let at = first; at < last; at++) this.place(at);
    if (this.active < this.order.length) this.place(this.active);
    for (const [at, row] of this.shown) {
      row.element.tabIndex = at === this.active ? 0 : -1;
      row.element.setAttribute('aria-selected', String(this.order[at] === this.selectedId));
    }
  }

  private place(at: number): void {
    if (this.shown.has(at)) return;
    const row = this.spare.pop() ?? this.makeRow();
    const id = this.order[at]!;
    this.columns.forEach((column, index) => {
      column.fill(row.cells[index]!, id);
    });
    row.element.style.transform = `translateY(${at * rowPx}px)`;
    row.element.setAttribute('aria-rowindex', String(at + 2));
    row.element.dataset.at = String(at);
    if (this.outline) showPlace(row, this.outline.rows().place(id));
    this.shown.set(at, row);
    this.spacer.append(row.element);
  }

  private retire(at: number): void {
    const row = this.shown.get(at);
    if (!row) return;
    this.shown.delete(at);
    row.element.remove();
    this.spare.push(row);
  }

  private makeRow(): RowElement {
    const made = element('div', { className: 'grid-row', attributes: { role: 'row' } });
    const cells = this.columns.map((column) =>
      element('div', { className: cellClass(column), attributes: { role: 'gridcell' } }),
    );
    if (this.outline) {
      cells[0]!.classList.add('outline-cell');
      cells[0]!.prepend(element('span', { className: 'twist', attributes: { 'aria-hidden': 'true' } }));
    }
    made.append(...cells);
    return { element: made, cells };
  }

  /** The menu key comes as the same event as a right click, at the focused row. */
  private onMenu(event: MouseEvent): void {
    const at = rowUnder(event);
    if (at === null) return;
    event.preventDefault();
    this.activate(at);
    this.handlers.menu(this.order[at]!, event.clientX, event.clientY);
  }

  private onClick(event: MouseEvent): void {
    const at = rowUnder(event);
    if (at === null) return;
    this.activate(at);
    const id = this.order[at]!;
    const folds = event.target instanceof Element && event.target.classList.contains('twist');
    if (this.outline && folds) this.outline.unfold(id, !this.outline.rows().isOpen(id));
    else this.handlers.open(id, event.detail > 1 ? 'go' : 'preview');
  }

  /** Right and left in a tree: unfold or to the first row under it, fold or to the row above. Null: not a matter of folds. */
  private foldFor(key: string, id: number): (() => void) | null {
    const { outline } = this;
    if (!outline || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return null;
    const { open } = outline.rows().place(id);
    if (key === 'ArrowRight') {
      if (open === null) return () => undefined;
      return open ? () => this.activate(this.active + 1) : () => outline.unfold(id, true);
    }
    if (open) return () => outline.unfold(id, false);
    const above = this.order.indexOf(outline.rows().parent(id));
    return () => above >= 0 && this.activate(above);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Keys on a column's head are the head's own.
    if (event.target instanceof Node && this.head.contains(event.target)) return;
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / rowPx) - 2);
    const target = targetOf(event.key, this.active, page, this.order.length);
    const id = this.order[this.active];
    const fold = id === undefined ? null : this.foldFor(event.key, id);
    if (fold) fold();
    else if (target !== null) this.activate(target);
    else if (id !== undefined && (event.key === 'Enter' || event.key === 'o')) this.handlers.open(id, 'go');
    else if (id !== undefined && event.key === ' ') this.handlers.open(id, 'preview');
    else if (id !== undefined && event.key === 'f') this.handlers.showInFlame(id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private activate(at: number): void {
    if (this.order.length === 0) return;
    this.active = Math.min(Math.max(at, 0), this.order.length - 1);
    this.scrollIntoView(this.active);
    const id = this.order[this.active]!;
    this.selectedId = id;
    this.render();
    this.shown.get(this.active)?.element.focus({ preventScroll: true });
    this.handlers.select(id);
  }

  private scrollIntoView(at: number): void {
    const top = at * rowPx;
    const { scrollTop, clientHeight } = this.scroller;
    // The head, one row high, stays on top of the rows.
    const room = clientHeight - rowPx;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + rowPx > scrollTop + room) this.scroller.scrollTop = top + rowPx - room;
  }
}

/** The row's level, fold and place among its siblings, to see and to be read. */
function showPlace({ element: made, cells }: RowElement, { level, open, position, siblings }: OutlinePlace): void {
  made.setAttribute('aria-level', String(level));
  made.setAttribute('aria-posinset', String(position));
  made.setAttribute('aria-setsize', String(siblings));
  if (open === null) made.removeAttribute('aria-expanded');
  else made.setAttribute('aria-expanded', String(open));
  cells[0]!.style.setProperty('--indent', `${indentPx(level)}px`);
}

/** Stacks are deep: further down, levels move in by less. */
function indentPx(level: number): number {
  const steps = level - 1;
  return Math.min(steps, 10) * 10 + Math.min(Math.max(steps - 10, 0), 60) * 2;
}

function rowUnder(event: MouseEvent): number | null {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.grid-row') : null;
  const at = Number(row?.dataset.at ?? Number.NaN);
  return Number.isInteger(at) ? at : null;
}

/** What a cell says; a path is one word, figures are several. */
function cellText(cell: HTMLElement): string {
  const parts = [...cell.querySelectorAll('.amount, .share')].map((part) => part.textContent ?? '');
  const text = parts.length === 0 ? (cell.textContent ?? '') : parts.filter((part) => part !== '').join(' ');
  return text.replace(/\s+/g, ' ').trim();
}

function cellClass(column: GridColumn): string {
  return `grid-cell ${column.align}${column.side ? ' aside' : ''}`;
}

function targetOf(key: string, active: number, page: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + page;
    case 'PageUp':
      return active - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
