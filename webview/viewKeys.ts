import { noTimeOrder } from './pictureOrder';
import { filterForKey, type Key } from './selectionActions';
import type { Action, State } from './state';

/** What a key does anywhere in the view, outside of text fields; null for a key of nobody. */
export function actionOfKey(event: Key, state: State): Action | null {
  if (state.phase.kind !== 'ready' || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z') return { type: 'step', step: event.shiftKey ? 1 : -1 };
    return key === 'y' && !event.shiftKey ? { type: 'step', step: 1 } : null;
  }
  if (event.shiftKey) {
    if (state.phase.summary.detail === 'aggregate') return null;
    const filter = filterForKey(event, state.selected);
    return filter === null ? null : { type: 'addFilter', filter };
  }
  if (key === 'v' && state.phase.summary.detail !== 'aggregate') {
    return { type: 'direction', direction: state.direction === 'callers' ? 'callees' : 'callers' };
  }
  if (key === 't' && noTimeOrder(state) === null) {
    return { type: 'order', order: state.order === 'time' ? 'weight' : 'time' };
  }
  return key === 's' ? middleAction(state) : null;
}

/** Puts the selected method in the middle of the sandwich. */
function middleAction({ selected, phase }: State): Action | null {
  const fits =
    selected !== null && selected.frame >= 0 && phase.kind === 'ready' && phase.summary.detail !== 'aggregate';
  return fits ? { type: 'middle', method: selected } : null;
}
