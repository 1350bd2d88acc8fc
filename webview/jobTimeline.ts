/** The course of a process's memory: a line over the range of each stretch, restarts marked; by pointer, by key, and as a table. */

import type { JobProcess, Series } from '../src/jobs/jobReport';
import { formatBytes, formatShort } from '../src/profile/format';
import { element, setText, show } from './dom';
import { counted, processName } from './jobWords';

export type SeriesName = 'rss' | 'live';

const heightPx = 150;
const left = 68;
const right = 12;
const top = 10;
const bottom = 22;
const tableRows = 40;
const namespace = 'http://www.w3.org/2000/svg';

interface Shown {
  readonly series: Series;
  readonly name: string;
  readonly format: (value: number) => string;
  readonly locale: string;
  /** Jobs that had ended, or plain positions where the log does not count them. */
  readonly x: Float64Array;
  readonly countsJobs: boolean;
}

export class JobTimeline {
  readonly element = element('div', { className: 'timeline' });
  private readonly choices = element('div', {
    className: 'timeline-choices',
    attributes: { role: 'group', 'aria-label': 'What the chart shows' },
  });
  private readonly buttons: Readonly<Record<SeriesName, HTMLButtonElement>>;
  private readonly svg = document.createElementNS(namespace, 'svg');
  private readonly said = element('p', { className: 'timeline-said', attributes: { 'aria-live': 'polite' } });
  private readonly twin = element(
    'details',
    { className: 'timeline-twin' },
    element('summary', { text: 'The same as a table' }),
  );
  private readonly none = element('p', { className: 'table-note' });
  private shown: Shown | null = null;
  private at = -1;

