/** Advice in the order to try it. */
export const LEAK_STEPS: readonly string[] = [
  'Look for what outlives a job: collections in constants, class variables and class-level instance variables, caches without a limit, subscriptions that are never ended, thread locals.',
  'Take heap dumps of one process (`ObjectSpace.trace_object_allocations_start` at its start, `ObjectSpace.dump_all` now and some hundred jobs later) and compare them: objects that the later one has more of, and the lines that made them, are the leak.',
];

export const LEAK_OUTSIDE_STEPS: readonly string[] = [
  'Live slots do not grow with it: look at C extensions and at large strings first, then at fragmentation.',
  'Set MALLOC_ARENA_MAX=2 in the environment of the process, or use jemalloc: if the growth levels off then, it was fragmentation.',
];

export const BLOAT_STEPS: readonly string[] = [
  'Hold fewer objects at once: `find_each` or smaller batches where a whole relation is loaded by `each` or `map`.',
  'Change large collections in place (`map!`, `select!`, `concat`) where they are copied.',
  'Fan out: one job that looks the records up, and one small job for each of them or each batch.',
  'Many batched reads fill the query cache of Active Record: put them in `ActiveRecord::Base.uncached { … }`.',
  'For what is left, set MALLOC_ARENA_MAX=2 in the environment of the process, or use jemalloc.',
];

export const OVER_LIMIT_STEPS: readonly string[] = [
  'A run makes a million objects or more: record an allocation profile of this job and open its hottest lines.',
];

export const NO_FIGURES_STEPS: readonly string[] = [
  'Log memory after every job: “Add Allocation Capture to This App” in the editor adds the Sidekiq middleware for it.',
];

export const NO_COLLECTION_STEPS: readonly string[] = [
  'Call GC.start before the counters are read, for some hundred jobs (with the capture kit: MEMORY_PROFILING_GC_START=1): only then live deltas say what jobs keep.',
];

export const MORE_DATA_STEPS: readonly string[] = [
  'Log more jobs: a verdict needs some 30 values of one life of a process, and 20 runs of a class.',
];

export const ALONE_STEPS: readonly string[] = [
  'Run one process with concurrency 1 and rss_kb in its records for some hundred jobs: its counters are exact.',
];

/** What a poison pill is, for whoever sees the list. */
export const POISON_EXPLANATION =
  'A poison pill is a job that takes its process down (most often by the memory limit) and is then run again: it ends the next process, with all jobs beside it. With ' +
  'the old reliable fetch of Sidekiq Pro, jobs of dead processes are the first that a new process takes, so that nothing else gets done; super_fetch puts them back into their queue, ' +
  'behind the others. Delete or fix the job, and use super_fetch.';
