/** The methods: self and total, as profilers show them, with self by the chosen lens. */
import type { Certainty } from '../src/profile/lens';
import { compileQuery } from '../src/profile/search';
import type { MethodsResult } from '../src/protocol/requests';
import type { Opening } from '../src/protocol/webview';
import { hasSource, placeWithLine } from './boxSelection';
import { amountCell, nameCell, originMark, placeCell } from './cells';
import { element, setText } from './dom';
import type { Figures } from './figures';
import { Grid, type GridColumn } from './grid';
import type { Selection, State } from './state';
import type { Store } from './store';
import { currentAnswer, newestAnswer } from './subjects';
import type { TabView, ViewLinks } from './tab';
import { nameOrNone } from './visibleText';
import { lensHint } from './wording';

export class MethodsView implements TabView {
  readonly element = element('div', { className: 'table-view' });
  private readonly note = element('p', { className: 'table-note' });
  private grid: Grid | null = null;
  private methods: MethodsResult | null = null;
  private figures: Figures | null = null;

  constructor(
    private readonly store: Store,
    private readonly links: ViewLinks,
  ) {
    this.element.append(this.note);
    store.subscribe((state, previous) => this.update(state, previous));
  }

  copyTable(): string {
    return this.grid?.asText() ?? '';
  }

  count(state: State, figures: Figures): string {
    const { phase, refinement } = state;
    if (refinement.length === 0) return phase.kind === 'ready' ? figures.count(phase.summary.methods) : '';
    const methods = currentAnswer(state, 'methods');
    return methods === null ? '' : figures.count(methods.length);
  }

  /** The unit is in the heads of the columns, so the table is made when it is known. */
  setFigures(figures: Figures): void {
    this.figures = figures;
    this.grid?.element.remove();
    this.grid = new Grid(
      'Methods',
      this.columns(figures),
      {
        select: (id) => this.withSelection(id, (selection) => this.store.send({ type: 'select', selection })),
        open: (id, opening) => this.withSelection(id, (selection) => this.open(selection, opening)),
        showInFlame: (id) => this.withSelection(id, (selection) => this.links.showInFlame(selection)),
        menu: (id, x, y) => this.withSelection(id, (selection) => this.links.openMenu(selection, x, y)),
      },
      { column: 'self', descending: true },
    );
    this.element.append(this.grid.element);
    this.fill(this.store.state);
  }

  private update(state: State, previous: State): void {
    if (state.answers.methods !== previous.answers.methods || state.query !== previous.query) this.fill(state);
    if (state.selected !== previous.selected) this.markSelected(state);
  }

  private fill(state: State): void {
    const { grid, figures } = this;
    if (!grid || !figures) return;
    const methods = newestAnswer(state, 'methods');
    this.methods = methods;
    const query = compileQuery(state.query);
    const all = methods === null || state.query.trim() === '' || query.error !== null;
    grid.setRows(
      methods?.length ?? 0,
      all ? null : (id) => query.matches(methods.name[id]!, methods.file[id]!),
      state.locale,
    );
    setText(
      this.note,
      methods
        ? `${lensHint(state.lens)} Total counts a sample once, however often the method is on its stack.`
        : 'Counting methods…',
    );
    const words = methods === null || grid.visibleCount > 0 ? '' : 'No method matches the search.';
    grid.setWords(methods?.length === 0 ? noMethods(state) : words);
    this.markSelected(state);
  }

  private markSelected(state: State): void {
    const frame = state.selected?.frame ?? -1;
    const id = frame < 0 ? -1 : (this.methods?.frame.indexOf(frame) ?? -1);
    if (this.grid?.markSelected(id)) this.grid.reveal(id);
  }

  private withSelection(id: number, act: (selection: Selection) => void): void {
    if (this.methods) act(selectionOfMethod(this.methods, id));
  }

  private open(selection: Selection, opening: Opening): void {
    if (!hasSource(selection.origin, selection.file)) return;
    const { file, definitionLine: line, place } = selection;
    this.links.openSource({ file, line, place, ofCaller: false }, opening);
  }

  private columns(figures: Figures): GridColumn[] {
    const at = <T>(read: (methods: MethodsResult) => T | undefined, none: T): T =>
      this.methods ? (read(this.methods) ?? none) : none;
    const place = (id: number): string =>
      placeWithLine(
        at((methods) => methods.place[id], ''),
        at((methods) => methods.line[id], 0),
      );
    const name = (id: number): string => nameOrNone(at((methods) => methods.name[id], ''));
    const self = (id: number): number => at((methods) => methods.self[id], 0);
    const total = (id: number): number => at((methods) => methods.total[id], 0);
    return [
      {
        id: 'name',
        title: 'Method',
        hint: 'Name as recorded',
        align: 'start',
        width: 'minmax(140px, 3fr)',
        key: name,
        descendingFirst: false,
        fill: (cell, id) => {
          nameCell(cell, name(id), name(id));
          originMark(
            cell,
            at((methods) => methods.origin[id], 0),
          );
        },
      },
      {
        id: 'place',
        title: 'Defined in',
        hint: 'File and line of the definition',
        align: 'start',
        width: 'minmax(140px, 3fr)',
        side: true,
        key: place,
        descendingFirst: false,
        fill: (cell, id) =>
          placeCell(cell, place(id), `${place(id)}\nRecorded as ${at((methods) => methods.file[id], '')}`),
      },
      {
        id: 'self',
        title: `Self ${figures.unit}`,
        hint: 'Charged to the method itself by the chosen lens',
        align: 'end',
        width: 'minmax(178px, 1.8fr)',
        key: self,
        descendingFirst: true,
        fill: (cell, id) => amountCell(cell, figures, self(id), self(0), selfCertainty(this.store.state)),
      },
      {
        id: 'total',
        title: 'Total',
        hint: 'Samples with the method anywhere on the stack, once each',
        align: 'end',
        width: '168px',
        key: total,
        descendingFirst: true,
        fill: (cell, id) => amountCell(cell, figures, total(id), null, 'exact'),
      },
    ];
  }
}

/** Without stacks, what is charged through calls is shared out by the sums of callers. */
function selfCertainty({ phase, lens }: State): Certainty {
  const isShared = phase.kind === 'ready' && phase.summary.detail === 'aggregate' && lens !== 'recorded';
  return isShared ? 'estimate' : 'exact';
}

function noMethods({ refinement }: State): string {
  return refinement.length > 0 ? 'The filters leave no method.' : 'The profile names no methods.';
}

function selectionOfMethod(methods: MethodsResult, id: number): Selection {
  return {
    frame: methods.frame[id]!,
    line: 0,
    name: methods.name[id]!,
    file: methods.file[id]!,
    place: methods.place[id]!,
    definitionLine: methods.line[id]!,
    origin: methods.origin[id]!,
    box: null,
  };
}
