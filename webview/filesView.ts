/** Files and gems: what every package allocates, under it its files, under them their methods. */
import type { Certainty } from '../src/profile/lens';
import { compileQuery } from '../src/profile/search';
import type { MethodsResult, RollUpResult } from '../src/protocol/requests';
import type { Opening } from '../src/protocol/webview';
import { hasSource } from './boxSelection';
import { amountCell, nameCell, originMark, placeCell, wholeCell } from './cells';
import { element, setText } from './dom';
import type { Figures } from './figures';
import { type FileTree, type FileTreeRow, fileTree } from './fileTree';
import { Grid, type GridColumn } from './grid';
import { openMenu } from './menu';
import { packageItems } from './selectionActions';
import type { Selection, State } from './state';
import type { Store } from './store';
import { currentAnswer } from './subjects';
import type { TabView, ViewLinks } from './tab';
import { lensHint } from './wording';

/** The answers that the rows are made of. */
interface Sums {
  readonly packages: RollUpResult;
  readonly files: RollUpResult;
  readonly methods: MethodsResult;
}

export class FilesView implements TabView {
  readonly element = element('div', { className: 'table-view' });
  private readonly note = element('p', { className: 'table-note' });
  private grid: Grid | null = null;
  private figures: Figures | null = null;
  private sums: Sums | null = null;
  private tree: FileTree = fileTree(null);
  /** Keys of open rows: they stay open when sums are new. */
  private readonly opened = new Set(['package app']);

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

  count(): string {
    return '';
  }

  /** The unit is in the heads of the columns, so the table is made when it is known. */
  setFigures(figures: Figures): void {
    this.figures = figures;
    this.grid?.element.remove();
    this.grid = new Grid(
      'Files and gems',
      this.columns(figures),
      {
        select: (id) => this.store.send({ type: 'select', selection: selectionOfRow(this.tree.rows[id]!) }),
        open: (id, opening) => this.open(id, opening),
        showInFlame: (id) => this.showInFlame(this.tree.rows[id]!),
        menu: (id, x, y) => this.openMenu(this.tree.rows[id]!, x, y),
      },
      { column: 'own', descending: true },
      { rows: () => this.tree.outline, unfold: (id, open) => this.unfold(id, open) },
    );
    this.element.append(this.grid.element);
    this.sums = null;
    this.update(this.store.state, null);
  }

  private update(state: State, previous: State | null): void {
    if (state.tab !== 'files' || !this.grid) return;
    const { grid } = this;
    const sums = sumsOf(state);
    const fresh = sums !== null && !sameSums(sums, this.sums);
    if (fresh) this.takeSums(sums);
    if (fresh || sums === null || state.query !== previous?.query || previous?.tab !== 'files') this.fill(state, sums);
    if (state.selected !== previous?.selected || fresh || previous?.tab !== 'files') {
      const id = rowOfSelection(this.tree, state.selected);
      if (grid.markSelected(id) && id >= 0) grid.reveal(id);
    }
  }

  private takeSums(sums: Sums): void {
    this.sums = sums;
    this.tree = fileTree(sums);
    this.tree.rows.forEach((row, id) => {
      if (this.opened.has(row.key)) this.tree.outline.setOpen(id, true);
    });
  }

  private fill(state: State, sums: Sums | null): void {
    const { grid, tree, figures } = this;
    if (!grid || !figures) return;
    const query = compileQuery(state.query);
    const all = state.query.trim() === '' || query.error !== null;
    grid.setRows(tree.rows.length, all ? null : (id) => matches(tree.rows[id]!, query), state.locale);
    setText(this.note, sums === null ? 'Adding up files and gems…' : noteOf(state, sums.packages, figures));
    const words = sums === null || grid.visibleCount > 0 ? '' : 'No file, gem or method matches the search.';
    grid.setWords(sums?.packages.length === 0 ? noFiles(state) : words);
  }

  private unfold(id: number, open: boolean): void {
    const { key } = this.tree.rows[id]!;
    if (open) this.opened.add(key);
    else this.opened.delete(key);
    this.tree.outline.setOpen(id, open);
    this.fill(this.store.state, this.sums);
  }

  /** A file or a package has no line to open: it unfolds. */
  private open(id: number, opening: Opening): void {
    const row = this.tree.rows[id]!;
    if (row.kind !== 'method') {
      if (opening === 'go') this.unfold(id, !this.tree.outline.isOpen(id));
      return;
    }
    const { file, line, origin } = row;
    if (hasSource(origin, file)) this.links.openSource({ file, line, place: row.place, ofCaller: false }, opening);
  }

