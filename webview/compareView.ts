/** What changed from the baseline: by line or by method, with the figures of both sides. */
import type { Fate, Scaling } from '../src/profile/comparison';
import type { Certainty } from '../src/profile/lens';
import { compileQuery } from '../src/profile/search';
import type { CompareResult, CompareRow } from '../src/protocol/compareRequests';
import type { NamedBaseline } from '../src/protocol/requests';
import type { Opening } from '../src/protocol/webview';
import { hasSource, placeWithLine } from './boxSelection';
import { nameCell, originMark, placeCell } from './cells';
import { changeCell, changeText, comparedWords, isChange } from './changes';
import { button, dropdown } from './controls';
import { element, setText, show } from './dom';
import type { Figures } from './figures';
import { Grid, type GridColumn } from './grid';
import { JobCounts } from './jobCounts';
import type { Selection, State } from './state';
import type { Store } from './store';
import { newestAnswer } from './subjects';
import type { TabView, ViewLinks } from './tab';
import { lensHint } from './wording';

type Rows = 'lines' | 'methods';

const kinds: ReadonlyArray<readonly [Rows, string]> = [
  ['lines', 'By line'],
  ['methods', 'By method'],
];

/** Which rows are shown; `changed` are all but those within chance. */
type Shown = Exclude<Fate, 'same'> | 'changed' | 'all';

const choices: ReadonlyArray<readonly [Shown, string]> = [
  ['changed', 'Changed'],
  ['shrunk', 'Shrunk'],
  ['grown', 'Grown'],
  ['new', 'New'],
  ['vanished', 'Vanished'],
  ['all', 'All'],
];

const scalings: ReadonlyArray<readonly [Scaling['by'], string]> = [
  ['none', 'As recorded'],
  ['total', 'Same total'],
  ['jobs', 'Per job'],
];

export interface CompareLinks {
  choose(): void;
  stop(): void;
  scale(scaling: Scaling): void;
}

export class CompareView implements TabView {
  readonly element = element('div', { className: 'table-view' });
  private readonly bar: HTMLElement;
  private readonly note = element('p', { className: 'table-note' });
  private readonly body = element('div', { className: 'compare-body' });
  private readonly start: HTMLElement;
  private readonly scaling;
  private readonly jobs: JobCounts;
  private grid: Grid | null = null;
  private figures: Figures | null = null;
  private kind: Rows = 'lines';
  private shown: Shown = 'changed';
  private rows: readonly CompareRow[] = [];
  private largest = 0;
  private baseline: NamedBaseline | null = null;

  constructor(
    private readonly store: Store,
    private readonly links: ViewLinks,
    compare: CompareLinks,
  ) {
    const kind = dropdown('Compare by', kinds, (chosen) => {
      this.kind = chosen;
      this.makeGrid();
    });
    const shown = dropdown('Changes to list', choices, (chosen) => {
      this.shown = chosen;
      this.fill(store.state);
    });
    this.scaling = dropdown('What makes both comparable', scalings, (by) => {
      if (by !== 'jobs') compare.scale({ by });
      else compare.scale({ by, before: 1, after: 1 });
    });
    this.scaling.element.title =
      'As recorded: amounts. Same total: the baseline is scaled to this profile, so that changes are changes of share. Per job: it is scaled by the jobs that each profile saw.';
    this.jobs = new JobCounts((before, after) => compare.scale({ by: 'jobs', before, after }));
    this.bar = element(
      'div',
      { className: 'findings-bar compare-bar' },
      kind.element,
      shown.element,
      this.scaling.element,
      this.jobs.element,
      element(
        'span',
        { className: 'findings-steps' },
        button('Other baseline…', () => compare.choose()),
        button('Stop comparing', () => compare.stop()),
      ),
    );
    this.start = element(
      'div',
      { className: 'compare-start' },
      element('p', {
        text: 'Compare this profile with one from before a change: which lines and methods are new, gone, grown or shrunk, in a table, in the flame graph and at the ends of lines in editors.',
      }),
      button('Choose a baseline…', () => compare.choose(), 'primary'),
    );
    this.element.append(this.start, this.bar, this.note, this.body);
    store.subscribe((state, previous) => this.update(state, previous));
    this.showParts(store.state);
  }

