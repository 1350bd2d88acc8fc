import { compileQuery, searchFrames } from '../profile/search';
import type { SearchParams, SearchResult } from '../protocol/requests';
import type { ViewContext } from './context';

/** How many frames match a query, and in how many samples one of them is. Throws when the profile is not open. */
export function search({ profiles, refined }: ViewContext, params: SearchParams): SearchResult {
  const { profile } = refined.get(profiles.get(params.uri), params.refinement).open;
  const { frames, samples, error } = searchFrames(profile, compileQuery(params.query));
  return { frames, samples, error };
}
