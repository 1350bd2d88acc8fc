import type { Series, Verdict } from './jobReport';
import { medianOf, medianSlope, risingPairs } from './statistics';

/** What the course of a series says. */
export interface SeriesVerdict {
  readonly verdict: Verdict;
  /** Per job, by Theil and Sen over the judged part; NaN where nothing was judged. */
  readonly slope: number;
  readonly from: number;
  readonly to: number;
  readonly jobs: number;
  /** Part of the growth that came in the second half, and in the largest tenth of the steps (0 to 1). */
  readonly late: number;
  readonly inSteps: number;
  /** Values it is judged by: those of the lives that were long enough. */
  readonly values: number;
}

/** Values that a life of a process must have to be judged. */
export const LEAST_VALUES = 30;
/** A booting application loads code and fills caches: its first tenth is no evidence. */
const WARM_UP = 0.1;
/** Values that say where a life began, and growth from there on (part of the level) that is more than warming up. */
const FIRST_VALUES = 3;
const EARLY_STEP = 0.2;
const BLOCKS = 24;
/** Growth below this part of the level is none. */
const LEAST_GROWTH = 0.05;
/** Kendall's tau of a series that rises all the time, and of its second half. */
const RISES = 0.7;
const RISES_LATE = 0.4;
/** A straight line gains half in its second half and a tenth in the largest tenth of its steps. */
const LATE_OF_LEAK = 0.3;
export const LATE_OF_BLOAT = 0.25;
const STEPS_OF_LEAK = 0.5;
const STEPS_OF_BLOAT = 0.5;

/**
 * Leak, bloat or steady by the lower edge of a series, life by life: what a process goes back to between its peaks. `leastLevel`: what
 * growth is compared with at least, in the unit of the series. A leak rises all the time and as much late as early; bloat
 * rises in a few steps, or early, and levels off.
 */
export function judgeSeries(series: Series, leastLevel: number): SeriesVerdict {
  const starts = [0, ...series.restarts];
  const lives = starts
    .map((from, at) => judgeLife(series, from, starts[at + 1] ?? series.last.length, leastLevel))
    .filter(({ values }) => values >= LEAST_VALUES);
  if (lives.length === 0) return { ...NOTHING, values: series.last.length };
  // Several lives of one program tell the same story: the one with most evidence speaks, unless more evidence contradicts it.
  const weights = new Map<Verdict, number>();
  for (const { verdict, values } of lives) weights.set(verdict, (weights.get(verdict) ?? 0) + values);
  const heaviest = [...weights].sort((a, b) => b[1] - a[1])[0]![0];
  return lives.filter(({ verdict }) => verdict === heaviest).sort((a, b) => b.values - a.values)[0]!;
}

const NOTHING: SeriesVerdict = {
  verdict: 'unknown',
  slope: Number.NaN,
  from: Number.NaN,
  to: Number.NaN,
  jobs: 0,
  late: 0,
  inSteps: 0,
  values: 0,
};

function judgeLife(series: Series, start: number, end: number, leastLevel: number): SeriesVerdict {
  const values = end - start;
  if (values < LEAST_VALUES) return { ...NOTHING, values };
  const from = start + Math.ceil(values * WARM_UP);
  const { x, y } = blocks(series, from, end);
  const { length } = y;
  const edge = Math.max(1, length >> 3);
  const first = medianOf(y.slice(0, edge + 1));
  const last = medianOf(y.slice(length - edge - 1));
  const growth = last - first;
  const half = length >> 1;
  const middle = medianOf(y.slice(half - (edge >> 1), half + (edge >> 1) + 1));
  const steps = y.slice(1).map((value, at) => value - y[at]!);
  const late = growth > 0 ? (last - middle) / growth : 0;
  const largest = [...steps].sort((a, b) => b - a).slice(0, Math.max(1, Math.round(steps.length / 10)));
  const inSteps = growth > 0 ? largest.reduce((sum, step) => sum + step, 0) / growth : 0;
  const slope = medianSlope(x, y);
  const jobs = series.jobs[end - 1]! - series.jobs[start]! + 1;
  const verdict = verdictOf();
  if (verdict === 'steady') {
    // What came before may be the step that it stays on.
    const begin = medianOf(series.min.subarray(start, start + FIRST_VALUES));
    const early = last - begin;
    if (early >= EARLY_STEP * Math.max(begin, leastLevel)) {
      return {
        verdict: 'bloat',
        slope,
        from: begin,
        to: last,
        jobs,
        late: Math.max(0, growth / early),
        inSteps: 1,
        values,
      };
    }
  }
  return { verdict, slope, from: first, to: last, jobs, late, inSteps, values };

  function verdictOf(): Verdict {
    const noise = 1.4826 * medianOf(steps.map((step) => Math.abs(step - medianOf(steps))));
    if (growth < Math.max(LEAST_GROWTH * Math.max(first, leastLevel), noise)) return 'steady';
    const lateRise = risingPairs(y.slice(half));
    const risesEvenly = risingPairs(y) >= RISES && lateRise >= RISES_LATE;
    if (risesEvenly && late >= LATE_OF_LEAK && late <= 1 - LATE_OF_LEAK && inSteps <= STEPS_OF_LEAK) return 'leak';
    if (late <= LATE_OF_BLOAT || inSteps >= STEPS_OF_BLOAT) return 'bloat';
    return 'unknown';
  }
}

/** Medians of stretches of the lower edge, so that single values do not matter. */
function blocks(series: Series, from: number, end: number): { readonly x: number[]; readonly y: number[] } {
  const count = Math.min(BLOCKS, Math.floor((end - from) / 2));
  const x: number[] = [];
  const y: number[] = [];
  // Where the log does not count jobs, values take their place.
  const counts = series.jobs[end - 1]! > series.jobs[from]!;
  for (let block = 0; block < count; block++) {
    const low = from + Math.floor(((end - from) * block) / count);
    const high = from + Math.floor(((end - from) * (block + 1)) / count);
    y.push(medianOf(series.min.subarray(low, high)));
    const middle = (low + high - 1) >> 1;
    x.push(counts ? series.jobs[middle]! : middle);
  }
  return { x, y };
}
