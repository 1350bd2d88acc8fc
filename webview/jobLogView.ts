/** The job log view: what a worker's log says of its processes and job classes. */

import type { JobReport, PoisonPill } from '../src/jobs/jobReport';
import { POISON_EXPLANATION } from '../src/jobs/nextSteps';
import { formatBytes } from '../src/profile/format';
import type { FromJobView, JobViewCommand, JobViewState, ToJobView } from '../src/protocol/jobLog';
import { button, checkbox, progressRing } from './controls';
import { element, icon, setText, show } from './dom';
import { JobClasses } from './jobClasses';
import { JobDetail } from './jobDetail';
import { JobProcesses } from './jobProcesses';
import { counted, severity, times } from './jobWords';
import { keptJobState } from './keptJobState';
import { visibleText } from './visibleText';

export interface JobViewApi {
  postMessage(message: FromJobView): void;
  getState(): unknown;
  setState(state: JobViewState): unknown;
}

/** Builds the view in `root` and connects it to the extension behind `api`. */
export function startJobLog(root: HTMLElement, api: JobViewApi, target: Window): void {
  new JobLogView(root, api).connect(target);
}

class JobLogView {
  private state: JobViewState;
  private report: JobReport | null = null;
  private locale = 'en';
  private readonly status = element('div', { className: 'status', attributes: { role: 'status' } });
  private readonly page = element('div', { className: 'jobs' });
  private readonly title = element('h1', { className: 'headline-row' });
  private readonly facts = element('ul', { className: 'facts' });
  private readonly warnings = element('div', {
    className: 'warnings',
    attributes: { role: 'list', 'aria-label': 'What to keep in mind' },
  });
  private readonly grown = element('p', { className: 'jobs-grown', attributes: { role: 'status' } });
  private readonly notice = element('p', { className: 'notice', attributes: { role: 'status' } });
  private readonly follow;
  private readonly processes: JobProcesses;
  private readonly classes: JobClasses;
  private readonly detail: JobDetail;
  private readonly poison = element('section', {
    className: 'jobs-part',
    attributes: { 'aria-labelledby': 'jobs-poison' },
  });
  private readonly nothing = element('p', {
    className: 'evidence',
    text: 'There is nothing to judge in this log. A worker logs its memory after every job once “Add Allocation Capture to This App” has put the capture kit into the application; Sidekiq’s own lines, Heroku’s memory samples and kills by the kernel are read too.',
  });
  private readonly main: HTMLElement;
  private reading: { readonly step: HTMLElement; readonly bar: HTMLElement } | null = null;

  constructor(
    root: HTMLElement,
    private readonly api: JobViewApi,
  ) {
    this.state = keptJobState(api.getState());
    const openPerform = (job: string): void => this.api.postMessage({ type: 'openPerform', job });
    const showInProfile = (job: string): void => this.api.postMessage({ type: 'showInProfile', job });
    this.follow = checkbox('Follow', (follow) => this.change({ follow }));
    this.follow.element.title = 'Read the log again when it grows';
    this.processes = new JobProcesses({
      choose: (process) => this.change({ process }),
      chooseSeries: (series) => this.change({ series }),
    });
    this.classes = new JobClasses({ select: (job) => this.change({ job }), openPerform, showInProfile });
    this.detail = new JobDetail({ openPerform, showInProfile });
    const controls = element(
      'div',
      { className: 'strip-controls' },
      this.follow.element,
      button('Open as Text', () => this.command('openText')),
    );
    const strip = element('div', { className: 'strip' }, this.title, this.facts, controls);
    const scroll = element(
      'div',
      { className: 'jobs-scroll' },
      this.processes.element,
      this.classes.element,
      this.poison,
      element('div', { className: 'jobs-part' }, this.nothing),
    );
    this.main = element('main', { className: 'main jobs-main' }, scroll, this.detail.element);
    this.page.append(element('header', { className: 'summary' }, strip, this.warnings, this.grown), this.main);
    root.append(this.status, this.page, this.notice);
    show(this.page, false);
    show(this.grown, false);
    show(this.notice, false);
    this.follow.set(this.state.follow);
  }

  connect(target: EventTarget): void {
    target.addEventListener('message', (event) => {
      if (event instanceof MessageEvent) this.receive(event.data);
    });
    this.api.postMessage({ type: 'ready' });
    this.api.postMessage({ type: 'follow', follow: this.state.follow });
  }

  private receive(message: ToJobView): void {
    if (typeof message !== 'object' || message === null) return;
    switch (message.type) {
      case 'reading':
        this.locale = message.locale;
        this.showReading(message);
        return;
      case 'report':
        this.locale = message.locale;
        this.showReport(message.name, message.report);
        return;
      case 'failed':
        this.showFailed(message);
        return;
      case 'grown':
        this.showGrown(message.bytes);
        return;
      case 'notice':
        setText(this.notice, visibleText(message.text, 300));
        show(this.notice, true);
        return;
      default:
    }
  }

  private change(change: Partial<JobViewState>): void {
    this.state = { ...this.state, ...change };
    this.api.setState(this.state);
    show(this.notice, false);
    if (change.follow !== undefined) this.api.postMessage({ type: 'follow', follow: change.follow });
    this.update();
  }

  private command(command: JobViewCommand): void {
    this.api.postMessage({ type: 'command', command });
  }

