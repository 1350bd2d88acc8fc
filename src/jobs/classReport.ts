import { formatBytes, formatCount } from '../profile/format';
import type { ClassLog } from './classLog';
import { TYPE_NAMES } from './fields';
import type { JobLog } from './jobLog';
import type { JobClass, JobFlag, JobProcess, TypeDelta, Verdict } from './jobReport';
import { type Figures, keptBy, LEAST_QUIET_RUNS, quietRuns } from './keptBy';
import {
  ALONE_STEPS,
  BLOAT_STEPS,
  LEAK_STEPS,
  MORE_DATA_STEPS,
  NO_COLLECTION_STEPS,
  NO_FIGURES_STEPS,
  OVER_LIMIT_STEPS,
} from './nextSteps';
import { plural } from './problemsOf';
import { ALLOCATED, LIVE, typeColumn } from './runSample';
import { medianOf, narrowestHalf, nearestRank } from './statistics';

/** "Background jobs that create 1 million or more objects are bad." */
export const MANY_OBJECTS = 1_000_000;
const LEAST_RUNS = 2 * LEAST_QUIET_RUNS;
/** Resident memory a class must have added to be called bloated by that alone. */
const MUCH_RSS_BYTES = 32 * 2 ** 20;
/** Growth during one run that confirms that its objects needed memory. */
const SOME_RSS_BYTES = 8 * 2 ** 20;
/** Slots that a run still holds at its end, though not for ever, to be called bloated by that alone. */
const MUCH_HELD = 10_000;

interface ClassVerdict {
  readonly verdict: Verdict;
  readonly evidence: string;
  readonly nextSteps: readonly string[];
}

/** `processes`: in the order of `jobs.processes`. `figures`: of all classes. */
export function classReport(
  log: ClassLog,
  jobs: JobLog,
  processes: readonly JobProcess[],
  figures: ReadonlyMap<number, Figures>,
): JobClass {
  const { runs, count, started, done, failed } = log;
  const allocated = runs.values(ALLOCATED).sort();
  const live = runs.values(LIVE);
  const objects =
    allocated.length === 0
      ? null
      : { p50: nearestRank(allocated, 0.5), p95: nearestRank(allocated, 0.95), max: log.maxAllocated };
  const quiet = medianOf(quietRuns(log).map((at) => runs.value(LIVE, at)));
  const mixed = [...log.processes].reduce((sum, [id, seen]) => sum + (jobs.process(id).mixes ? seen : 0), 0);
  const flags = flagsOf(log, objects, mixed);
  const elapsed = log.elapsed.sorted();
  const rssDelta = log.rssCount === 0 ? null : { sum: log.rss, max: log.maxRss };
  const facts: ClassFacts = { objects, liveP50: medianOf(live), rssDelta, flags, grows: growsIn(log, processes) };
  return {
    name: jobs.classNames.text(log.id),
    queue: mostly(log, jobs),
    count,
    started,
    done,
    failed,
    kept: runs.length,
    objects,
    liveDelta: live.length === 0 ? null : { p50: facts.liveP50, sum: log.live, quiet },
    retainedShare: retainedShare(log),
    types: typesOf(log),
    rssDelta,
    elapsed: elapsed.length === 0 ? null : { p50: nearestRank(elapsed, 0.5), max: log.elapsed.max },
    ...judgeClass(log, facts, figures),
    flags,
  };
}

interface ClassFacts {
  readonly objects: JobClass['objects'];
  readonly liveP50: number;
  readonly rssDelta: JobClass['rssDelta'];
  readonly flags: readonly JobFlag[];
  /** Whether resident memory of a process it runs in grows; null where that is not known. */
  readonly grows: boolean | null;
}

