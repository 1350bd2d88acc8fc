/**
 * What a decoder and the numbers have to say beside the profile they could make. A problem never stops anything;
 * a `DecodeError` is the answer when nothing could be read.
 */

/** Closed set: docs/formats.md and docs/cli.md list them; keep all three together. */
export type ProblemCode =
  /** Interval above 1 that is round: periodic sampling aliases with loops. */
  | 'round-interval'
  /** No stacks in the file: callers, flame graph and lenses are approximations. */
  | 'no-stacks'
  /** Stacks without lines: lines charged through calls are estimates. */
  | 'no-lines'
  /** Line totals come from StackProf's per-appearance sums; clamped, they are upper bounds. */
  | 'inflated-lines'
  /** The file ends early; what was complete is shown. */
  | 'truncated'
  /** Part of the file does not follow the format; what came before is shown. */
  | 'corrupt'
  /** Bytes after the profile. */
  | 'trailing-data'
  /** A second profile follows in the same file; only the first is read. */
  | 'concatenated'
  /** Stacks cut at StackProf's 2,048 frames: the roots of these are missing. */
  | 'depth-capped'
  /** Figures of the file contradict each other. */
  | 'inconsistent'
  /** samples + missed_samples does not fit the interval; the estimate is used. */
  | 'inexact-total'
  /** Written by StackProf's merge, which drops stacks and loses samples. */
  | 'merged'
  /** Profiles with more detail were merged with others that have less: all are shown as the least. */
  | 'unlike-detail'
  /** Profiles of several intervals were merged: samples are scaled by what they stand for. */
  | 'unlike-intervals'
  /** Files of a merged profile that could not be read or added: the sum is without them. */
  | 'unread-file'
  /** Mode or interval missing or not known. */
  | 'unknown-mode'
  /** No sample was taken. */
  | 'empty'
  /** Line numbers at or above 65,536 wrap in StackProf's raw_lines. */
  | 'line-overflow'
  /** A wall or cpu profile lost samples. */
  | 'missed-samples';

export interface Problem {
  readonly code: ProblemCode;
  /** One sentence for the user: what, and what it means for the numbers or what to do. */
  readonly message: string;
}

export type DecodeErrorReason =
  | 'empty'
  | 'unknown-format'
  | 'unsupported-format'
  | 'not-a-profile'
  | 'truncated'
  | 'corrupt'
  | 'limit'
  | 'cancelled'
  | 'unreadable';

export interface DecodeError {
  readonly reason: DecodeErrorReason;
  /** One sentence: what it is, what is missing or where it breaks, what to do. */
  readonly message: string;
  /** Byte offset in the (uncompressed) input where reading stopped, or null. */
  readonly offset: number | null;
}
