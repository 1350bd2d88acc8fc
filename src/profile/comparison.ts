import type { Lens } from './lens';
import type { LineIndex } from './lineIndex';
import type { Measure } from './measure';
import type { FrameIndex, Profile } from './profile';

/** One of two profiles to compare. */
export interface ComparedSide {
  readonly profile: Profile;
  readonly measure: Measure;
  /** An `Origin` per StringIndex of a file. */
  readonly origin: Uint8Array;
  readonly lines: LineIndex;
  /** Per StringIndex of a file: what it is called on both sides (`alignFiles`). */
  readonly fileKeys: readonly string[];
}

/** What makes two runs comparable. `total`: as if both had allocated as much; `jobs`: each divided by its number of jobs. */
export type Scaling =
  | { readonly by: 'none' }
  | { readonly by: 'total' }
  | { readonly by: 'jobs'; readonly before: number; readonly after: number };

export interface CompareOptions {
  readonly lens: Lens;
  readonly scaling: Scaling;
}

/** A figure on both sides, in the unit of the comparison. */
export interface Change {
  readonly before: number;
  readonly after: number;
}

/**
 * What became of a method or a line. `same`: less changed than the sampling error (two standard deviations), so it may be
 * nothing at all.
 */
export type Fate = 'new' | 'vanished' | 'grown' | 'shrunk' | 'same';

/** A method or a line on both sides; rows are those of the side's tables, -1 where it is not. */
export interface ComparedRow {
  readonly fate: Fate;
  /** Charged by the lens. */
  readonly own: Change;
  /** With the method or line anywhere on the stack, each sample once. */
  readonly through: Change;
}

export interface ComparedMethod extends ComparedRow {
  /** Of several frames of one name (anonymous classes) the heaviest. */
  readonly before: FrameIndex;
  readonly after: FrameIndex;
  /** With the method as leaf, as recorded. */
  readonly self: Change;
}

export interface ComparedLine extends ComparedRow {
  /** Rows of the side's `lines`. */
  readonly before: number;
  readonly after: number;
}

export interface Comparison {
  readonly unit: Measure['unit'];
  /** All of both profiles, in the unit of the comparison. */
  readonly total: Change;
  /** Unit per sample of each side, scaling included. */
  readonly perSample: Change;
  /** Largest change of `own` first; ties by name or place. */
  readonly methods: readonly ComparedMethod[];
  readonly lines: readonly ComparedLine[];
  /** The profiles that were compared: without `Class#new` where only one Ruby has frames of it. */
  readonly sides: { readonly before: ComparedSide; readonly after: ComparedSide };
  /** Per FrameIndex of each side: rows are one method where the numbers agree. */
  readonly methodOf: { readonly before: Int32Array; readonly after: Int32Array };
}