  copyTable(): string {
    return this.grid?.asText() ?? '';
  }

  count(state: State, figures: Figures): string {
    const result = newestAnswer(state, 'compare');
    return result === null ? '' : figures.count(result.lines.filter(isChange).length);
  }

  setFigures(figures: Figures): void {
    this.figures = figures;
    this.makeGrid();
  }

  private update(state: State, previous: State): void {
    if (state.phase !== previous.phase) this.showParts(state);
    if (state.answers.compare !== previous.answers.compare || state.query !== previous.query) this.fill(state);
    if (state.selected !== previous.selected) this.markSelected(state);
  }

  private showParts({ phase }: State): void {
    const baseline = phase.kind === 'ready' ? phase.summary.baseline : null;
    this.baseline = baseline;
    show(this.start, baseline === null);
    for (const part of [this.bar, this.note, this.body]) show(part, baseline !== null);
    if (baseline === null) return;
    this.scaling.set(baseline.scaling.by);
    this.jobs.update(baseline.scaling);
  }

  /** Columns differ by kind and carry the unit in their heads. */
  private makeGrid(): void {
    const { figures } = this;
    if (!figures) return;
    const act = (id: number, what: (row: CompareRow) => void): void => {
      const row = this.rows[id];
      if (row) what(row);
    };
    this.grid = new Grid(
      this.kind === 'lines' ? 'Changed lines' : 'Changed methods',
      this.columns(figures),
      {
        select: (id) => act(id, (row) => this.store.send({ type: 'select', selection: selectionOf(row) })),
        open: (id, opening) => act(id, (row) => this.open(row, opening)),
        showInFlame: (id) => act(id, (row) => this.showInFlame(row)),
        menu: (id, x, y) => act(id, (row) => this.links.openMenu(selectionOf(row), x, y)),
      },
      { column: 'change', descending: true },
    );
    this.body.replaceChildren(this.grid.element);
    this.fill(this.store.state);
  }

  private fill(state: State): void {
    const { grid, figures } = this;
    if (!grid || !figures) return;
    const result = newestAnswer(state, 'compare');
    this.rows = result?.[this.kind] ?? [];
    this.largest = this.rows.reduce((most, row) => Math.max(most, Math.abs(row.ownAfter - row.ownBefore)), 0);
    const query = compileQuery(state.query);
    const all = state.query.trim() === '' || query.error !== null;
    const keep = (id: number): boolean => {
      const row = this.rows[id]!;
      return isShown(row, this.shown) && (all || query.matches(row.name, row.file));
    };
    grid.setRows(this.rows.length, keep, state.locale);
    setText(this.note, result ? this.noteOf(result, state, figures) : 'Comparing…');
    grid.setWords(result === null || grid.visibleCount > 0 ? '' : wordsFor(this.shown, all));
    this.markSelected(state);
  }

  private noteOf(result: CompareResult, state: State, figures: Figures): string {
    const words = this.baseline === null ? [] : [`${comparedWords(result, this.baseline, figures)}.`];
    const parts = [...words, lensHint(state.lens)];
    if (result.sampled) parts.push('What may be chance (two standard deviations of the samples) counts as unchanged.');
    const [listed, there] =
      this.kind === 'lines' ? [result.lines.length, result.allLines] : [result.methods.length, result.allMethods];
    if (listed < there) parts.push(`The ${figures.count(listed)} that changed most of ${figures.count(there)}.`);
    return parts.join(' ');
  }

  private markSelected({ selected }: State): void {
    const same = ({ file, name, ...row }: CompareRow): boolean =>
      file === selected?.file && (this.kind === 'lines' ? lineOf(row) === selected.line : name === selected.name);
    this.grid?.markSelected(this.rows.findIndex(same));
  }

  private open(row: CompareRow, opening: Opening): void {
    if (row.line === 0 && row.lineBefore > 0) {
      const text = `${placeWithLine(row.place, row.lineBefore)} is in the baseline only: there is no such ${this.kind === 'lines' ? 'line' : 'method'} in this profile.`;
      this.store.send({ type: 'notice', text });
    } else if (hasSource(row.origin, row.file)) {
      this.links.openSource({ file: row.file, line: row.line, place: row.place, ofCaller: false }, opening);
    }
  }

