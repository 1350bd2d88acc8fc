import { formatBytes, formatCount } from '../profile/format';
import type { JobLog } from './jobLog';
import type { JobProblem } from './jobReport';
import { MAX_LINE_BYTES } from './splitLines';

/** What was counted while the logs were read. */
export interface Counts {
  readonly bytes: number;
  /** Files that could not be read to their end: a sentence each. */
  readonly failures: readonly string[];
  readonly longLines: number;
  readonly cut: number;
  readonly mixed: number;
  readonly clockJumps: number;
}

/** What a reader of the figures has to know about the log, worst first. */
export function problemsOf(log: JobLog, counts: Counts): JobProblem[] {
  const problems: JobProblem[] = counts.failures.map((message) => ({ code: 'unreadable', message }));
  const { records, processes } = log;
  if (records === 0 && processes.every(({ jobs, rss }) => jobs === 0 && rss.length === 0)) {
    const message =
      counts.bytes === 0
        ? 'The log is empty.'
        : `Nothing in its ${formatBytes(counts.bytes)} is about jobs or memory: no [MemoryProfiling] record, no job that Sidekiq started or ended, no sample#memory_total.`;
    problems.push({ code: 'nothing-found', message });
  } else if (records === 0) {
    problems.push({
      code: 'no-records',
      message:
        'No [MemoryProfiling] record: job classes have no memory figures. “Add Allocation Capture to This App” in the editor adds the Sidekiq middleware that logs them after every job.',
    });
  }
  const mixing = processes.filter((process) => process.records > 0 && process.mixes);
  if (mixing.length > 0) {
    problems.push({
      code: 'concurrent',
      message: `Jobs ran side by side in ${plural(mixing.length, 'process', 'processes')}. The counters are those of the whole process, so a job's figures hold what other threads did meanwhile: sums and means mislead. Classes are judged by medians, by their quietest runs and by what is never paid back. Concurrency 1 gives exact figures.`,
    });
  }
  const uncollected = processes.reduce((sum, process) => sum + (process.lacksCollection ? process.uncollected : 0), 0);
  if (uncollected > 0) {
    problems.push({
      code: 'no-gc',
      message: `No garbage collection ran before the counters were read in ${formatCount(uncollected)} of ${plural(records, 'record')}: live deltas are mostly garbage that was not collected yet, and no class is judged by them. Call GC.start before reading to measure what jobs keep.`,
    });
  }
  const say = (count: number, code: JobProblem['code'], message: string): void => {
    if (count > 0) problems.push({ code, message });
  };
  say(
    counts.cut,
    'cut-records',
    `${plural(counts.cut, 'record')} left out or used in part: lines of theirs are missing or cut.`,
  );
  say(
    counts.mixed,
    'mixed-records',
    `${plural(counts.mixed, 'record')} stood between the lines of others of the same process, and nothing tells which line is whose: they were joined in the order they came.`,
  );
  say(
    counts.longLines,
    'long-lines',
    `${plural(counts.longLines, 'line')} longer than ${formatCount(MAX_LINE_BYTES)} bytes: the first ${formatCount(MAX_LINE_BYTES)} bytes of each were read.`,
  );
  say(
    counts.clockJumps,
    'clock-jumps',
    `The clock goes back by more than a minute ${counts.clockJumps === 1 ? 'once' : `${formatCount(counts.clockJumps)} times`}. Order is by the lines of the log, not by their times.`,
  );
  if (log.classNames.isFull || log.processesLeftOut > 0) {
    problems.push({
      code: 'too-many',
      message: 'The log has more job classes or processes than are told apart: the last of them are taken together.',
    });
  }
  return problems;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
