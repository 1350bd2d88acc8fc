import type { ClassLog } from './classLog';
import { TYPE_NAMES } from './fields';
import { ALLOCATED, LIVE, RUN_COLUMNS, typeColumn } from './runSample';
import { fairChance, medianOf, narrowestHalf } from './statistics';

/** Objects that are there after each run of a class, of one type or of all slots. */
export interface Kept {
  /** `T_HASH`, or null: all live slots. */
  readonly type: string | null;
  /** Objects per run: where the quiet runs cluster. */
  readonly perRun: number;
  /** Runs that were looked at, and those of them that kept some. */
  readonly runs: number;
  readonly positive: number;
  /** The record after a run gives it back: it was only held (by a query cache, a stack, an instance variable). */
  readonly givenBack: boolean;
}

/** Quiet runs that a verdict needs. */
export const LEAST_QUIET_RUNS = 10;
/** Fewer objects per run are within what counting itself makes. */
const LEAST_KEPT = 50;
/** Chance that as many runs are positive though none keeps anything. */
const CHANCE = 0.02;
/** The width of the cluster against its centre; where other jobs ran beside it, clusters that mean nothing are about as wide as far from zero. */
const TIGHT = 0.5;
/** How much more than other classes a leaking one keeps, where their jobs are in each other's counters. */
const MORE_THAN_OTHERS = 3;
/** Part of the quiet runs that end with more, then. */
const MOSTLY = 0.75;
/** Part of what runs keep that the record after them gives back when nothing is kept for long. */
const PAID_BACK = 0.4;

/**
 * Whether a class keeps objects run after run. The counters are those of the whole process, so that only runs beside which
 * little else ran tell something of their own class: the half with least allocation. Of a class that keeps something, these cluster
 * tightly at a positive figure, of all slots or of one type.
 */
export function keptBy(log: ClassLog, figures: ReadonlyMap<number, Figures>, isMixed: boolean): Kept | null {
  const quiet = quietRuns(log);
  if (quiet.length < LEAST_QUIET_RUNS) return null;
  const found = [null, ...TYPE_NAMES].flatMap((type) => {
    const column = type === null ? LIVE : typeColumn(TYPE_NAMES.indexOf(type));
    const kept = keptIn(log, quiet, column, type, figures);
    return kept === null || (isMixed && isOfOthers(kept, log, column, figures)) ? [] : [kept];
  });
  // What stays says more than what is held; all slots say most, else the type with most objects.
  const kept = found.filter(({ givenBack }) => !givenBack);
  const all = found.find(({ type }) => type === null);
  if (kept.length === 0) return all ?? null;
  return kept.find(({ type }) => type === null) ?? kept.sort((a, b) => b.perRun - a.perRun)[0]!;
}

/** What is compared between classes, by column of a run; NaN where a class has none. */
export interface Figures {
  readonly medians: Float64Array;
  /** What quiet runs keep of each object allocated while they ran. */
  readonly rates: Float64Array;
}

export function figuresOf(log: ClassLog): Figures {
  const { runs } = log;
  const quiet = quietRuns(log);
  const allocated = medianOf(quiet.map((at) => runs.value(ALLOCATED, at)));
  const rateIn = (column: number): number => {
    const values = quiet.map((at) => runs.value(column, at)).filter((value) => !Number.isNaN(value));
    return values.length < LEAST_QUIET_RUNS ? Number.NaN : narrowestHalf(values).centre / allocated;
  };
  return {
    medians: Float64Array.from({ length: RUN_COLUMNS }, (_none, column) =>
      runs.has(column) ? medianOf(runs.values(column)) : Number.NaN,
    ),
    rates: Float64Array.from({ length: RUN_COLUMNS }, (_none, column) =>
      runs.has(column) ? rateIn(column) : Number.NaN,
    ),
  };
}

/**
 * Whether what a class seems to keep may be what jobs beside it held: then many runs end with less (those jobs ended), or other classes seem
 * to keep as much of what is allocated meanwhile, because a large job beside them all grew evenly.
 */
function isOfOthers(
  { positive, runs }: Kept,
  log: ClassLog,
  column: number,
  figures: ReadonlyMap<number, Figures>,
): boolean {
  if (positive < MOSTLY * runs) return true;
  const own = figures.get(log.id)!.rates[column]!;
  const others = [...figures].flatMap(([id, { rates }]) =>
    id === log.id || Number.isNaN(rates[column]!) ? [] : [rates[column]!],
  );
  return others.length > 0 && medianOf(others) * MORE_THAN_OTHERS > own;
}

/** Places in the sample of the half of the runs that allocated least, in no order. */
export function quietRuns(log: ClassLog): number[] {
  const { runs } = log;
  const places = Array.from({ length: runs.length }, (_none, at) => at).filter(
    (at) => !Number.isNaN(runs.value(LIVE, at)),
  );
  const allocated = (at: number): number => {
    const value = runs.value(ALLOCATED, at);
    return Number.isNaN(value) ? 0 : value;
  };
  return places.sort((a, b) => allocated(a) - allocated(b)).slice(0, (places.length + 1) >> 1);
}

function keptIn(
  log: ClassLog,
  quiet: readonly number[],
  column: number,
  type: string | null,
  figures: ReadonlyMap<number, Figures>,
): Kept | null {
  const { runs } = log;
  if (!runs.has(column)) return null;
  const places = quiet.filter((at) => !Number.isNaN(runs.value(column, at)));
  if (places.length < LEAST_QUIET_RUNS) return null;
  const values = places.map((at) => runs.value(column, at));
  const { centre, width } = narrowestHalf(values);
  const positive = values.filter((value) => value > 0).length;
  if (centre < LEAST_KEPT || width > centre * TIGHT || fairChance(positive, values.length) > CHANCE) return null;
  const givenBack = places.flatMap((at) => {
    const median = figures.get(runs.nextClass(at))?.medians[column];
    const next = runs.next(column, at);
    return median === undefined || Number.isNaN(next) || Number.isNaN(median) ? [] : [median - next];
  });
  const isGivenBack = givenBack.length > 0 && medianOf(givenBack) > centre * PAID_BACK;
  return { type, perRun: centre, runs: values.length, positive, givenBack: isGivenBack };
}
