import type { TreeShape } from '../src/profile/treeShape';
import { comparedPicture } from './comparedPicture';
import type { State } from './state';

/**
 * The order of siblings in the picture: that of time where the user wants it and there is one. The call tree has a row for
 * every way to a method, so it keeps the other; so does a comparison, for two recordings have no time in common.
 */
export function pictureOrder(state: State): TreeShape['order'] {
  const { order, direction, around, tab } = state;
  const isWhole = direction === 'callees' && around === null && tab !== 'tree';
  return order === 'time' && isWhole && noTimeOrder(state) === null ? 'time' : 'weight';
}

/** One sentence why the flame graph cannot be drawn in the order of time, or null when it can. */
export function noTimeOrder(state: State): string | null {
  if (state.phase.kind !== 'ready' || state.phase.summary.timeline === null) {
    return 'The order of recording is known only of one recording with stacks.';
  }
  const isCompared = comparedPicture(state) !== null;
  return isCompared ? 'Two recordings have no time in common: choose "No changes" to see this one in its order.' : null;
}
