import type { JobReport } from '../jobs/jobReport';

/** Version of what `jobs` prints; a field that changes its meaning makes a new one. docs/cli.md describes it. */
const JOBS_SCHEMA = 1;

/** The JSON of `jobs`. Objects and slots are counts, `rssDelta` and slopes of resident memory bytes, `elapsed` seconds. */
export function jobsJson({ jobs, processes, poison, problems, bytes, records }: JobReport) {
  return {
    schema: JOBS_SCHEMA,
    jobs: jobs.map(
      ({
        name,
        queue,
        count,
        objects,
        liveDelta,
        retainedShare,
        types,
        rssDelta,
        verdict,
        evidence,
        flags,
        ...job
      }) => ({
        class: name,
        queue,
        count,
        objects,
        liveDelta: liveDelta === null ? null : { p50: liveDelta.p50, sum: liveDelta.sum },
        rssDelta,
        verdict,
        evidence,
        flags,
        retainedShare,
        types,
        elapsed: job.elapsed,
        started: job.started,
        done: job.done,
        failed: job.failed,
        nextSteps: job.nextSteps,
      }),
    ),
    processes: processes.map(({ pid, source, verdict, slopePerJob, slopeUnit, evidence, flags, ...process }) => ({
      pid,
      jobs: process.jobs,
      verdict,
      slopePerJob,
      evidence,
      slopeUnit,
      source,
      restarts: process.restarts,
      limits: process.limits,
      flags,
      nextSteps: process.nextSteps,
    })),
    poison: poison.map(({ class: name, jid, deaths, args }) => ({ class: name, jid, deaths, args })),
    problems,
    log: { bytes, records },
  };
}
