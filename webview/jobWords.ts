import type { JobFlag, JobProcess, Verdict } from '../src/jobs/jobReport';
import { formatBytes, formatCount, formatShort } from '../src/profile/format';
import { element } from './dom';

/** Worst first. */
export const severity: Readonly<Record<Verdict, number>> = { leak: 0, bloat: 1, unknown: 2, steady: 3 };

export const verdictWords: Readonly<Record<Verdict, string>> = {
  leak: 'Leak',
  bloat: 'Bloat',
  steady: 'Steady',
  unknown: 'No verdict',
};

export const flagWords: Readonly<Record<JobFlag, { readonly short: string; readonly long: string }>> = {
  'over-1m-objects': { short: '1 M+', long: 'Makes a million objects or more in a run.' },
  concurrent: { short: 'mixed', long: 'Other jobs ran beside it: its figures hold what they did meanwhile.' },
  'no-gc': {
    short: 'no GC',
    long: 'No collection ran before its counters were read: live figures are mostly garbage.',
  },
};

/** A text of our own whose code stands between backticks. */
export function prose(text: string): (HTMLElement | string)[] {
  return text.split('`').map((part, at) => (at % 2 === 1 ? element('code', { text: part }) : part));
}

export function verdictBadge(verdict: Verdict): HTMLElement {
  const badge = element('span', { className: 'verdict', text: verdictWords[verdict] });
  badge.dataset.verdict = verdict;
  return badge;
}

export function processName({ pid, source }: JobProcess): string {
  if (pid === null) return source ?? 'The process';
  return source === null ? `Process ${pid}` : `${source}, process ${pid}`;
}

/** `+164 kB per job`, or empty. */
export function slopeWords({ slopePerJob, slopeUnit }: JobProcess, locale: string): string {
  if (slopePerJob === null) return '';
  const amount =
    slopeUnit === 'bytes'
      ? signed(slopePerJob, (value) => formatBytes(value, locale))
      : `${signed(slopePerJob, (value) => formatShort(value, locale))} slots`;
  return `${amount} per job`;
}

export function limitWords({ limits: { r14, r15, oomKills } }: JobProcess, locale: string): readonly string[] {
  const all = [
    [r14, 'over its quota (R14)'],
    [r15, 'stopped far over its quota (R15)'],
    [oomKills, 'killed for its memory'],
  ] as const;
  return all.flatMap(([count, what]) => (count === 0 ? [] : [`${what} ${times(count, locale)}`]));
}

export function times(count: number, locale: string): string {
  return count === 1 ? 'once' : `${formatCount(count, locale)} times`;
}

export function counted(count: number, one: string, many: string, locale: string): string {
  return `${formatCount(count, locale)} ${count === 1 ? one : many}`;
}

export function signed(value: number, format: (value: number) => string): string {
  return value > 0 ? `+${format(value)}` : format(value);
}
