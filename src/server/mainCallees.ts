import type { Lens } from '../profile/lens';
import { type MainCallees, mainCallees } from '../profile/mainCallees';
import type { MappedView, OpenProfile } from './openProfile';

const cache = new WeakMap<MappedView, Map<Lens, MainCallees>>();

/** `mainCallees` of an open profile, made once per mapping and lens. */
export function mainCalleesOf({ profile, view }: OpenProfile, lens: Lens): MainCallees {
  const byLens = cache.get(view) ?? new Map<Lens, MainCallees>();
  cache.set(view, byLens);
  const known = byLens.get(lens) ?? mainCallees(profile, view.lines, view.map.origin, lens);
  byLens.set(lens, known);
  return known;
}
