import { assertNever } from '../../profile/assertNever';
import type { Budget, BudgetLimit } from './budget';
import { type CountedProfile, countSubject, type Figure } from './countSubject';

/**
 * `over`: the profile proves that there is more than the limit. `unproved`: its figure is more, but may be so by chance or is
 * only a bound. `unmatched`: the profile has nothing of this name. `unchecked`: growth without a baseline.
 */
export type Verdict = 'within' | 'over' | 'unproved' | 'unmatched' | 'unchecked';

/** One limit of one budget, held against a profile. */
export interface Check {
  readonly budget: Budget;
  readonly limit: BudgetLimit;
  readonly verdict: Verdict;
  /** Null when the profile has nothing of this name. */
  readonly figure: Figure | null;
  /** The same in the baseline, where growth is limited; null when it has nothing of this name, or there is none. */
  readonly before: Figure | null;
  /** The limit in objects. Null when it depends on a baseline that is not there. */
  readonly mostObjects: number | null;
  /** By so many objects an estimate of `mostObjects` may be too high by chance; 0 where counts are compared. */
  readonly errorObjects: number;
}

/** Holds a profile against budgets, in their order. `baseline`: what growth is measured from, or null. */
export function judgeBudgets(
  budgets: readonly Budget[],
  profile: CountedProfile,
  baseline: CountedProfile | null,
): Check[] {
  return budgets.flatMap((budget) => {
    const figure = countSubject(profile, budget);
    const grows = budget.limits.some(({ by }) => by === 'growth');
    const before = grows && baseline !== null ? countSubject(baseline, budget) : null;
    return budget.limits.map((limit) => judge(budget, limit, figure, before, profile, baseline));
  });
}

function judge(
  budget: Budget,
  limit: BudgetLimit,
  figure: Figure | null,
  before: Figure | null,
  profile: CountedProfile,
  baseline: CountedProfile | null,
): Check {
  const known = { budget, limit, figure, before };
  if (limit.by === 'growth' && baseline === null) {
    return { ...known, verdict: 'unchecked', mostObjects: null, errorObjects: 0 };
  }
  const { mostObjects, errorObjects } = boundOf(limit, figure, before, profile, baseline);
  const verdict = figure === null ? absent(before) : verdictOf(figure, mostObjects, errorObjects);
  return { ...known, verdict, mostObjects, errorObjects };
}

/** What was in the baseline and is gone has not grown; what was nowhere is most likely misspelt. */
function absent(before: Figure | null): Verdict {
  return before === null ? 'unmatched' : 'within';
}

function verdictOf({ objects, proved }: Figure, most: number, error: number): Verdict {
  if (objects <= most) return 'within';
  return proved > most + error ? 'over' : 'unproved';
}

function boundOf(
  limit: BudgetLimit,
  figure: Figure | null,
  before: Figure | null,
  { profile, measure }: CountedProfile,
  baseline: CountedProfile | null,
): { readonly mostObjects: number; readonly errorObjects: number } {
  const perSample = figure?.perSample ?? 0;
  switch (limit.by) {
    case 'objects': {
      const error = perSample === 0 ? 0 : perSample * chanceOf(limit.most / perSample, 0);
      return { mostObjects: limit.most, errorObjects: error };
    }
    case 'share': {
      const samples = limit.most * profile.samples;
      const error = perSample === 0 ? 0 : perSample * chanceOf(samples, limit.most);
      return { mostObjects: samples * measure.perSample, errorObjects: error };
    }
    case 'growth': {
      const had = before?.objects ?? 0;
      const factor = limit.in === 'percent' ? 1 + limit.most / 100 : 1;
      const most = had * factor + (limit.in === 'objects' ? limit.most : 0);
      // A method that the baseline did not see may have had almost a sample there.
      const beforePerSample = before?.perSample ?? sampleOf(baseline);
      const variance =
        perSample * ((figure?.objects ?? 0) + perSample) + factor ** 2 * beforePerSample * (had + beforePerSample);
      return { mostObjects: most, errorObjects: ONE_IN_TWENTY * Math.sqrt(variance) };
    }
    default:
      return assertNever(limit);
  }
}

/** So many standard deviations above the mean is one normal value in twenty. */
const ONE_IN_TWENTY = 1.645;

/**
 * How many samples more than `samples` chance gives in one of twenty recordings at most. Samples come like raindrops, so their number
 * has a standard deviation of its root; the last term makes it hold for few samples too (0.95 of a Poisson distribution, from 0
 * samples on). `share`: of all samples, whose number is known.
 */
function chanceOf(samples: number, share: number): number {
  return ONE_IN_TWENTY * Math.sqrt(samples * (1 - share)) + ONE_IN_TWENTY ** 2 / 4;
}

function sampleOf(counted: CountedProfile | null): number {
  if (counted === null) return 0;
  const { exact, perSample } = counted.measure;
  return exact && perSample === 1 ? 0 : perSample;
}
