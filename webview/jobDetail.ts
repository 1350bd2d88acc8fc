/** What is known of one job class: verdict, evidence, what to do, figures, objects by type. */

import type { JobClass } from '../src/jobs/jobReport';
import { formatBytes, formatCount, formatShare } from '../src/profile/format';
import { button } from './controls';
import { breakable, element } from './dom';
import { runsOf } from './jobClasses';
import { counted, flagWords, prose, signed, verdictBadge } from './jobWords';
import { visibleText } from './visibleText';

export interface DetailLinks {
  openPerform(job: string): void;
  showInProfile(job: string): void;
}

export class JobDetail {
  readonly element = element('aside', { className: 'jobs-side', attributes: { 'aria-label': 'Selected job class' } });
  private drawn: JobClass | null = null;

  constructor(private readonly links: DetailLinks) {}

  update(job: JobClass | null, locale: string): void {
    if (job !== null && job === this.drawn) return;
    this.drawn = job;
    if (job === null) {
      this.element.replaceChildren(
        element('p', {
          className: 'table-note',
          text: 'Select a job class to see why it has its verdict, and what to do.',
        }),
      );
      return;
    }
    this.element.replaceChildren(
      element('h2', { className: 'jobs-side-name' }, breakable(visibleText(job.name, 120))),
      element('p', { className: 'jobs-side-verdict' }, verdictBadge(job.verdict), ` ${about(job, locale)}`),
      element('p', { className: 'evidence', text: visibleText(job.evidence, 1000) }),
      ...flags(job),
      ...steps(job),
      element(
        'div',
        { className: 'jobs-side-actions' },
        button('Open perform', () => this.links.openPerform(job.name), 'primary'),
        button('Show in Profile', () => this.links.showInProfile(job.name)),
      ),
      ...figures(job, locale),
      ...types(job, locale),
    );
  }
}

function about(job: JobClass, locale: string): string {
  const parts = [counted(runsOf(job), 'run', 'runs', locale)];
  if (job.failed > 0) parts.push(`${formatCount(job.failed, locale)} failed`);
  if (job.queue !== null) parts.push(`queue ${visibleText(job.queue, 60)}`);
  return parts.join(' · ');
}

function flags({ flags: all }: JobClass): HTMLElement[] {
  if (all.length === 0) return [];
  return [
    element(
      'ul',
      { className: 'jobs-side-flags' },
      ...all.map((flag) => element('li', { text: flagWords[flag].long })),
    ),
  ];
}

function steps({ nextSteps }: JobClass): HTMLElement[] {
  if (nextSteps.length === 0) return [];
  return [
    element('h3', { text: 'What to do' }),
    element('ol', { className: 'next-steps' }, ...nextSteps.map((text) => element('li', {}, ...prose(text)))),
  ];
}

function figures(
  { objects, liveDelta, retainedShare, rssDelta, elapsed, count, kept }: JobClass,
  locale: string,
): HTMLElement[] {
  const number = (value: number): string => formatCount(value, locale);
  const rows: (readonly [what: string, figure: string])[] = [];
  if (objects !== null) {
    rows.push(
      ['Objects per run, median', number(objects.p50)],
      ['95 of 100 runs', `≤ ${number(objects.p95)}`],
      ['Largest run', number(objects.max)],
    );
  }
  if (liveDelta !== null) {
    rows.push(
      ['Live slots per run, median', signed(liveDelta.p50, number)],
      ['of its quiet half', signed(liveDelta.quiet, number)],
      ['Sum of all runs', signed(liveDelta.sum, number)],
    );
  }
  if (retainedShare !== null) rows.push(['Kept of what it allocates', formatShare(retainedShare, locale)]);
  if (rssDelta !== null) {
    const bytes = (value: number): string => signed(value, (size) => formatBytes(size, locale));
    rows.push(['Resident memory, sum', bytes(rssDelta.sum)], ['in one run at most', bytes(rssDelta.max)]);
  }
  if (elapsed !== null)
    rows.push(['Takes, median', seconds(elapsed.p50, locale)], ['at most', seconds(elapsed.max, locale)]);
  if (rows.length === 0) return [];
  const list = element('dl', { className: 'jobs-side-figures' });
  for (const [what, figure] of rows) list.append(element('dt', { text: what }), element('dd', { text: figure }));
  const part =
    kept < count
      ? [element('p', { className: 'table-note', text: `Medians are of an even sample of ${number(kept)} runs.` })]
      : [];
  return [element('h3', { text: 'Figures' }), list, ...part];
}

function types({ types: all }: JobClass, locale: string): HTMLElement[] {
  if (all.length === 0) return [];
  const most = all.reduce((widest, { p50 }) => Math.max(widest, Math.abs(p50)), 1);
  const rows = [...all]
    .sort((a, b) => b.p50 - a.p50)
    .map(({ type, p50, sum }) => {
      const bar = element('span', { className: 'type-bar', attributes: { 'aria-hidden': 'true' } });
      bar.style.transform = `scaleX(${Math.abs(p50) / most})`;
      bar.dataset.falls = String(p50 < 0);
      return element(
        'tr',
        {},
        element('th', { text: type, attributes: { scope: 'row' } }),
        element('td', {}, bar),
        element('td', { text: signed(p50, (value) => formatCount(value, locale)) }),
        element('td', { text: signed(sum, (value) => formatCount(value, locale)) }),
      );
    });
  const head = element(
    'tr',
    {},
    ...['Type', '', 'Median', 'Sum'].map((text) => element(text === '' ? 'td' : 'th', { text })),
  );
  return [
    element('h3', { text: 'Objects by type, live after a run less before' }),
    element('table', { className: 'type-table' }, element('thead', {}, head), element('tbody', {}, ...rows)),
  ];
}

function seconds(value: number, locale: string): string {
  return `${new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }).format(value)} s`;
}
