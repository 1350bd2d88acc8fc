import { formatBytes, formatCount, formatShare } from '../profile/format';
import type { JobFlag, JobProcess } from './jobReport';
import { judgeSeries, LATE_OF_BLOAT, LEAST_VALUES, type SeriesVerdict } from './judgeSeries';
import {
  ALONE_STEPS,
  BLOAT_STEPS,
  LEAK_OUTSIDE_STEPS,
  LEAK_STEPS,
  MORE_DATA_STEPS,
  NO_COLLECTION_STEPS,
  NO_FIGURES_STEPS,
} from './nextSteps';
import { plural } from './problemsOf';
import type { ProcessLog } from './processLog';

/** Growth is compared with at least this level: bytes of a booted worker, slots of one. */
const LEAST_BYTES = 64 * 2 ** 20;
const LEAST_SLOTS = 200_000;

/** The verdict about one process and the series it hangs on. */
export function processReport(process: ProcessLog): JobProcess {
  const { pid, source, jobs, restarts, r14, r15, oomKills, liveIsSum } = process;
  const rss = process.rss.finish();
  const live = process.live.finish();
  const slots = liveIsSum ? 'the sum of its live deltas' : 'live slots';
  const flags: JobFlag[] = [];
  if (process.records > 0 && process.mixes) flags.push('concurrent');
  if (process.lacksCollection) flags.push('no-gc');
  return {
    pid,
    source,
    jobs,
    restarts,
    limits: { r14, r15, oomKills },
    ...judge(),
    flags,
    rss,
    live,
    liveIsSum,
  };

  function judge(): Pick<JobProcess, 'verdict' | 'slopePerJob' | 'slopeUnit' | 'evidence' | 'nextSteps'> {
    const byRss = rss === null ? null : judgeSeries(rss, LEAST_BYTES);
    // Added up, deltas that hold other jobs' work count the same objects again and again.
    const sumMisleads = liveIsSum && (process.mixes || process.lacksCollection);
    const byLive = live === null || sumMisleads ? null : judgeSeries(live, LEAST_SLOTS);
    if (byLive?.verdict === 'leak') {
      const more =
        byRss === null || byRss.verdict === 'unknown' ? '' : ` ${inWords('Resident memory', byRss, formatBytes)}`;
      return said('leak', byLive, 'slots', inWords(slots, byLive, formatCount) + more, LEAK_STEPS);
    }
    const mayGrow = byLive?.verdict === 'unknown' && byLive.values >= LEAST_VALUES;
    // Resident memory alone does not see what a heap has room for.
    if (byRss !== null && byRss.verdict !== 'unknown' && !(byRss.verdict === 'steady' && mayGrow)) {
      const evidence = inWords('Resident memory', byRss, formatBytes);
      const outside = byLive?.verdict === 'steady' && byRss.verdict === 'leak';
      const more = outside ? ` ${inWords(slots, byLive, formatCount)}` : '';
      const steps =
        byRss.verdict === 'leak'
          ? outside
            ? LEAK_OUTSIDE_STEPS
            : LEAK_STEPS
          : byRss.verdict === 'bloat'
            ? BLOAT_STEPS
            : [];
      return said(byRss.verdict, byRss, 'bytes', evidence + more, steps);
    }
    if (byLive !== null && byLive.verdict !== 'unknown') {
      return said(
        byLive.verdict,
        byLive,
        'slots',
        inWords(slots, byLive, formatCount),
        byLive.verdict === 'bloat' ? BLOAT_STEPS : [],
      );
    }
    return unknown(byRss, byLive, sumMisleads);
  }

  function unknown(
    byRss: SeriesVerdict | null,
    byLive: SeriesVerdict | null,
    sumMisleads: boolean,
  ): Pick<JobProcess, 'verdict' | 'slopePerJob' | 'slopeUnit' | 'evidence' | 'nextSteps'> {
    const undecided = [byRss, byLive].find(
      (one) => one?.verdict === 'unknown' && one.values >= LEAST_VALUES && !Number.isNaN(one.slope),
    );
    if (undecided !== undefined && undecided !== null) {
      const isRss = undecided === byRss;
      const words = inWords(isRss ? 'Resident memory' : slots, undecided, isRss ? formatBytes : formatCount);
      return said('unknown', undecided, isRss ? 'bytes' : 'slots', words, MORE_DATA_STEPS);
    }
    const values = Math.max(byRss?.values ?? 0, byLive?.values ?? 0);
    if (values > 0) {
      const evidence = `${plural(values, 'value')} of its memory ${values === 1 ? 'is' : 'are'} too few: a verdict needs ${LEAST_VALUES} between two restarts.`;
      return { verdict: 'unknown', slopePerJob: null, slopeUnit: 'bytes', evidence, nextSteps: MORE_DATA_STEPS };
    }
    if (sumMisleads && live !== null) {
      const why = process.mixes
        ? 'jobs ran side by side, and each live delta holds what the others did'
        : 'no collection ran before its counters were read, and live deltas are mostly garbage';
      const evidence = `The log has no resident memory of it, and its live deltas cannot be added up: ${why}.`;
      const nextSteps = process.mixes ? ALONE_STEPS : NO_COLLECTION_STEPS;
      return { verdict: 'unknown', slopePerJob: null, slopeUnit: 'slots', evidence, nextSteps };
    }
    const evidence = 'The log has no figures of its memory.';
    return { verdict: 'unknown', slopePerJob: null, slopeUnit: 'bytes', evidence, nextSteps: NO_FIGURES_STEPS };
  }
}

function said(
  verdict: JobProcess['verdict'],
  { slope }: SeriesVerdict,
  slopeUnit: JobProcess['slopeUnit'],
  evidence: string,
  nextSteps: readonly string[],
): Pick<JobProcess, 'verdict' | 'slopePerJob' | 'slopeUnit' | 'evidence' | 'nextSteps'> {
  const words = evidence.charAt(0).toUpperCase() + evidence.slice(1);
  return { verdict, slopePerJob: Number.isNaN(slope) ? null : slope, slopeUnit, evidence: words, nextSteps };
}

/** One sentence about the course of a series. */
function inWords(
  what: string,
  { verdict, slope, from, to, jobs, late, inSteps }: SeriesVerdict,
  format: (value: number) => string,
): string {
  const course = `${what} between peaks went from ${format(from)} to ${format(to)}`;
  const span = jobs > 1 ? ` over ${plural(jobs, 'job')}` : '';
  const each = jobs > 1 && !Number.isNaN(slope) ? ` (median slope ${signed(slope, format)} per job)` : '';
  switch (verdict) {
    case 'leak':
      return `${course}${span}${each}, rising all the time: ${formatShare(late)} of the growth came in the second half.`;
    case 'bloat': {
      const levelsOff = late <= LATE_OF_BLOAT;
      const how = levelsOff
        ? `and levelled off: ${formatShare(Math.max(0, late))} of the growth came in the second half`
        : `in steps: ${formatShare(Math.min(1, inSteps))} of the growth came in the largest tenth of them`;
      return `${course}${span} ${how}.`;
    }
    case 'steady':
      return `${course}${span}: no growth beyond its noise.`;
    case 'unknown':
      return `${course}${span}${each}, neither as evenly as a leak nor in steps that level off.`;
  }
}

function signed(value: number, format: (value: number) => string): string {
  return value > 0 ? `+${format(value)}` : format(value);
}
