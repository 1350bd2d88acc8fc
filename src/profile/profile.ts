/**
 * THE model: what a decoded profile is. Every table is a set of equally long columns; an index into a table is a plain
 * number with an alias that says which table. `-1` means "none". Only `builder.ts` writes these tables; everybody else reads.
 *
 *   frames   one row per method: (name, file, definition line)
 *   stacks   a trie over (frame, current line) in depth-first order:
 *
 *     index        0        1        2        3        4
 *     stack        A        A>B      A>B>C    A>D      E          (root first, leaf last)
 *     parent      -1        0        1        0       -1
 *     subtreeEnd   4        3        3        4        5          subtree of i = the range [i, subtreeEnd[i])
 *     self         0        2        5        1        3          samples whose leaf is this node
 *     total        8        7        5        1        3          = sum of self over the subtree
 *
 * Samples are the unit of every count. Objects = samples x scale (see `measure.ts`), never stored.
 */

/** Index into `Profile.strings`. */
export type StringIndex = number;
/** Row of `Profile.frames`. */
export type FrameIndex = number;
/** Row of `Profile.stacks`. */
export type StackIndex = number;

/** The container and dialect the bytes were in. */
export type ProfileFormat = 'stackprof-marshal' | 'stackprof-json';

/** What one event was: an allocation (`object`), a tick of wall or CPU time, or a `StackProf.sample` call (`custom`). */
export type ProfileMode = 'object' | 'wall' | 'cpu' | 'custom' | 'unknown';

/**
 * What the file knows of its stacks.
 * `raw_lines`: every stack with the current line of every frame. `raw`: stacks of methods; lines only as per-frame sums.
 * `aggregate`: no stacks; per-frame sums and caller-callee edges.
 */
export type Detail = 'raw_lines' | 'raw' | 'aggregate';

/** What kind of code a frame is, as far as the frame itself tells. */
export const FrameKind = {
  /** A method or block with a source file. */
  Ruby: 0,
  /** A method implemented in C: file `<cfunc>`, no line. */
  C: 1,
  /** A core method written in Ruby: file `<internal:...>`. */
  Internal: 2,
  /** Code from `eval`, `-e`, irb: a file no editor can open. */
  Eval: 3,
  /** StackProf's pseudo-frames for garbage collection: empty file. */
  Gc: 4,
} as const;
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

/** One row per (name, file, definition line); gem frames that share all three are one row here. */
export interface FrameTable {
  readonly length: number;
  readonly name: Int32Array;
  /** StringIndex of the file as recorded; never -1 (an absent file is the empty string). */
  readonly file: Int32Array;
  /** Line of the definition, 1-based; 0 when the profile has none (C functions, `<main>`). */
  readonly line: Int32Array;
  /** A `FrameKind`. */
  readonly kind: Uint8Array;
  /**
   * Samples with the frame as leaf / anywhere on the stack (once per sample). Computed from the stacks where there are
   * stacks; otherwise the file's own figures (summed over gem frames that share a row, total clamped to all samples).
   */
  readonly self: Float64Array;
  readonly total: Float64Array;
}

/** Depth-first trie of stacks; see the drawing above. Length 0 when detail is `aggregate`. */
export interface StackTable {
  readonly length: number;
  readonly parent: Int32Array;
  readonly frame: Int32Array;
  /** The line running in this frame, 1-based; 0 when unknown (C functions; every node when detail is `raw`). */
  readonly line: Int32Array;
  readonly subtreeEnd: Int32Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
}

/**
 * StackProf's own per-frame line sums (`frames[].lines`), grouped by frame: rows `offset[f] .. offset[f+1]` belong to frame f.
 * `total` counts every *appearance* on a stack, so recursion and blocks inflate it; `self` is exact.
 * Kept for detail `raw` and `aggregate`; empty (all offsets 0) when detail is `raw_lines`, which does not need it.
 */
export interface FrameLineTable {
  /** frames.length + 1 entries. */
  readonly offset: Int32Array;
  readonly line: Int32Array;
  readonly total: Float64Array;
  readonly self: Float64Array;
}

/**
 * StackProf's caller -> callee counts (`frames[].edges`), grouped by caller: rows `offset[f] .. offset[f+1]` belong to caller f.
 * Counted per appearance, like `FrameLineTable.total`. Kept for detail `aggregate` only; empty otherwise.
 */
export interface EdgeTable {
  readonly offset: Int32Array;
  readonly callee: Int32Array;
  readonly count: Float64Array;
}

/**
 * The stacks in the order in which they were recorded: one row per run of equal samples, of all threads as they came.
 * The counts of a stack's runs add up to its `self`.
 */
export interface Timeline {
  /** StackIndex of the innermost frame; -1 for samples without a stack, and for those that filters took out. */
  readonly stack: Int32Array;
  /** Samples of the run, from 1 on. */
  readonly count: Int32Array;
  /** The file says when its samples were taken; without that their order is known, not their times. */
  readonly timed: boolean;
}

export interface MetadataEntry {
  readonly key: string;
  /** A display form; objects that a safe reader must not build read as `#<ClassName>`. */
  readonly value: string;
}

export interface Profile {
  readonly format: ProfileFormat;
  /** True when the bytes were inside gzip. */
  readonly compressed: boolean;
  /** Size in bytes of the file as stored, 0 when unknown. */
  readonly fileBytes: number;
  /** StackProf's format version (1.0, 1.1, 1.2), or null. Never decides anything: keys do. */
  readonly version: number | null;
  readonly mode: ProfileMode;
  /** object: every Nth allocation; wall and cpu: microseconds; custom: null. */
  readonly interval: number | null;
  /** Samples recorded, including those without a stack. */
  readonly samples: number;
  /** StackProf's `missed_samples`. In object mode this is not loss: see `measure.ts`. */
  readonly missedSamples: number;
  readonly gcSamples: number;
  /** Recordings in it: 1 as read from a file, more after a merge. */
  readonly runs: number;
  readonly detail: Detail;
  readonly metadata: readonly MetadataEntry[];
  readonly strings: readonly string[];
  readonly frames: FrameTable;
  readonly stacks: StackTable;
  /** Null without stacks, and where stacks of several recordings were put together. */
  readonly timeline: Timeline | null;
  readonly frameLines: FrameLineTable;
  readonly edges: EdgeTable;
}
