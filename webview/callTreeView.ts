/**
 * The call tree as a table that unfolds: the boxes of the flame graph as rows, with figures, for reading and for the
 * keyboard. Rows are asked for as they are unfolded, so a million of them cost what is open.
 */
import { compileQuery, type Query } from '../src/profile/search';
import type { Opening } from '../src/protocol/webview';
import { placeWithLine } from './boxSelection';
import { CallRows } from './callRows';
import { amountCell, nameCell, originMark } from './cells';
import { button, type Toggle } from './controls';
import { element, setText } from './dom';
import type { Figures } from './figures';
import { emptyWords } from './flamePlaces';
import { type Picture, samePicture } from './flameTree';
import { Grid, type GridColumn } from './grid';
import type { Host } from './host';
import { byLineToggle, callersFirstToggle } from './shapeToggles';
import { type Selection, type State, statePicture } from './state';
import type { Store } from './store';
import type { TabView, ViewLinks } from './tab';
import { TreeQuestions } from './treeQuestions';

/** A row that has this share of everything stands open at first: frameworks around the work. */
const trunkShare = 0.95;
/** Rows in sight where the trunk ends. */
const shownOfFork = 8;

export class CallTreeView implements TabView {
  readonly element = element('div', { className: 'table-view tree-view' });
  private readonly note = element('p', { className: 'table-note' });
  private readonly byLine: Toggle;
  private readonly callersFirst: Toggle;
  private readonly questions: TreeQuestions;
  private grid: Grid | null = null;
  private figures: Figures | null = null;
  private rows = new CallRows('callees');
  /** What `rows` are of; null before the first are asked for. */
  private of: { readonly picture: Picture; readonly mapped: number } | null = null;
  private loaded = false;
  private query: Query | null = null;

  constructor(
    private readonly store: Store,
    host: Host,
    private readonly links: ViewLinks,
  ) {
    this.questions = new TreeQuestions(store, host);
    this.byLine = byLineToggle(store);
    this.callersFirst = callersFirstToggle(store);
    const heaviest = button('Expand heaviest path', () => this.expandHeaviest());
    heaviest.title = 'Opens the heaviest call of the selected row, its heaviest call, and so on (e)';
    const collapse = button('Collapse all', () => this.collapseAll());
    const bar = element(
      'div',
      { className: 'flame-bar tree-bar' },
      heaviest,
      collapse,
      this.callersFirst.element,
      this.byLine.element,
    );
    this.element.append(bar, this.note);
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    store.subscribe((state, previous) => this.update(state, previous));
  }

  copyTable(): string {
    return this.grid?.asText() ?? '';
  }

  count(): string {
    return '';
  }

  /** The unit is in the heads of the columns, so the table is made when it is known. */
  setFigures(figures: Figures): void {
    this.figures = figures;
    this.grid?.element.remove();
    this.of = null;
    this.grid = this.makeGrid(figures);
    this.element.append(this.grid.element);
    this.load(this.store.state);
  }

  private makeGrid(figures: Figures): Grid {
    return new Grid(
      'Call tree',
      this.columns(figures),
      {
        select: (id) => this.store.send({ type: 'select', selection: this.rows.selection(id) }),
        open: (id, opening) => this.open(this.rows.selection(id), opening),
        showInFlame: (id) => {
          this.store.send({ type: 'select', selection: this.rows.selection(id) });
          this.store.send({ type: 'tab', tab: 'flame' });
        },
        menu: (id, x, y) => this.links.openMenu(this.rows.selection(id), x, y),
      },
      { column: 'total', descending: true },
      { rows: () => this.rows.outline, unfold: (id, open) => this.unfold(id, open) },
    );
  }

  private update(state: State, previous: State): void {
    if (state.tab !== 'tree') return;
    this.byLine.set(state.groupBy === 'line');
    this.callersFirst.set(state.direction === 'callers');
    this.callersFirst.element.toggleAttribute('disabled', state.base?.approximate === true);
    this.load(state);
    if (state.query !== previous.query || previous.tab !== 'tree') this.setQuery(state.query);
    if (state.selected !== previous.selected || state.base !== previous.base || previous.tab !== 'tree') {
      this.follow(state);
    }
  }

  /** Begins anew when another picture is looked at. */
  private load(state: State): void {
    const picture = statePicture(state);
    const { mapped, phase } = state;
    if (!this.grid || state.tab !== 'tree' || phase.kind !== 'ready') return;
    if (this.of && samePicture(this.of.picture, picture) && this.of.mapped === mapped) return;
    this.of = { picture, mapped };
    this.loaded = false;
    this.rows = new CallRows(picture.direction);
    this.fill();
    this.grid.markSelected(-1);
    void this.questions.ask(-1, 'heaviest', (rows) => {
      this.rows.add(rows);
      this.loaded = true;
      const trunk = this.rows.heaviestPath(-1, trunkShare);
      for (const id of trunk) this.rows.outline.setOpen(id, true);
      this.fill();
      const fork = this.rows.outline.children(trunk.at(-1) ?? -1).slice(0, shownOfFork);
      this.grid?.reveal(fork.at(-1) ?? -1);
      this.follow(this.store.state);
    });
  }