function judgeClass(log: ClassLog, facts: ClassFacts, figures: ReadonlyMap<number, Figures>): ClassVerdict {
  const { count } = log;
  const { objects, liveP50, flags } = facts;
  if (count === 0) {
    return { verdict: 'unknown', evidence: 'The log has no memory figures of it.', nextSteps: NO_FIGURES_STEPS };
  }
  const uncollected = flags.includes('no-gc');
  const kept = uncollected ? null : keptBy(log, figures, flags.includes('concurrent'));
  if (kept !== null && !kept.givenBack) {
    const what = kept.type === null ? 'objects' : `${kept.type} objects`;
    const beside = flags.includes('concurrent')
      ? ` Other jobs ran beside it: its live deltas sum to ${formatCount(log.live)}, which says nothing.`
      : '';
    const evidence = `Keeps ≈${formatCount(kept.perRun)} ${what} per run: of its ${formatCount(kept.runs)} quietest runs, ${formatCount(kept.positive)} ended with more than they began with, most by about that many, and the jobs after them did not give it back.${beside}`;
    return { verdict: 'leak', evidence, nextSteps: LEAK_STEPS };
  }
  const bloat = bloatOf(log, facts, kept === null ? 0 : kept.perRun);
  if (bloat !== null) return bloat;
  if (count < LEAST_RUNS) {
    const evidence = `${plural(count, 'run')} ${count === 1 ? 'is' : 'are'} too few: a verdict needs ${LEAST_RUNS}.`;
    return { verdict: 'unknown', evidence, nextSteps: MORE_DATA_STEPS };
  }
  if (uncollected) {
    const evidence = `No collection ran before the counters were read in ${formatCount(log.uncollected)} of ${plural(count, 'run')}: what it leaves cannot be told from garbage.`;
    return { verdict: 'unknown', evidence, nextSteps: NO_COLLECTION_STEPS };
  }
  if (Number.isNaN(liveP50)) {
    return { verdict: 'unknown', evidence: 'Its records have no live slots.', nextSteps: NO_FIGURES_STEPS };
  }
  const quiet = quietRuns(log);
  const { width } = narrowestHalf(quiet.map((at) => log.runs.value(LIVE, at)));
  if (flags.includes('concurrent') && width > 2 * medianOf(quiet.map((at) => log.runs.value(ALLOCATED, at)))) {
    const evidence = `Other jobs ran beside it, and its live deltas spread over ${formatCount(width)} slots even in its quietest runs, more than a run allocates: what it keeps cannot be told.`;
    return { verdict: 'unknown', evidence, nextSteps: ALONE_STEPS };
  }
  const size = objects === null ? '' : ` of ${formatCount(objects.p50)} objects`;
  const limit =
    width > 1000 ? ` They spread over ${formatCount(width)} slots: a leak far below that would not show.` : '';
  const evidence = `Nothing that stays: the median run${size} leaves ${signed(liveP50)} slots (${plural(count, 'run')}), and its quietest runs do not agree on any growth.${limit}`;
  const nextSteps = flags.includes('over-1m-objects') ? OVER_LIMIT_STEPS : [];
  return { verdict: 'steady', evidence, nextSteps };
}

/**
 * Large jobs: by the objects they make, by the resident memory that grew while they ran, by what they hold until the next job
 * (`held`: slots).
 */
function bloatOf(log: ClassLog, { objects, rssDelta, flags, grows }: ClassFacts, held: number): ClassVerdict | null {
  const { count } = log;
  const alone = !flags.includes('concurrent');
  const makesMany =
    objects !== null &&
    objects.p50 >= MANY_OBJECTS &&
    (rssDelta === null ? grows !== false : rssDelta.max >= SOME_RSS_BYTES);
  const grew =
    grows !== false &&
    rssDelta !== null &&
    rssDelta.sum >= MUCH_RSS_BYTES &&
    count >= (alone ? LEAST_QUIET_RUNS : LEAST_RUNS);
  const holds = held >= MUCH_HELD;
  if (!makesMany && !grew && !holds) return null;
  const parts: string[] = [];
  if (objects !== null) {
    parts.push(
      `a run allocates ${formatCount(objects.p50)} objects (median of ${plural(count, 'run')}), at most ${formatCount(objects.max)}`,
    );
  }
  if (grew) {
    const during = alone ? 'during its runs' : 'while it ran, with other jobs beside it';
    parts.push(
      `resident memory grew by ${formatBytes(rssDelta.sum)} in all ${during}, by ${formatBytes(rssDelta.max)} at most in one`,
    );
  }
  if (holds)
    parts.push(`a quiet run still holds ≈${formatCount(held)} slots at its end, which the jobs after it give back`);
  const words = parts.join('; ');
  const evidence = `${words.charAt(0).toUpperCase()}${words.slice(1)}. Nothing of it stays for ever, but the process keeps the memory it needed.`;
  return { verdict: 'bloat', evidence, nextSteps: [...(makesMany ? OVER_LIMIT_STEPS : []), ...BLOAT_STEPS] };
}

function flagsOf(log: ClassLog, objects: JobClass['objects'], mixed: number): JobFlag[] {
  const flags: JobFlag[] = [];
  const concurrent = mixed > 0;
  if (objects !== null && (concurrent ? objects.p50 : objects.max) >= MANY_OBJECTS) flags.push('over-1m-objects');
  if (concurrent) flags.push('concurrent');
  if (log.uncollected * 10 > log.count) flags.push('no-gc');
  return flags;
}

function growsIn(log: ClassLog, processes: readonly JobProcess[]): boolean | null {
  const judged = [...log.processes.keys()]
    .map((id) => processes[id]!)
    .filter(({ rss, verdict }) => rss !== null && verdict !== 'unknown');
  return judged.length === 0 ? null : judged.some(({ verdict }) => verdict !== 'steady');
}

function mostly(log: ClassLog, jobs: JobLog): string | null {
  const [most] = [...log.queues].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return most === undefined ? null : jobs.queues.text(most[0]);
}

function retainedShare({ runs }: ClassLog): number | null {
  const shares: number[] = [];
  for (let at = 0; at < runs.length; at++) {
    const share = runs.value(LIVE, at) / runs.value(ALLOCATED, at);
    if (Number.isFinite(share)) shares.push(share);
  }
  return shares.length === 0 ? null : medianOf(shares);
}

function typesOf({ runs, types }: ClassLog): TypeDelta[] {
  return TYPE_NAMES.flatMap((type, at) =>
    runs.has(typeColumn(at)) ? [{ type, p50: medianOf(runs.values(typeColumn(at))), sum: types[at]! }] : [],
  );
}

function signed(value: number): string {
  return value > 0 ? `+${formatCount(value)}` : formatCount(value);
}
