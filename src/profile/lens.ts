/** To whom a sample is charged. `recorded`: the leaf; `caller`: the nearest Ruby line; `mine`: the deepest line of the workspace's code. */
export type Lens = 'recorded' | 'caller' | 'mine';

/** What one box of the flame graph stands for: a method, or a method at one of its lines. */
export type GroupBy = 'method' | 'line';

/** How sure a figure is. `bound`: at most this much. */
export type Certainty = 'exact' | 'estimate' | 'bound';

/** Codes of `Certainty` in Uint8Array columns. */
export const EXACT = 0;
export const ESTIMATE = 1;
export const BOUND = 2;
export const CERTAINTIES: readonly Certainty[] = ['exact', 'estimate', 'bound'];