  private fill(): void {
    const { grid, rows, store } = this;
    grid?.setRows(rows.outline.length, null, store.state.locale);
    const words = this.loaded ? emptyWords(store.state) : 'Reading the call tree…';
    grid?.setWords(rows.outline.length > 0 ? '' : words);
    setText(this.note, this.noteText());
  }

  private noteText(): string {
    const { base, direction } = this.store.state;
    const estimated = base?.approximate ? 'Approximate: rebuilt from who called whom; trust the tables. ' : '';
    const { longestCut } = this.rows;
    const most = longestCut > 0 ? (this.figures?.count(longestCut) ?? '') : '';
    const cut = most === '' ? '' : ` Of more than ${most} the heaviest are listed.`;
    const under = direction === 'callees' ? 'what it calls' : 'who calls it';
    return `${estimated}Under each row stands ${under}, heaviest first.${cut}`;
  }

  private setQuery(text: string): void {
    const query = text.trim() === '' ? null : compileQuery(text);
    this.query = query?.error === null ? query : null;
    this.grid?.refresh();
  }

  /** Shows what is selected elsewhere; its rows may have to be asked for. */
  private follow(state: State): void {
    const { grid, rows } = this;
    const box = state.selected?.box;
    const here = state.base !== null && samePicture(state.base, statePicture(state));
    if (!grid || !this.loaded || !here) return;
    if (!box) {
      grid.markSelected(-1);
      return;
    }
    const id = rows.idOf(box.node);
    if (id >= 0) {
      this.show(id);
      return;
    }
    void this.questions.ask(box.node, 'path', (answer) => {
      rows.add(answer);
      const found = rows.idOf(box.node);
      if (found >= 0 && this.store.state.selected?.box?.node === box.node) this.show(found);
    });
  }

  private show(id: number): void {
    const { grid, rows } = this;
    if (!grid) return;
    if (!grid.isInSight(id)) {
      rows.outline.openTo(id);
      this.fill();
    }
    if (!grid.markSelected(id)) return;
    grid.reveal(id);
  }

  private unfold(id: number, open: boolean): void {
    const { rows } = this;
    const settle = (): void => {
      rows.outline.setOpen(id, open);
      this.fill();
    };
    if (!open || !rows.isMissing(id)) {
      settle();
      return;
    }
    void this.questions.ask(rows.row(id).node, 'children', (answer) => {
      rows.add(answer);
      settle();
    });
  }

  private expandHeaviest(): void {
    const { rows, store } = this;
    const box = store.state.selected?.box;
    const from = box ? rows.idOf(box.node) : -1;
    const node = from < 0 ? -1 : rows.row(from).node;
    void this.questions.ask(node, 'heaviest', (answer) => {
      rows.add(answer);
      const path = rows.heaviestPath(from, 0);
      const last = path.pop();
      if (last === undefined) return;
      for (const id of [from, ...path]) if (id >= 0) rows.outline.setOpen(id, true);
      this.fill();
      store.send({ type: 'select', selection: rows.selection(last) });
    });
  }

  private collapseAll(): void {
    this.rows.outline.closeAll();
    this.fill();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'e' || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.expandHeaviest();
  }

  private open({ box }: Selection, opening: Opening): void {
    if (box?.source) this.links.openSource(box.source, opening);
  }

  private columns(figures: Figures): GridColumn[] {
    const certainty = () => (this.store.state.base?.approximate ? 'estimate' : 'exact');
    const name = (id: number): string => this.rows.name(id, this.store.state.groupBy === 'line');
    const place = (id: number): string => {
      const row = this.rows.row(id);
      return placeWithLine(row.place, row.line || row.definitionLine);
    };
    const total = (id: number): number => this.rows.row(id).total;
    const self = (id: number): number => this.rows.row(id).self;
    return [
      {
        id: 'name',
        title: 'Method',
        hint: 'Name as recorded, with the line it was at',
        align: 'start',
        width: 'minmax(200px, 7fr)',
        key: name,
        descendingFirst: false,
        fill: (cell, id) => {
          const row = this.rows.row(id);
          nameCell(cell, name(id), `${name(id)}\n${place(id)}`);
          originMark(cell, row.origin);
          cell.classList.toggle('found', this.query?.matches(row.name, row.file) ?? false);
        },
      },
      {
        id: 'total',
        title: `Total ${figures.unit}`,
        hint: 'Samples that go through this call, and their share of all',
        align: 'end',
        width: '178px',
        key: total,
        descendingFirst: true,
        fill: (cell, id) => amountCell(cell, figures, total(id), null, certainty()),
      },
      {
        id: 'ofParent',
        title: 'Of parent',
        hint: 'Share of the samples of the row that this one stands under',
        align: 'end',
        width: '104px',
        side: true,
        key: (id) => total(id) / this.rows.parentTotal(id),
        descendingFirst: true,
        fill: (cell, id) => {
          const share = figures.shareOf(total(id), this.rows.parentTotal(id));
          nameCell(cell, share, `${share} of the row above`);
        },
      },
      {
        id: 'self',
        title: 'Self',
        hint: 'Samples that end here, as recorded; callers first, those whose stack begins here',
        align: 'end',
        width: '158px',
        side: true,
        key: self,
        descendingFirst: true,
        fill: (cell, id) => amountCell(cell, figures, self(id), null, certainty()),
      },
    ];
  }
}
