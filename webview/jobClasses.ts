/** The table of job classes. */

import type { JobClass, JobReport } from '../src/jobs/jobReport';
import { formatBytes, formatCount, formatShare, formatShort } from '../src/profile/format';
import { nameCell } from './cells';
import { element, setText, show } from './dom';
import { Grid, type GridColumn } from './grid';
import { counted, flagWords, severity, signed, verdictBadge, verdictWords } from './jobWords';

const rowPx = 24;
const mostRows = 16;

export interface ClassLinks {
  select(job: string): void;
  openPerform(job: string): void;
  showInProfile(job: string): void;
}

export class JobClasses {
  readonly element = element('section', { className: 'jobs-part', attributes: { 'aria-labelledby': 'jobs-classes' } });
  private readonly heading = element('h2', { attributes: { id: 'jobs-classes' } });
  private readonly note = element('p', {
    className: 'table-note',
    text: 'Objects: allocated per run. Live: slots in use after a run less those before. Kept: live of objects, median. Enter opens perform, f shows it in the profile.',
  });
  private readonly box = element('div', { className: 'jobs-grid' });
  private readonly grid: Grid;
  private jobs: readonly JobClass[] = [];
  private locale = 'en';

  constructor(links: ClassLinks) {
    const named = (act: (job: string) => void) => (id: number) => {
      const job = this.jobs[id];
      if (job !== undefined) act(job.name);
    };
    this.grid = new Grid(
      'Job classes',
      this.columns(),
      {
        select: named((job) => links.select(job)),
        open: (id, opening) => {
          if (opening === 'go') named((job) => links.openPerform(job))(id);
        },
        showInFlame: named((job) => links.showInProfile(job)),
        menu: () => undefined,
      },
      { column: 'objects', descending: true },
    );
    this.box.append(this.grid.element);
    this.element.append(this.heading, this.note, this.box);
  }

  update({ jobs }: JobReport, locale: string): void {
    if (this.jobs === jobs) return;
    this.jobs = jobs;
    this.locale = locale;
    show(this.element, jobs.length > 0);
    setText(this.heading, counted(jobs.length, 'job class', 'job classes', locale));
    this.box.style.height = `${(Math.min(jobs.length, mostRows) + 1) * rowPx + 2}px`;
    this.grid.setRows(jobs.length, null, locale);
    this.grid.setWords('');
  }

  select(job: string | null): void {
    this.grid.markSelected(job === null ? -1 : this.jobs.findIndex(({ name }) => name === job));
  }

  private columns(): GridColumn[] {
    const number = (
      id: string,
      title: string,
      hint: string,
      read: (job: JobClass) => number | null,
      format: (value: number) => string,
      { side = false, minPx = 70 }: { readonly side?: boolean; readonly minPx?: number } = {},
    ): GridColumn => ({
      id,
      title,
      hint,
      align: 'end',
      width: `minmax(${minPx}px, 1fr)`,
      side,
      key: (row) => read(this.jobs[row]!) ?? Number.NEGATIVE_INFINITY,
      descendingFirst: true,
      fill: (cell, row) => {
        const value = read(this.jobs[row]!);
        setText(cell, value === null ? '–' : format(value));
        cell.title = value === null ? 'Not in the log' : '';
      },
    });
    const short = (value: number): string => formatShort(value, this.locale);
    const change = (value: number): string => signed(value, short);
    return [
      {
        id: 'name',
        title: 'Job class',
        hint: 'As the log names it; the class inside Active Job’s wrapper where it is known',
        align: 'start',
        width: 'minmax(140px, 3fr)',
        key: (row) => this.jobs[row]!.name,
        descendingFirst: false,
        fill: (cell, row) => nameCell(cell, this.jobs[row]!.name, this.jobs[row]!.name),
      },
      {
        id: 'verdict',
        title: 'Verdict',
        hint: 'By runs beside which little else ran',
        align: 'start',
        width: '100px',
        key: (row) => severity[this.jobs[row]!.verdict],
        descendingFirst: false,
        fill: (cell, row) => {
          const { verdict } = this.jobs[row]!;
          if (cell.textContent !== verdictWords[verdict]) cell.replaceChildren(verdictBadge(verdict));
        },
      },
      number('runs', 'Runs', 'With memory figures, else as Sidekiq’s own lines tell', runsOf, (value) =>
        formatCount(value, this.locale),
      ),
      number('objects', 'Objects', 'Allocated per run, median', ({ objects }) => objects?.p50 ?? null, short, {
        minPx: 86,
      }),
      number(
        'p95',
        'p95',
        'Objects allocated per run: 95 of 100 runs make at most so many',
        ({ objects }) => objects?.p95 ?? null,
        short,
        { side: true },
      ),
      number('max', 'Max', 'Objects allocated by the largest run', ({ objects }) => objects?.max ?? null, short),
      number(
        'live',
        'Live',
        'Slots in use after a run less those before, median',
        ({ liveDelta }) => liveDelta?.p50 ?? null,
        change,
      ),
      number(
        'liveSum',
        'Live sum',
        'Of all runs; misleads where other jobs ran beside it',
        ({ liveDelta }) => liveDelta?.sum ?? null,
        change,
        { side: true, minPx: 84 },
      ),
      number(
        'kept',
        'Kept',
        'Live of objects, median of the runs',
        ({ retainedShare }) => retainedShare,
        (value) => formatShare(value, this.locale),
        { side: true },
      ),
      number(
        'rss',
        'RSS',
        'Change of resident memory during its runs, sum',
        ({ rssDelta }) => rssDelta?.sum ?? null,
        (value) => signed(value, (bytes) => formatBytes(bytes, this.locale)),
      ),
      {
        id: 'flags',
        title: 'Flags',
        hint: '1 M+: a million objects or more. Mixed: other jobs in its counters. No GC: no collection before they were read',
        align: 'start',
        width: 'minmax(100px, 1.2fr)',
        side: true,
        key: (row) => this.jobs[row]!.flags.length,
        descendingFirst: true,
        fill: (cell, row) => {
          const { flags } = this.jobs[row]!;
          setText(cell, flags.map((flag) => flagWords[flag].short).join(', '));
          cell.title = flags.map((flag) => flagWords[flag].long).join(' ');
        },
      },
    ];
  }
}

export function runsOf({ count, started, done, failed }: JobClass): number {
  return Math.max(count, started, done + failed);
}
