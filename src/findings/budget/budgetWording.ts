import { assertNever } from '../../profile/assertNever';
import { formatCount, formatShare } from '../../profile/format';
import type { BudgetLimit, BudgetSubject } from './budget';
import type { Figure } from './countSubject';
import type { Check } from './judgeBudgets';

/** The subject as a name: `job SyncJob`, `app/models/account.rb:63`. */
export function subjectName(subject: BudgetSubject): string {
  switch (subject.by) {
    case 'total':
      return 'total';
    case 'job':
      return `job ${subject.job}`;
    case 'method':
      return subject.method;
    case 'file':
      return subject.file;
    case 'line':
      return `${subject.file}:${subject.line}`;
    default:
      return assertNever(subject);
  }
}

/** `500,000`, `20.0 %`, `+10 %`, `+20,000`. */
export function limitName(limit: BudgetLimit): string {
  switch (limit.by) {
    case 'objects':
      return formatCount(limit.most);
    case 'share':
      return formatShare(limit.most);
    case 'growth':
      return limit.in === 'percent' ? `+${limit.most} %` : `+${formatCount(limit.most)}`;
    default:
      return assertNever(limit);
  }
}

/** `≈149,997`; counts without the sign. */
export function objectsName({ objects, perSample, proved }: Figure): string {
  const bound = proved < objects ? '≤' : perSample === 0 ? '' : '≈';
  return `${bound}${formatCount(objects)}`;
}

/** What a check found, in sentences: the figure with its base, the limit, and what to do. */
export function checkMessage(check: Check): string {
  const { budget, verdict, figure } = check;
  const name = sentenceStart(budget.subject);
  const why = budget.why === null ? '' : ` ${withStop(budget.why)}`;
  switch (verdict) {
    case 'within':
      return figure === null
        ? `${name}: gone since the baseline.`
        : `${name}: ${figurePhrase(check, figure)}, within ${limitPhrase(check)}.`;
    case 'over':
      return `${name}: ${overPhrase(check)}.${why}`;
    case 'unproved':
      return `${name}: ${overPhrase(check)}, but ${doubt(check)}.${why}`;
    case 'unmatched':
      return `${name}: the profile has no sample of this ${nounOf(budget.subject)}, so nothing was checked: it did not run, has moved, or is not called what report calls it.`;
    case 'unchecked':
      return `${name}: growth was not checked, for there is no --baseline.`;
    default:
      return assertNever(verdict);
  }
}

function overPhrase(check: Check): string {
  const { figure, mostObjects } = check;
  if (figure === null || mostObjects === null) return '';
  const excess = figure.objects - mostObjects;
  const sign = figure.perSample === 0 ? '' : '≈';
  return `${figurePhrase(check, figure)}, ${sign}${formatCount(excess)} more than ${limitPhrase(check)}`;
}

function figurePhrase({ budget, limit, before }: Check, figure: Figure): string {
  const own = budget.counts === 'own' ? 'own ' : '';
  const share = budget.subject.by === 'total' ? '' : ` (${formatShare(figure.share)} of all)`;
  const was = limit.by === 'growth' ? ` after ${before === null ? 'none' : objectsName(before)} in the baseline` : '';
  return `${objectsName(figure)} ${own}objects${share}${was}`;
}

function limitPhrase({ limit, mostObjects }: Check): string {
  const objects = formatCount(mostObjects ?? 0);
  switch (limit.by) {
    case 'objects':
      return `the budget of ${objects}`;
    case 'share':
      return `the budget of ${formatShare(limit.most)} of all (${objects})`;
    case 'growth':
      return `the budget of ${objects} (${limitName(limit)})`;
    default:
      return assertNever(limit);
  }
}

function doubt({ figure, errorObjects }: Check): string {
  if (figure !== null && figure.proved < figure.objects) {
    return 'the profile does not know its stacks or their lines well enough to prove it: record with raw: true and StackProf 0.2.26 or newer';
  }
  return `chance alone can add up to ${formatCount(errorObjects)} at this sampling interval: record longer, or at a smaller interval, to know`;
}

function sentenceStart(subject: BudgetSubject): string {
  return subject.by === 'total'
    ? 'All allocations'
    : subject.by === 'job'
      ? `Job ${subject.job}`
      : subjectName(subject);
}

function nounOf(subject: BudgetSubject): string {
  return subject.by === 'job' ? "job's perform" : subject.by;
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