  constructor(private readonly choose: (series: SeriesName) => void) {
    const made = (series: SeriesName, text: string): HTMLButtonElement => {
      const button = element('button', { className: 'chip switch', text });
      button.addEventListener('click', () => this.choose(series));
      return button;
    };
    this.buttons = { rss: made('rss', 'Resident memory'), live: made('live', 'Live slots') };
    this.choices.append(this.buttons.rss, this.buttons.live);
    this.svg.setAttribute('class', 'timeline-chart');
    this.svg.setAttribute('tabindex', '0');
    this.svg.setAttribute('role', 'img');
    this.svg.addEventListener('pointermove', (event) => this.moveTo(event.clientX));
    this.svg.addEventListener('pointerleave', () => this.mark(-1));
    this.svg.addEventListener('keydown', (event) => this.onKey(event));
    this.element.append(this.choices, this.none, this.svg, this.said, this.twin);
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  /** Shows what the log has: the wanted series, else the other one. */
  update(process: JobProcess, wanted: SeriesName, locale: string): void {
    const name: SeriesName = process[wanted] === null && process[other(wanted)] !== null ? other(wanted) : wanted;
    const series = process[name];
    for (const one of ['rss', 'live'] as const) {
      this.buttons[one].setAttribute('aria-pressed', String(one === name));
      this.buttons[one].disabled = process[one] === null;
    }
    setText(this.buttons.live, process.liveIsSum ? 'Sum of live deltas' : 'Live slots');
    this.at = -1;
    setText(this.said, '');
    show(this.choices, series !== null);
    show(this.none, series === null);
    show(this.twin, series !== null);
    this.svg.toggleAttribute('hidden', series === null);
    if (series === null) {
      this.shown = null;
      setText(this.none, 'The log has no figures of its memory over time: add rss_kb to its records.');
      return;
    }
    const countsJobs = series.jobs.at(-1)! > series.jobs[0]!;
    this.shown = {
      series,
      name: name === 'rss' ? 'Resident memory' : process.liveIsSum ? 'Sum of live deltas' : 'Live slots',
      format: name === 'rss' ? (value) => formatBytes(value, locale) : (value) => formatShort(value, locale),
      locale,
      x: countsJobs ? series.jobs : series.jobs.map((_jobs, at) => at),
      countsJobs,
    };
    this.svg.setAttribute('aria-label', this.summary(process));
    this.fillTwin();
    this.draw();
  }

  private summary(process: JobProcess): string {
    const { series, name, format, locale } = this.shown!;
    const jobs = counted(process.jobs, 'job', 'jobs', locale);
    const restarts = counted(process.restarts, 'restart', 'restarts', locale);
    return `${name} of ${processName(process)}: ${format(series.last[0]!)} at first, ${format(series.last.at(-1)!)} at last, over ${jobs} and ${restarts}. Arrow keys read it.`;
  }

  private draw(): void {
    const { shown } = this;
    const width = this.element.clientWidth;
    if (shown === null || width === 0) return;
    const { series, format } = shown;
    this.svg.setAttribute('viewBox', `0 0 ${width} ${heightPx}`);
    this.svg.setAttribute('height', String(heightPx));
    const place = this.places(shown, width);
    const marks: SVGElement[] = [];
    for (const value of place.ticks) {
      const y = place.y(value);
      marks.push(made('line', { class: 'timeline-grid', x1: left, x2: width - right, y1: y, y2: y }));
      marks.push(label(format(value), { x: left - 8, y: y + 4, 'text-anchor': 'end' }));
    }
    const lives = [0, ...series.restarts, series.last.length];
    for (let life = 0; life + 1 < lives.length; life++) {
      const rows = Array.from({ length: lives[life + 1]! - lives[life]! }, (_none, at) => lives[life]! + at);
      const upper = rows.map((row) => `${place.x(row)},${place.y(series.max[row]!)}`);
      const lower = rows.map((row) => `${place.x(row)},${place.y(series.min[row]!)}`).reverse();
      marks.push(made('polygon', { class: 'timeline-range', points: [...upper, ...lower].join(' ') }));
      const line = rows.map((row) => `${place.x(row)},${place.y(series.last[row]!)}`);
      marks.push(made('polyline', { class: 'timeline-line', points: line.join(' ') }));
    }
    for (const row of series.restarts) {
      const x = place.x(row);
      marks.push(made('line', { class: 'timeline-restart', x1: x, x2: x, y1: top, y2: heightPx - bottom }));
      if (series.restarts.length <= 12) marks.push(label('restart', { x: x + 4, y: top + 9 }));
    }
    const end = series.last.length - 1;
    const hasRoom = width > 620;
    marks.push(label(this.when(0, hasRoom), { x: left, y: heightPx - 6 }));
    if (end > 0)
      marks.push(label(this.when(end, hasRoom), { x: width - right, y: heightPx - 6, 'text-anchor': 'end' }));
    if (this.at >= 0) {
      const x = place.x(this.at);
      marks.push(made('line', { class: 'timeline-cursor', x1: x, x2: x, y1: top, y2: heightPx - bottom }));
      marks.push(made('circle', { class: 'timeline-point', cx: x, cy: place.y(series.last[this.at]!), r: 3.5 }));
    }
    this.svg.replaceChildren(...marks);
  }

  private places({ series, x }: Shown, width: number) {
    const highest = series.max.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    const lowest = Math.min(
      0,
      series.min.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    );
    const step = niceStep((highest - lowest) / 4);
    const first = Math.floor(lowest / step) * step;
    const last = Math.max(first + step, Math.ceil(highest / step) * step);
    const from = x[0]!;
    const span = Math.max(1, x.at(-1)! - from);
    return {
      x: (row: number): number => left + ((x[row]! - from) / span) * (width - left - right),
      y: (value: number): number => top + ((last - value) / (last - first)) * (heightPx - top - bottom),
      ticks: Array.from({ length: Math.round((last - first) / step) + 1 }, (_none, at) => first + at * step),
    };
  }

  /** `after 120 jobs`, with the time where the log has it (and there is room for it, or nothing else). */
  private when(row: number, hasRoom = true): string {
    const { series, locale, countsJobs } = this.shown!;
    const time = series.timesMs[row]!;
    const clock = Number.isNaN(time)
      ? ''
      : new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium', timeZone: 'UTC' })
          .format(time)
          .concat(' UTC');
    if (countsJobs && !hasRoom) return `after ${counted(series.jobs[row]!, 'job', 'jobs', locale)}`;
    const jobs = countsJobs ? `after ${counted(series.jobs[row]!, 'job', 'jobs', locale)}` : '';
    return [jobs, clock].filter((part) => part !== '').join(', ') || `value ${row + 1}`;
  }

  private words(row: number): string {
    const { series, name, format } = this.shown!;
    const [min, max] = [series.min[row]!, series.max[row]!];
    const range = min === max ? '' : ` (${format(min)} to ${format(max)})`;
    const restart = series.restarts.includes(row) ? ', first after a restart' : '';
    return `${name} ${this.when(row)}: ${format(series.last[row]!)}${range}${restart}`;
  }

  private moveTo(clientX: number): void {
    const { shown } = this;
    if (shown === null) return;
    const box = this.svg.getBoundingClientRect();
    const place = this.places(shown, box.width);
    let nearest = 0;
    for (let row = 1; row < shown.x.length; row++) {
      if (Math.abs(place.x(row) - (clientX - box.left)) < Math.abs(place.x(nearest) - (clientX - box.left)))
        nearest = row;
    }
    this.mark(nearest);
  }

  private onKey(event: KeyboardEvent): void {
    if (this.shown === null) return;
    const last = this.shown.series.last.length - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: this.at + 1,
      ArrowLeft: this.at < 0 ? last : this.at - 1,
      PageDown: this.at + 20,
      PageUp: this.at - 20,
      Home: 0,
      End: last,
      Escape: -1,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.mark(event.key === 'Escape' ? -1 : Math.min(last, Math.max(0, to)));
  }

  private mark(row: number): void {
    if (row === this.at) return;
    this.at = row;
    setText(this.said, row < 0 ? '' : this.words(row));
    this.draw();
  }

  private fillTwin(): void {
    const { series, name, format } = this.shown!;
    const head = element(
      'tr',
      {},
      ...['When', name, 'Least', 'Most', ''].map((text) => element('th', { text, attributes: { scope: 'col' } })),
    );
    const table = element('table', {}, element('thead', {}, head));
    const body = element('tbody');
    const { length } = series.last;
    const step = Math.max(1, Math.ceil(length / tableRows));
    for (
      let row = Math.min(step, length) - 1;
      row < length;
      row = row === length - 1 ? length : Math.min(length - 1, row + step)
    ) {
      const from = Math.max(0, row - step + 1);
      const least = series.min.subarray(from, row + 1).reduce((a, b) => Math.min(a, b));
      const most = series.max.subarray(from, row + 1).reduce((a, b) => Math.max(a, b));
      const restart = series.restarts.some((at) => at >= from && at <= row) ? 'restart' : '';
      const cells = [this.when(row), format(series.last[row]!), format(least), format(most), restart];
      body.append(element('tr', {}, ...cells.map((text) => element('td', { text }))));
    }
    table.append(body);
    this.twin.replaceChildren(this.twin.firstElementChild!, table);
  }
}

function other(series: SeriesName): SeriesName {
  return series === 'rss' ? 'live' : 'rss';
}

/** 1, 2 or 5 times a power of ten, not below what is wanted. */
export function niceStep(wanted: number): number {
  if (!(wanted > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= wanted) ?? 10 * power;
}

function made(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const shape = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) {
    shape.setAttribute(name, typeof value === 'number' ? String(Math.round(value * 10) / 10) : value);
  }
  return shape;
}

function label(text: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const shape = made('text', { class: 'timeline-label', ...attributes });
  shape.textContent = text;
  return shape;
}