  private showInFlame(row: CompareRow): void {
    if (this.kind === 'lines') this.links.showLine(row.file, lineOf(row));
    else this.links.showInFlame(selectionOf(row));
  }

  private columns(figures: Figures): GridColumn[] {
    const row = (id: number): CompareRow => this.rows[id]!;
    const certainty = (): Certainty => (newestAnswer(this.store.state, 'compare')?.estimated ? 'estimate' : 'exact');
    const place: GridColumn = {
      id: 'place',
      title: this.kind === 'lines' ? 'Line' : 'Defined in',
      hint: 'File and line in this profile; of what vanished, in the baseline',
      align: 'start',
      width: 'minmax(170px, 3fr)',
      side: this.kind === 'methods',
      key: (id) => placeWithLine(row(id).place, lineOf(row(id))),
      descendingFirst: false,
      fill: (cell, id) => {
        const { place, line, lineBefore, file, origin } = row(id);
        const text = placeWithLine(place, line || lineBefore);
        const moved = line > 0 && lineBefore > 0 && line !== lineBefore ? `\nLine ${lineBefore} in the baseline.` : '';
        placeCell(cell, text, `${text}${moved}\nRecorded as ${file}`);
        if (this.kind === 'lines') originMark(cell, origin);
      },
    };
    const method: GridColumn = {
      id: 'name',
      title: 'Method',
      hint: this.kind === 'lines' ? 'Method around the line' : 'Name as recorded',
      align: 'start',
      width: 'minmax(120px, 2fr)',
      side: this.kind === 'lines',
      key: (id) => row(id).name,
      descendingFirst: false,
      fill: (cell, id) => {
        nameCell(cell, row(id).name, row(id).name);
        if (this.kind === 'methods') originMark(cell, row(id).origin);
      },
    };
    const side = (
      id: 'before' | 'after',
      title: string,
      hint: string,
      read: (row: CompareRow) => number,
    ): GridColumn => ({
      id,
      title,
      hint,
      align: 'end',
      width: '104px',
      side: id === 'before',
      key: (at) => read(row(at)),
      descendingFirst: true,
      fill: (cell, at) => setText(cell, read(row(at)) === 0 ? '–' : figures.bare(read(row(at)), certainty())),
    });
    return [
      ...(this.kind === 'lines' ? [place, method] : [method, place]),
      side('before', 'Before', 'Own in the baseline, scaled as chosen', ({ ownBefore }) => ownBefore),
      side('after', 'After', 'Own in this profile', ({ ownAfter }) => ownAfter),
      {
        id: 'change',
        title: `Change of own ${figures.unit}`,
        hint: 'After less before, charged by the chosen lens; sorted by size',
        align: 'end',
        width: 'minmax(190px, 2fr)',
        key: (id) => Math.abs(row(id).ownAfter - row(id).ownBefore),
        descendingFirst: true,
        fill: (cell, id) => changeCell(cell, figures, row(id), this.largest, certainty()),
      },
      {
        id: 'through',
        title: 'Change through',
        hint: 'After less before, of what has it anywhere on the stack, once each',
        align: 'end',
        width: '130px',
        side: true,
        key: (id) => Math.abs(row(id).throughAfter - row(id).throughBefore),
        descendingFirst: true,
        fill: (cell, id) =>
          setText(cell, changeText(figures, row(id).throughAfter - row(id).throughBefore, certainty())),
      },
    ];
  }
}

function isShown(row: CompareRow, shown: Shown): boolean {
  return shown === 'all' || (isChange(row) && (shown === 'changed' || shown === row.fate));
}

function wordsFor(shown: Shown, all: boolean): string {
  if (!all) return 'No change matches the search.';
  return shown === 'changed' || shown === 'all' ? 'Nothing changed by more than chance.' : `Nothing is ${shown}.`;
}

function lineOf({ line, lineBefore }: Pick<CompareRow, 'line' | 'lineBefore'>): number {
  return line || lineBefore;
}

/** A line has no frame, nor has a method that only the baseline has. */
function selectionOf(row: CompareRow): Selection {
  const { frame, file, place, origin } = row;
  const line = lineOf(row);
  const name = row.name === '' ? placeWithLine(place, line) : row.name;
  return { frame, line: frame < 0 ? line : 0, name, file, place, definitionLine: line, origin, box: null };
}
