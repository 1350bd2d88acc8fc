/** The processes with their verdicts; of the chosen one the evidence, what to do, and the course of its memory. */
import type { JobReport } from '../src/jobs/jobReport';
import { element, setText, show } from './dom';
import { JobTimeline, type SeriesName } from './jobTimeline';
import {
  counted,
  flagWords,
  limitWords,
  processName,
  prose,
  severity,
  slopeWords,
  times,
  verdictBadge,
} from './jobWords';
import { visibleText } from './visibleText';

/** Beyond these a button shows the rest. */
const fewProcesses = 8;

export interface ProcessLinks {
  choose(process: number): void;
  chooseSeries(series: SeriesName): void;
}

export class JobProcesses {
  readonly element = element('section', {
    className: 'jobs-part',
    attributes: { 'aria-labelledby': 'jobs-processes' },
  });
  private readonly heading = element('h2', { attributes: { id: 'jobs-processes' } });
  private readonly list = element('ul', { className: 'process-list' });
  private readonly more = element('button', { className: 'link' });
  private readonly evidence = element('p', { className: 'evidence' });
  private readonly facts = element('p', { className: 'table-note' });
  private readonly steps = element('ol', { className: 'next-steps' });
  private readonly timeline: JobTimeline;
  private showsAll = false;
  private drawn: readonly [JobReport, number, SeriesName] | null = null;

  constructor(private readonly links: ProcessLinks) {
    this.timeline = new JobTimeline((series) => links.chooseSeries(series));
    this.element.append(
      this.heading,
      this.list,
      this.more,
      this.evidence,
      this.timeline.element,
      this.steps,
      this.facts,
    );
    this.more.addEventListener('click', () => {
      this.showsAll = true;
      if (this.drawn !== null) this.update(this.drawn[0], this.drawn[1], this.drawn[2], this.locale);
    });
  }

  private locale = 'en';

  update(report: JobReport, chosen: number, series: SeriesName, locale: string): void {
    this.drawn = [report, chosen, series];
    this.locale = locale;
    const { processes } = report;
    show(this.element, processes.length > 0);
    if (processes.length === 0) return;
    setText(this.heading, counted(processes.length, 'process', 'processes', locale));
    const order = processes
      .map((_process, at) => at)
      .sort((a, b) => severity[processes[a]!.verdict] - severity[processes[b]!.verdict] || a - b);
    const seen = this.showsAll ? order : order.slice(0, fewProcesses);
    this.list.replaceChildren(...seen.map((at) => this.row(report, at, at === chosen, locale)));
    show(this.more, seen.length < order.length);
    setText(this.more, `Show all ${counted(order.length, 'process', 'processes', locale)}`);
    const process = processes[chosen] ?? processes[order[0]!]!;
    setText(this.evidence, visibleText(process.evidence, 1000));
    this.steps.replaceChildren(...process.nextSteps.map((text) => element('li', {}, ...prose(text))));
    show(this.steps, process.nextSteps.length > 0);
    const facts = [
      ...limitWords(process, locale),
      ...process.flags.map((flag) => flagWords[flag].long.replace(/\.$/, '')),
    ];
    setText(
      this.facts,
      facts.length === 0 ? '' : `${facts.map((fact) => fact.charAt(0).toUpperCase() + fact.slice(1)).join('. ')}.`,
    );
    show(this.facts, facts.length > 0);
    this.timeline.update(process, series, locale);
  }

  private row({ processes }: JobReport, at: number, isChosen: boolean, locale: string): HTMLElement {
    const process = processes[at]!;
    const facts = [
      counted(process.jobs, 'job', 'jobs', locale),
      slopeWords(process, locale),
      process.restarts > 0 ? `restarted ${times(process.restarts, locale)}` : '',
    ];
    const row = element(
      'button',
      { className: 'process', attributes: { 'aria-pressed': String(isChosen) } },
      verdictBadge(process.verdict),
      element('bdi', { className: 'process-name', text: visibleText(processName(process), 80) }),
      element('span', { className: 'process-facts', text: facts.filter((fact) => fact !== '').join(' · ') }),
    );
    row.addEventListener('click', () => this.links.choose(at));
    return element('li', {}, row);
  }
}
