/** What of the picture is where, from the state alone. */
import { zoomedRow } from './boxSelection';
import type { Hit } from './flameCanvas';
import { type BoxRow, type FlameTree, rowOfNode } from './flameTree';
import { type State, visibleRange } from './state';
import type { SampleRange } from './viewport';

/** What the view is zoomed to; of boxes that fill it alike, the selected one. */
export function shownRow(tree: FlameTree, { selected }: State, range: SampleRange): BoxRow {
  const box = selected?.box;
  const fills = box && box.start <= range.from && box.start + box.total >= range.to;
  const row = fills ? rowOfNode(tree, box.node) : -1;
  return row >= 0 ? row : zoomedRow(tree, range);
}

/** The selected box among those that are here; finer boxes know more of its neighbours. */
export function selectedHit(state: State): Hit | null {
  const box = state.selected?.box;
  if (!box) return null;
  for (const tree of [state.detail, state.base]) {
    if (!tree) continue;
    const row = rowOfNode(tree, box.node);
    if (row >= 0) return { tree, row };
  }
  return null;
}

export function treeFor(state: State): FlameTree | null {
  const { base, detail } = state;
  const range = visibleRange(state);
  return detail && detail.from <= range.from && detail.to >= range.to ? detail : base;
}

export function middleOfSelected(state: State): number {
  const box = state.selected?.box;
  const range = visibleRange(state);
  if (!box) return 0.5;
  const middle = (box.start + box.total / 2 - range.from) / (range.to - range.from);
  return middle >= 0 && middle <= 1 ? middle : 0.5;
}

/** Why there is no picture, or nothing. */
export function emptyWords({ base, phase, refinement, around }: State): string {
  // Boxes too narrow for the first answer are on their way.
  if (!base || base.length > 0 || base.pruned) return '';
  if (around !== null && refinement.length > 0) return 'The filters leave no stack with this method.';
  if (around !== null) return 'No stack has this method.';
  if (refinement.length > 0) return 'The filters leave no frame of any stack. Remove one, or take the last step back.';
  if (phase.kind === 'ready' && phase.summary.samples === 0) {
    return 'No sample was taken while this profile was recorded, so there is nothing to draw. Record for longer, or with a smaller interval.';
  }
  return 'The profile has no stacks and no caller–callee sums to draw. Hot lines and methods show what it has; record with raw: true to get a flame graph.';
}
