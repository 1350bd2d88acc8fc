/** What a worker's log says about memory; the answer of `analyseLog`. */

export type Verdict =
  /** A sustained slope: something is kept, job after job. */
  | 'leak'
  /** Steps that level off: large jobs made the process grow, and it did not shrink again. */
  | 'bloat'
  | 'steady'
  /** Not enough data. */
  | 'unknown';

export type JobFlag =
  /** A run that allocates a million objects or more (where counters mix jobs: the median run). */
  | 'over-1m-objects'
  /** Jobs ran side by side in a process: its counters mix them, and sums and means mislead. */
  | 'concurrent'
  /** No collection before the counters were read: live deltas are mostly garbage that was not collected yet. */
  | 'no-gc';

/** Percentiles are by nearest rank; see `kept` for how many runs they are taken from. */
export interface JobClass {
  readonly name: string;
  /** The queue most of its runs were in, or null where the log does not say. */
  readonly queue: string | null;
  /** Runs with memory figures. */
  readonly count: number;
  /** Sidekiq's own lines. */
  readonly started: number;
  readonly done: number;
  readonly failed: number;
  /** Runs that percentiles, medians and verdicts are taken from: all, or an even sample of those of a very long log. */
  readonly kept: number;
  /** Objects allocated per run; null without memory figures. */
  readonly objects: Distribution | null;
  /** Slots of the heap in use after a run less those before, per run; `quiet`: in the half of the runs with least allocation. */
  readonly liveDelta: { readonly p50: number; readonly sum: number; readonly quiet: number } | null;
  /** Median part of a run's objects that is still there after it (may be negative); null without memory figures. */
  readonly retainedShare: number | null;
  /** Objects by type (`T_HASH`): median and sum of the deltas, in the order of the log. */
  readonly types: readonly TypeDelta[];
  /** Bytes; null where the log has no RSS per job. */
  readonly rssDelta: { readonly sum: number; readonly max: number } | null;
  /** Seconds; null where the log has none. */
  readonly elapsed: { readonly p50: number; readonly max: number } | null;
  readonly verdict: Verdict;
  /** One or two sentences with the figures behind the verdict. */
  readonly evidence: string;
  /** What to do about it; empty for steady. */
  readonly nextSteps: readonly string[];
  readonly flags: readonly JobFlag[];
}

export interface Distribution {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

export interface TypeDelta {
  readonly type: string;
  readonly p50: number;
  readonly sum: number;
}

export interface JobProcess {
  /** Null where the log does not say. */
  readonly pid: number | null;
  /** Dyno, container or file that the lines came from, or null. */
  readonly source: string | null;
  /** Runs with memory figures, or, where there are none, jobs that ended. */
  readonly jobs: number;
  readonly restarts: number;
  /** Times the kernel's or the platform's memory limit was met. */
  readonly limits: MemoryLimits;
  readonly verdict: Verdict;
  /** Growth per job of the judged series, or null where it was not judged; `slopeUnit` is its unit. */
  readonly slopePerJob: number | null;
  readonly slopeUnit: 'bytes' | 'slots';
  readonly evidence: string;
  readonly nextSteps: readonly string[];
  readonly flags: readonly JobFlag[];
  /** Resident memory in bytes; null where the log has none. */
  readonly rss: Series | null;
  /** Slots of the heap in use, or the sum of all live deltas from the first on (`liveIsSum`); null where the log has none. */
  readonly live: Series | null;
  readonly liveIsSum: boolean;
}

export interface MemoryLimits {
  /** Heroku: over the quota. */
  readonly r14: number;
  /** Heroku: stopped far over the quota. */
  readonly r15: number;
  /** Killed by the kernel. */
  readonly oomKills: number;
}

/** A series in the order of the log, in at most a thousand or so buckets; each keeps its extremes. All arrays are of equal length. */
export interface Series {
  /** Jobs of this process that had ended, at the last value of the bucket. */
  readonly jobs: Float64Array;
  /** Milliseconds since 1970 at the last value of the bucket, NaN where the log does not say. */
  readonly timesMs: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
  /** Rows that are the first after a restart, ascending; row 0 is none. */
  readonly restarts: readonly number[];
}

/** A job whose starts end with the death of its process. */
export interface PoisonPill {
  readonly class: string;
  /** Null: several jobs of this class (and these arguments). */
  readonly jid: string | null;
  /** As far as the log has them. */
  readonly args: string | null;
  /** Starts that ended with the process. */
  readonly deaths: number;
}

export type JobProblemCode =
  /** Nothing in the log is about jobs or memory. */
  | 'nothing-found'
  /** Jobs, but no memory records. */
  | 'no-records'
  /** Records whose other lines are missing. */
  | 'cut-records'
  /** Records between the lines of others that nothing tells apart. */
  | 'mixed-records'
  /** Lines longer than what is read of one. */
  | 'long-lines'
  /** Time runs backwards by more than a minute. */
  | 'clock-jumps'
  /** Counters mix jobs that ran side by side. */
  | 'concurrent'
  /** Live deltas without a collection before them. */
  | 'no-gc'
  /** More classes or processes than are told apart. */
  | 'too-many'
  /** The file could not be read to its end. */
  | 'unreadable';

export interface JobProblem {
  readonly code: JobProblemCode;
  readonly message: string;
}

export interface JobReport {
  /** Heaviest first: by objects of all runs, then by runs, then by name. */
  readonly jobs: readonly JobClass[];
  /** In the order of their first line. */
  readonly processes: readonly JobProcess[];
  readonly poison: readonly PoisonPill[];
  readonly problems: readonly JobProblem[];
  readonly bytes: number;
  /** Memory records, whole ones. */
  readonly records: number;
}
