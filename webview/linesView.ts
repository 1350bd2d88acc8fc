/** The hot lines: which line of which file allocates, by the chosen lens. */
import { compileQuery } from '../src/profile/search';
import type { HotLineRow } from '../src/protocol/requests';
import type { Opening } from '../src/protocol/webview';
import { placeWithLine } from './boxSelection';
import { amountCell, nameCell, originMark, placeCell } from './cells';
import { element, setText } from './dom';
import type { Figures } from './figures';
import { Grid, type GridColumn } from './grid';
import type { Selection, State } from './state';
import type { Store } from './store';
import { newestAnswer } from './subjects';
import type { TabView, ViewLinks } from './tab';
import { lensHint } from './wording';

export class LinesView implements TabView {
  readonly element = element('div', { className: 'table-view' });
  private readonly note = element('p', { className: 'table-note' });
  private grid: Grid | null = null;
  private rows: readonly HotLineRow[] = [];
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
    const result = newestAnswer(state, 'hotLines');
    return result === null ? '' : figures.count(result.hot);
  }

  /** The unit is in the heads of the columns, so the table is made when it is known. */
  setFigures(figures: Figures): void {
    this.figures = figures;
    this.grid?.element.remove();
    this.grid = new Grid(
      'Hot lines',
      this.columns(figures),
      {
        select: (id) => this.store.send({ type: 'select', selection: selectionOfLine(this.rows[id]!) }),
        open: (id, opening) => this.open(this.rows[id]!, opening),
        showInFlame: (id) => this.links.showLine(this.rows[id]!.file, this.rows[id]!.line),
        menu: (id, x, y) => this.links.openMenu(selectionOfLine(this.rows[id]!), x, y),
      },
      { column: 'own', descending: true },
    );
    this.element.append(this.grid.element);
    this.fill(this.store.state);
  }

  private update(state: State, previous: State): void {
    if (state.answers.hotLines !== previous.answers.hotLines || state.query !== previous.query) this.fill(state);
    if (state.selected !== previous.selected) this.markSelected(state);
  }

  private fill(state: State): void {
    const { grid, figures } = this;
    if (!grid || !figures) return;
    const result = newestAnswer(state, 'hotLines');
    this.rows = result?.rows ?? [];
    const query = compileQuery(state.query);
    const all = state.query.trim() === '' || query.error !== null;
    const keep = all ? null : (id: number) => query.matches(this.rows[id]!.method, this.rows[id]!.file);
    grid.setRows(this.rows.length, keep, state.locale);
    setText(this.note, result ? noteOf(state, figures) : 'Counting lines…');
    grid.setWords(wordsFor(state, grid.visibleCount));
    this.markSelected(state);
  }

  private markSelected(state: State): void {
    const { selected } = state;
    const id = selected ? this.rows.findIndex((row) => row.file === selected.file && row.line === selected.line) : -1;
    if (this.grid?.markSelected(id)) this.grid.reveal(id);
  }

  private open(row: HotLineRow, opening: Opening): void {
    this.links.openSource({ file: row.file, line: row.line, place: row.place, ofCaller: false }, opening);
  }

  private columns(figures: Figures): GridColumn[] {
    const unit = figures.unit;
    return [
      {
        id: 'place',
        title: 'Line',
        hint: 'File and line',
        align: 'start',
        width: 'minmax(140px, 3fr)',
        key: (id) => placeWithLine(this.rows[id]!.place, this.rows[id]!.line),
        descendingFirst: false,
        fill: (cell, id) => {
          const row = this.rows[id]!;
          const place = placeWithLine(row.place, row.line);
          placeCell(cell, place, `${place}\n${row.mapped ? '' : 'Not in this workspace. '}Recorded as ${row.file}`);
          originMark(cell, row.origin);
        },
      },
      {
        id: 'method',
        title: 'Method',
        hint: 'Method around the line',
        align: 'start',
        width: 'minmax(120px, 2fr)',
        side: true,
        key: (id) => this.rows[id]!.method,
        descendingFirst: false,
        fill: (cell, id) => nameCell(cell, this.rows[id]!.method, this.rows[id]!.method),
      },
      {
        id: 'own',
        title: `Own ${unit}`,
        hint: 'Charged to the line itself by the chosen lens',
        align: 'end',
        width: 'minmax(178px, 1.8fr)',
        key: (id) => this.rows[id]!.own,
        descendingFirst: true,
        fill: (cell, id) => {
          const row = this.rows[id]!;
          amountCell(cell, figures, row.own, this.rows[0]!.own, row.certainty);
        },
      },
      {
        id: 'through',
        title: `Through`,
        hint: 'Samples with the line anywhere on the stack, once each',
        align: 'end',
        width: '168px',
        key: (id) => this.rows[id]!.through,
        descendingFirst: true,
        fill: (cell, id) => {
          const row = this.rows[id]!;
          amountCell(cell, figures, row.through, null, row.throughCertainty);
        },
      },
      {
        id: 'mostly',
        title: 'Top callee',
        hint: 'The method under the line that makes most of its own, with its share of that',
        align: 'start',
        width: 'minmax(120px, 2fr)',
        side: true,
        key: (id) => this.rows[id]!.mostly?.name ?? '',
        descendingFirst: false,
        fill: (cell, id) => {
          const { mostly, own } = this.rows[id]!;
          const text = mostly === null ? '' : `${figures.shareOf(mostly.samples, own)} ${mostly.name}`;
          nameCell(cell, text, text);
        },
      },
    ];
  }
}

/** A hot line as a selection: it has no frame, the line itself is what is selected. */
export function selectionOfLine(row: HotLineRow): Selection {
  const { file, place, line, origin } = row;
  const name = row.method === '' ? placeWithLine(place, line) : row.method;
  return { frame: -1, line, name, file, place, definitionLine: line, origin, box: null };
}

function noteOf(state: State, figures: Figures): string {
  const result = newestAnswer(state, 'hotLines');
  if (!result) return '';
  const { rows, total, elsewhere } = result;
  const parts = [lensHint(state.lens)];
  // Less than half a sample is what rounding leaves.
  if (elsewhere >= 0.5) parts.push(`${figures.amount(elsewhere)} (${figures.share(elsewhere)}) charged to no line.`);
  if (rows.length < total) parts.push(`The ${figures.count(rows.length)} heaviest of ${figures.count(total)} lines.`);
  return parts.join(' ');
}

function wordsFor(state: State, visible: number): string {
  const result = newestAnswer(state, 'hotLines');
  if (!result || visible > 0) return '';
  if (result.rows.length > 0) return 'No line matches the search.';
  if (state.refinement.length > 0) return 'The filters leave no line.';
  if (state.phase.kind === 'ready' && state.phase.summary.problems.some(({ code }) => code === 'no-lines'))
    return 'The profile has no line numbers: only methods can be shown.';
  if (state.lens === 'mine') {
    return 'No sample reaches a file of this workspace. If the profile comes from this code, look at the paths above; or charge to the caller instead.';
  }
  return 'The profile has no lines to charge samples to.';
}