  private showInFlame(row: FileTreeRow): void {
    if (row.kind === 'method') this.links.showInFlame(selectionOfRow(row));
  }

  private openMenu(row: FileTreeRow, x: number, y: number): void {
    if (row.kind === 'package') openMenu(x, y, this.canFilter() ? [packageItems(this.store, row.package)] : []);
    else this.links.openMenu(selectionOfRow(row), x, y);
  }

  private canFilter(): boolean {
    const { phase } = this.store.state;
    return phase.kind === 'ready' && phase.summary.detail !== 'aggregate';
  }

  private columns(figures: Figures): GridColumn[] {
    const row = (id: number): FileTreeRow => this.tree.rows[id]!;
    const own = (id: number): number => row(id).own;
    const through = (id: number): number => row(id).through;
    const certainty = (exact: boolean | undefined): Certainty => (exact === false ? 'estimate' : 'exact');
    return [
      {
        id: 'name',
        title: 'Gem, file, method',
        hint: 'Packages with their files, files with their methods',
        align: 'start',
        width: 'minmax(140px, 3fr)',
        key: (id) => row(id).label,
        descendingFirst: false,
        fill: (cell, id) => {
          const { kind, label, file, origin } = row(id);
          const write = kind === 'file' ? placeCell : wholeCell;
          write(cell, label, file === '' ? label : `${label}\nRecorded as ${file}`);
          originMark(cell, origin);
        },
      },
      {
        id: 'contents',
        title: 'With samples',
        hint: 'How many of its files and methods have samples',
        align: 'start',
        width: 'minmax(160px, 1.4fr)',
        side: true,
        key: (id) => row(id).methods,
        descendingFirst: true,
        fill: (cell, id) => {
          const text = contentsOf(row(id), figures);
          nameCell(cell, text, text);
        },
      },
      {
        id: 'own',
        title: `Own ${figures.unit}`,
        hint: 'Charged to it by the chosen lens',
        align: 'end',
        width: 'minmax(178px, 1.8fr)',
        key: own,
        descendingFirst: true,
        fill: (cell, id) =>
          amountCell(cell, figures, own(id), this.sums?.packages.own[0] ?? 0, certainty(this.sums?.packages.ownExact)),
      },
      {
        id: 'through',
        title: 'Through',
        hint: 'Samples with any of its methods on the stack, once each: rows overlap',
        align: 'end',
        width: '168px',
        key: through,
        descendingFirst: true,
        fill: (cell, id) => amountCell(cell, figures, through(id), null, certainty(this.sums?.packages.throughExact)),
      },
    ];
  }
}

function sumsOf(state: State): Sums | null {
  const packages = currentAnswer(state, 'packages');
  const files = currentAnswer(state, 'files');
  const methods = currentAnswer(state, 'methods');
  return packages && files && methods && { packages, files, methods };
}

function sameSums(a: Sums, b: Sums | null): boolean {
  return b !== null && a.packages === b.packages && a.files === b.files && a.methods === b.methods;
}

function matches({ label, file }: FileTreeRow, query: { matches(name: string, file: string): boolean }): boolean {
  return query.matches(label, file);
}

function contentsOf({ kind, files, methods }: FileTreeRow, figures: Figures): string {
  const count = (n: number, one: string): string => `${figures.count(n)} ${n === 1 ? one : `${one}s`}`;
  if (kind === 'method') return '';
  return kind === 'file' ? count(methods, 'method') : `${count(files, 'file')}, ${count(methods, 'method')}`;
}

function noteOf({ lens }: State, { elsewhere }: RollUpResult, figures: Figures): string {
  const rest = elsewhere > 0 ? ` ${figures.share(elsewhere)} of all samples is charged to none of these.` : '';
  return `${lensHint(lens)} Through counts a sample once per row.${rest}`;
}

function noFiles({ refinement }: State): string {
  return refinement.length > 0 ? 'The filters leave no file.' : 'The profile names no files.';
}

/** A package or a file is no method: its filters are those of the menu. */
function selectionOfRow(row: FileTreeRow): Selection {
  const { frame, label, file, place, line, origin } = row;
  return { frame, line: 0, name: label, file, place, definitionLine: line, origin, box: null };
}

function rowOfSelection({ rows }: FileTree, selected: Selection | null): number {
  if (selected === null) return -1;
  const { frame, file, name } = selected;
  if (frame >= 0) return rows.findIndex((row) => row.frame === frame);
  if (file !== '') return rows.findIndex((row) => row.kind === 'file' && row.file === file);
  return rows.findIndex((row) => row.kind === 'package' && row.label === name);
}
