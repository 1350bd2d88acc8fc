/** Finds the boxes of a place, a method or what a reload left selected, now or as soon as boxes that may hold them are here. */
import type { CallRow } from '../src/protocol/requests';
import type { BoxQuestions } from './boxQuestions';
import { selectionOf } from './boxSelection';
import {
  type BoxRow,
  boxesLike,
  type FlameTree,
  heaviestRow,
  heaviestRowAt,
  rowOfNode,
  samePicture,
} from './flameTree';
import { type Selection, type State, statePicture } from './state';
import type { StateSource } from './store';

type Target =
  | { readonly kind: 'place'; readonly file: string; readonly line: number }
  | { readonly kind: 'method'; readonly frame: number; readonly line: number; readonly name: string };

export class Reveal {
  private pending: Target | null = null;

  constructor(
    private readonly store: StateSource,
    private readonly questions: BoxQuestions,
    /** Zooms to the selected box. */
    private readonly zoom: () => void,
  ) {
    store.subscribe((state, previous) => {
      if (state.base !== previous.base && state.base) this.onBase(state, state.base);
      else if (state.selected !== previous.selected) this.giveBox(state);
      else if (state.detail !== previous.detail) this.giveSource(state);
    });
  }

  /** Selects the heaviest box of a source line and zooms to it. Lines need boxes split by line. */
  place(file: string, line: number): void {
    const { store } = this;
    this.pending = { kind: 'place', file, line };
    store.send({ type: 'tab', tab: 'flame' });
    const { phase, groupBy } = store.state;
    const hasLines = phase.kind === 'ready' && phase.summary.detail === 'raw_lines';
    if (hasLines && groupBy !== 'line') store.send({ type: 'groupBy', groupBy: 'line' });
    this.tryPending();
  }

  /** Selects the heaviest box of a source line where one is here; nothing else moves. False where none is. */
  follow(file: string, line: number): boolean {
    const { base } = this.store.state;
    const row = base ? heaviestRowAt(base, file, line) : -1;
    if (!base || row < 0) return false;
    this.store.send({ type: 'select', selection: selectionOf(base, row) });
    return true;
  }

  /** Shows the heaviest box of a method in the flame graph. */
  method({ frame, line, name, file }: Pick<Selection, 'frame' | 'line' | 'name' | 'file'>): void {
    if (frame < 0) {
      this.place(file, line);
      return;
    }
    this.pending = { kind: 'method', frame, line, name };
    this.store.send({ type: 'tab', tab: 'flame' });
    this.tryPending();
  }

  /** A caller or callee becomes the selection; in the flame graph its heaviest box, without moving the picture. */
  call(row: CallRow): void {
    const { base, tab } = this.store.state;
    const found = tab === 'flame' && base ? heaviestRow(base, row.frame, 0) : -1;
    const { frame, name, file, place, line: definitionLine, origin } = row;
    const selection: Selection =
      base && found >= 0
        ? selectionOf(base, found)
        : { frame, line: 0, name, file, place, definitionLine, origin, box: null };
    this.store.send({ type: 'select', selection });
  }

  /** Selects the next (or previous) box of the selected one's line or method, widest first, round at the ends, and zooms to it. */
  step(by: 1 | -1): void {
    const { base, selected } = this.store.state;
    if (!base || !selected?.box) return;
    const { at, rows } = occurrencesOf(base, selected);
    const from = at < 0 && by < 0 ? 0 : at;
    const row = rows[(from + by + rows.length) % rows.length];
    if (row === undefined || at === rows.indexOf(row)) return;
    this.store.send({ type: 'select', selection: selectionOf(base, row) });
    this.zoom();
  }

  private onBase(state: State, base: FlameTree): void {
    if (this.pending) {
      this.tryPending();
      return;
    }
    // What a reload left, or another picture had selected: the heaviest box of the method takes over.
    const { restoring, selected, tab } = state;
    const wanted = restoring ?? (tab === 'flame' && selected?.box === null ? selected : null);
    if (!wanted || wanted.frame < 0) {
      this.giveBox(state);
      return;
    }
    const row = heaviestRow(base, wanted.frame, base.groupBy === 'line' ? wanted.line : 0);
    if (row >= 0) this.store.send({ type: 'select', selection: selectionOf(base, row) });
  }

  /** What is selected in a table is marked in the flame graph too: at its heaviest box. */
  private giveBox({ selected, base }: State): void {
    if (!selected || selected.box || !base) return;
    const { frame, line, file } = selected;
    const row =
      frame < 0 ? heaviestRowAt(base, file, line) : heaviestRow(base, frame, base.groupBy === 'line' ? line : 0);
    if (row >= 0) this.store.send({ type: 'box', box: selectionOf(base, row).box });
  }

  /** A box that was too narrow for the boxes that were here had no callers: one of them may have its source. */
  private giveSource({ selected, detail }: State): void {
    if (!selected?.box || selected.box.source || !detail) return;
    const row = rowOfNode(detail, selected.box.node);
    const box = row < 0 ? null : selectionOf(detail, row).box;
    if (box?.source) this.store.send({ type: 'box', box });
  }

  private tryPending(): void {
    const { state } = this.store;
    const { base } = state;
    const target = this.pending;
    if (!target || !base || !samePicture(base, statePicture(state))) return;
    const row = rowOf(base, target);
    if (row >= 0) {
      this.pending = null;
      this.store.send({ type: 'select', selection: selectionOf(base, row) });
      this.zoom();
      return;
    }
    if (this.questions.refineBase()) return;
    this.pending = null;
    this.store.send({ type: 'notice', text: notFound(target) });
  }
}

/** Where the selected box is among the boxes of its line or method that are here; `at` -1 when it is too narrow to be one. */
export function occurrencesOf(
  base: FlameTree,
  selected: Selection,
): { readonly at: number; readonly rows: readonly BoxRow[] } {
  const rows = boxesLike(base, selected);
  return { at: rows.findIndex((row) => base.node[row] === selected.box?.node), rows };
}

function rowOf(base: FlameTree, target: Target): BoxRow {
  switch (target.kind) {
    case 'place':
      return heaviestRowAt(base, target.file, target.line);
    case 'method':
      return heaviestRow(base, target.frame, base.groupBy === 'line' ? target.line : 0);
  }
}

function notFound(target: Target): string {
  switch (target.kind) {
    case 'place':
      return `No sample has line ${target.line} of ${target.file} on its stack, or its boxes are too narrow to show.`;
    case 'method':
      return `${target.name} has no box in the flame graph, or its boxes are too narrow to show.`;
  }
}
