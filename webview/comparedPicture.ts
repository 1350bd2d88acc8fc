import type { ComparedPicture } from './flameTree';
import type { State } from './state';

/** What of the baseline the flame graph shows; null: none. The call tree has the profile's own boxes, so they share a picture. */
export function comparedPicture({
  phase,
  tab,
  compared,
  rebased,
}: Pick<State, 'phase' | 'tab' | 'compared' | 'rebased'>): ComparedPicture | null {
  const isCompared = phase.kind === 'ready' && phase.summary.baseline !== null && tab !== 'tree';
  return isCompared && compared !== null ? { width: compared, baseline: rebased } : null;
}
