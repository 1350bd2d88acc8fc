/** Requests about what changed from one profile to another. */
import type { Fate } from '../profile/comparison';
import type { Lens } from '../profile/lens';
import type { Origin } from '../profile/origin';
import type { Baseline, ProfileSummary, RefinedParams } from './requests';

/**
 * Client -> server: what an open profile is compared with from now on, null for nothing. The baseline is read first;
 * refused when it cannot be, or has another unit. Answers with the new summary; `HeatChanged` follows.
 */
export const SetBaseline = 'allocationHotspots/setBaseline';
export interface SetBaselineParams {
  readonly uri: string;
  readonly baseline: Baseline | null;
}
export type SetBaselineResult =
  | { readonly ok: true; readonly summary: ProfileSummary }
  /** One sentence. */
  | { readonly ok: false; readonly message: string };

/**
 * Client -> server: what changed from the baseline to the profile, by method and by line. All figures in samples of the
 * profile: those of the baseline are scaled to them. Null when there is no baseline.
 */
export const Compare = 'allocationHotspots/compare';
export interface CompareParams extends RefinedParams {
  readonly lens: Lens;
}
export interface CompareResult {
  /** Of the whole profiles, whatever is filtered. */
  readonly before: number;
  readonly after: number;
  /** Samples of the profile per sample of the baseline. */
  readonly scale: number;
  /** Largest change of own first; the `same` ones last. */
  readonly methods: readonly CompareRow[];
  readonly lines: readonly CompareRow[];
  /** Rows that there are; more than those above when there are very many. */
  readonly allMethods: number;
  readonly allLines: number;
  /** Changes within the sampling error count as `same`; false when every single event was seen. */
  readonly sampled: boolean;
  /** Own figures are estimates: one of the profiles has no stacks with lines. */
  readonly estimated: boolean;
}
export interface CompareRow {
  readonly fate: Fate;
  /** FrameIndex of a method of the profile; -1: a line, or only in the baseline. */
  readonly frame: number;
  /** Method, or the method around a line; may be empty. */
  readonly name: string;
  /** As recorded in the profile; in the baseline where it vanished. */
  readonly file: string;
  readonly place: string;
  /** Of the definition, or the line; 0: not there. */
  readonly line: number;
  readonly lineBefore: number;
  readonly origin: Origin;
  readonly ownBefore: number;
  readonly ownAfter: number;
  readonly throughBefore: number;
  readonly throughAfter: number;
}