  private update(): void {
    const { report, state, locale } = this;
    if (report === null) return;
    this.processes.update(report, state.process, state.series, locale);
    this.classes.update(report, locale);
    this.classes.select(state.job);
    this.detail.update(report.jobs.find(({ name }) => name === state.job) ?? null, locale);
    show(this.nothing.parentElement ?? this.nothing, report.jobs.length === 0 && report.processes.length === 0);
    show(this.detail.element, report.jobs.length > 0);
    this.main.classList.toggle('without-side', report.jobs.length === 0);
  }

  private showReport(name: string, report: JobReport): void {
    const { locale } = this;
    const isFirst = this.report === null;
    this.report = report;
    this.reading = null;
    this.title.replaceChildren(element('bdi', { className: 'headline', text: visibleText(name, 120) }));
    const facts = [
      formatBytes(report.bytes, locale),
      counted(report.records, 'memory record', 'memory records', locale),
    ];
    this.facts.replaceChildren(...facts.map((text) => element('li', { text })));
    this.warnings.replaceChildren(
      ...report.problems.map(({ message }) =>
        element(
          'div',
          { className: 'warning', attributes: { role: 'listitem' } },
          icon('warning'),
          element('span', { className: 'warning-text', text: visibleText(message, 1000) }),
        ),
      ),
    );
    show(this.warnings, report.problems.length > 0);
    show(this.grown, false);
    this.showPoison(report.poison);
    // What a reload left may not be there any more; what is worst is what one wants to see first.
    const { job, process } = this.state;
    const isThere = report.jobs.some((one) => one.name === job);
    const worstJob = worst(report.jobs);
    this.state = {
      ...this.state,
      job: isThere ? job : (report.jobs[worstJob]?.name ?? null),
      process:
        isFirst && process === 0
          ? worst(report.processes)
          : Math.min(process, Math.max(0, report.processes.length - 1)),
    };
    this.api.setState(this.state);
    show(this.status, false);
    show(this.page, true);
    this.update();
  }

  private showPoison(pills: readonly PoisonPill[]): void {
    show(this.poison, pills.length > 0);
    const { locale } = this;
    this.poison.replaceChildren(
      element('h2', {
        text: counted(pills.length, 'poison pill', 'poison pills', locale),
        attributes: { id: 'jobs-poison' },
      }),
      element('p', { className: 'evidence', text: POISON_EXPLANATION }),
      element(
        'ul',
        { className: 'poison-list' },
        ...pills.map(({ class: name, jid, args, deaths }) =>
          element(
            'li',
            {},
            icon('warning'),
            element(
              'span',
              {},
              element('strong', {}, element('bdi', { text: visibleText(name, 120) })),
              jid === null ? ', several jobs' : ` ${visibleText(jid, 64)}`,
              args === null ? '' : `, arguments ${visibleText(args, 140)}`,
              `: its process ended ${times(deaths, locale)} while it ran`,
            ),
          ),
        ),
      ),
    );
  }

  /** Built once and then only updated, so that the ring does not start over with every step. */
  private showReading({ name, bytes, totalBytes }: Extract<ToJobView, { type: 'reading' }>): void {
    if (this.reading === null) {
      const step = element('p', { className: 'status-step' });
      const bar = element('div', { className: 'status-bar' });
      const title = element('h1', {}, 'Reading ', element('bdi', { text: visibleText(name, 120) }));
      const track = element('div', { className: 'status-track' }, bar);
      this.status.replaceChildren(
        element(
          'div',
          { className: 'status-box' },
          progressRing('Reading'),
          title,
          step,
          track,
          button('Cancel', () => this.command('cancel')),
        ),
      );
      this.reading = { step, bar };
      this.report = null;
      show(this.page, false);
      show(this.status, true);
    }
    const fraction = totalBytes === null || totalBytes === 0 ? null : Math.min(1, bytes / totalBytes);
    const percent =
      fraction === null ? '' : ` of ${formatBytes(totalBytes ?? 0, this.locale)}, ${Math.floor(fraction * 100)} %`;
    setText(this.reading.step, bytes === 0 ? '' : `${formatBytes(bytes, this.locale)}${percent}`);
    this.reading.bar.style.transform = `scaleX(${fraction ?? 0})`;
  }

  private showFailed({ name, isCancelled, message }: Extract<ToJobView, { type: 'failed' }>): void {
    this.reading = null;
    this.report = null;
    const box = element('div', { className: 'status-box' });
    if (!isCancelled) box.append(icon('error'));
    box.append(
      element(
        'h1',
        {},
        element('bdi', { text: visibleText(name, 120) }),
        isCancelled ? ' was not read' : ' cannot be read',
      ),
      element('p', { className: 'status-message', text: visibleText(message, 1000) }),
      button(isCancelled ? 'Read' : 'Try Again', () => this.command('retry'), 'primary'),
    );
    this.status.replaceChildren(box);
    show(this.page, false);
    show(this.status, true);
  }

  private showGrown(bytes: number): void {
    if (this.report === null) return;
    const more = bytes - this.report.bytes;
    const words =
      more > 0
        ? `The log has grown by ${formatBytes(more, this.locale)} since it was read. `
        : 'The log has changed since it was read. ';
    this.grown.replaceChildren(
      words,
      button('Read Again', () => this.command('retry')),
    );
    show(this.grown, true);
  }
}

/** Place of the first with the worst verdict; 0 of none. */
function worst(all: readonly { readonly verdict: keyof typeof severity }[]): number {
  return all.reduce((best, { verdict }, at) => (severity[verdict] < severity[all[best]!.verdict] ? at : best), 0);
}
