import type { ClassLog } from './classLog';
import { classReport } from './classReport';
import type { JobLog } from './jobLog';
import type { JobClass, JobReport } from './jobReport';
import { figuresOf } from './keptBy';
import { type Counts, problemsOf } from './problemsOf';
import { processReport } from './processReport';

/** The answer about all that was gathered. May be asked for again when more was read. */
export function reportOf(log: JobLog, counts: Counts): JobReport {
  const processes = log.processes.map(processReport);
  const logs = log.classes.filter((one) => one !== undefined);
  const figures = new Map(logs.map((one) => [one.id, figuresOf(one)]));
  const jobs = logs.map((one) => classReport(one, log, processes, figures));
  return {
    jobs: jobs
      .map((job, at) => ({ job, weight: weightOf(logs[at]!) }))
      .sort(byWeight)
      .map(({ job }) => job),
    processes: processes.filter(
      ({ jobs, rss, live, limits, restarts }) =>
        jobs > 0 || rss !== null || live !== null || restarts > 0 || limits.r14 + limits.r15 + limits.oomKills > 0,
    ),
    poison: log.open.poison(),
    problems: problemsOf(log, counts),
    bytes: counts.bytes,
    records: log.records,
  };
}

interface Weighted {
  readonly job: JobClass;
  readonly weight: number;
}

function byWeight(a: Weighted, b: Weighted): number {
  return (
    b.weight - a.weight ||
    b.job.count - a.job.count ||
    b.job.started - a.job.started ||
    (a.job.name < b.job.name ? -1 : 1)
  );
}

function weightOf({ allocated }: ClassLog): number {
  return Math.max(0, allocated);
}
