import type { JobClass, JobFlag, JobProcess, JobReport, Verdict } from '../jobs/jobReport';
import { POISON_EXPLANATION } from '../jobs/nextSteps';
import { formatBytes, formatCount, formatShare, formatShort } from '../profile/format';
import { wrapped } from './profileHeading';
import { printable, type Style } from './terminal';
import { type TextColumn, textTable } from './textTable';

/** Rows and reasons that a page has room for; JSON has all. */
const MOST_ROWS = 40;
const MOST_REASONS = 10;

/** The report for people: what the logs hold, processes, job classes, why, what to do, jobs that kill their process. */
export function jobsText(report: JobReport, style: Style, width: number): string {
  const { bytes, records, jobs, processes, problems } = report;
  const facts = [
    `${formatBytes(bytes)} of log`,
    `${formatCount(records)} memory ${records === 1 ? 'record' : 'records'}`,
    `${formatCount(jobs.length)} job ${jobs.length === 1 ? 'class' : 'classes'}`,
    `${formatCount(processes.length)} ${processes.length === 1 ? 'process' : 'processes'}`,
  ];
  const parts = [
    [
      ...wrapped(facts.join(' · '), '', width).map(style.bold),
      ...problems.flatMap(({ message }) => wrapped(printable(message), '  ! ', width).map(style.warning)),
    ],
    processPart(processes, style, width),
    classPart(jobs, style, width),
    reasonPart(report, style, width),
    stepPart(report, style, width),
    poisonPart(report, style, width),
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`;
}

const PROCESS_COLUMNS: readonly TextColumn[] = [
  { title: 'process', align: 'left', cut: 'end', least: 20 },
  { title: 'verdict', align: 'left' },
  { title: 'jobs', align: 'right' },
  { title: 'per job', align: 'right' },
  { title: 'RSS last', align: 'right' },
  { title: 'RSS max', align: 'right' },
  { title: 'restarts', align: 'right' },
  { title: 'limits', align: 'left' },
];

function processPart(processes: readonly JobProcess[], style: Style, width: number): string[] {
  if (processes.length === 0) return [];
  const shown = [...processes].sort(bySeverity).slice(0, MOST_ROWS);
  const rows = shown.map((process) => [
    printable(processName(process)),
    process.verdict,
    formatCount(process.jobs),
    slope(process),
    process.rss === null ? '' : formatBytes(process.rss.last.at(-1)!),
    process.rss === null ? '' : formatBytes(process.rss.max.reduce((most, value) => Math.max(most, value), 0)),
    process.restarts === 0 ? '' : formatCount(process.restarts),
    limits(process),
  ]);
  return titled('Processes', shown.length, processes.length, rows, PROCESS_COLUMNS, style, width);
}

const CLASS_COLUMNS: readonly TextColumn[] = [
  { title: 'job class', align: 'left', cut: 'end', least: 20 },
  { title: 'verdict', align: 'left' },
  { title: 'runs', align: 'right' },
  { title: 'objects', align: 'right' },
  { title: 'p95', align: 'right' },
  { title: 'max', align: 'right' },
  { title: 'live', align: 'right' },
  { title: 'kept', align: 'right' },
  { title: 'RSS sum', align: 'right' },
  { title: 'flags', align: 'left' },
];

function classPart(jobs: readonly JobClass[], style: Style, width: number): string[] {
  if (jobs.length === 0) return [];
  const shown = jobs.slice(0, MOST_ROWS);
  const rows = shown.map(({ name, verdict, count, started, done, failed, objects, liveDelta, ...job }) => [
    printable(name),
    verdict,
    formatCount(Math.max(count, started, done + failed)),
    objects === null ? '' : formatShort(objects.p50),
    objects === null ? '' : formatShort(objects.p95),
    objects === null ? '' : formatShort(objects.max),
    liveDelta === null ? '' : signed(liveDelta.p50, formatShort),
    job.retainedShare === null ? '' : formatShare(job.retainedShare),
    job.rssDelta === null ? '' : signed(job.rssDelta.sum, formatBytes),
    job.flags.map((flag) => FLAGS[flag]).join(', '),
  ]);
  const note =
    'objects: allocated per run, median, p95 and max; live: slots in use after a run less those before, median; kept: live of objects, median; flags: 1M+ = a million objects or more, mixed = other jobs in the counters, no GC';
  return [
    ...titled('Job classes', shown.length, jobs.length, rows, CLASS_COLUMNS, style, width),
    ...wrapped(note, '  ', width).map(style.dim),
  ];
}

const FLAGS: Readonly<Record<JobFlag, string>> = { 'over-1m-objects': '1M+', concurrent: 'mixed', 'no-gc': 'no GC' };

function reasonPart({ jobs, processes }: JobReport, style: Style, width: number): string[] {
  const worthIt = ({ verdict }: { readonly verdict: Verdict }): boolean => verdict !== 'steady';
  const ofProcesses = [...processes].sort(bySeverity).filter(worthIt).slice(0, MOST_REASONS);
  const ofClasses = [...jobs].sort(bySeverity).filter(({ verdict }) => verdict === 'leak' || verdict === 'bloat');
  const reasons = [
    ...ofProcesses.map((process) => ({ name: processName(process), ...process })),
    ...ofClasses.slice(0, MOST_REASONS),
  ];
  if (reasons.length === 0) return [];
  return [
    style.bold('Why'),
    ...reasons.flatMap(({ name, verdict, evidence }) =>
      wrapped(printable(`${name}: ${verdict}. ${evidence}`), '  ', width),
    ),
  ];
}

/** Each step once, with whom it is for. */
function stepPart({ jobs, processes }: JobReport, style: Style, width: number): string[] {
  const verdicts: readonly Verdict[] = ['leak', 'bloat', 'unknown'];
  const lines: string[] = [];
  for (const verdict of verdicts) {
    const about = [
      ...processes
        .filter((one) => one.verdict === verdict)
        .map((one) => ({ name: processName(one), steps: one.nextSteps })),
      ...jobs.filter((one) => one.verdict === verdict).map((one) => ({ name: one.name, steps: one.nextSteps })),
    ];
    const steps = new Set(about.flatMap((one) => one.steps));
    if (steps.size === 0) continue;
    const names = about.slice(0, 3).map(({ name }) => name);
    const more = about.length > 3 ? ` and ${formatCount(about.length - 3)} more` : '';
    lines.push(...wrapped(printable(`${verdict} (${names.join(', ')}${more})`), '  ', width));
    for (const step of steps) lines.push(...wrapped(step, '    - ', width));
  }
  return lines.length === 0 ? [] : [style.bold('What to do'), ...lines];
}

function poisonPart({ poison }: JobReport, style: Style, width: number): string[] {
  if (poison.length === 0) return [];
  return [
    style.bold('Poison pills'),
    ...poison.slice(0, MOST_ROWS).flatMap(({ class: name, jid, args, deaths }) => {
      const who = jid === null ? `several jobs of ${name}` : `${name} jid=${jid}`;
      const what = args === null ? '' : `, arguments ${args}`;
      return wrapped(
        printable(`${who}${what}: ${formatCount(deaths)} starts ended with their process`),
        '  ',
        width,
      ).map(style.warning);
    }),
    ...wrapped(POISON_EXPLANATION, '  ', width),
  ];
}

function titled(
  title: string,
  shown: number,
  all: number,
  rows: readonly (readonly string[])[],
  columns: readonly TextColumn[],
  style: Style,
  width: number,
): string[] {
  const [head, ...table] = textTable(columns, rows, width);
  const part = shown < all ? style.dim(` (${formatCount(shown)} of ${formatCount(all)})`) : '';
  return [`${style.bold(title)}${part}`, style.dim(head!), ...table];
}

function bySeverity(a: { readonly verdict: Verdict }, b: { readonly verdict: Verdict }): number {
  return SEVERITY[a.verdict] - SEVERITY[b.verdict];
}

const SEVERITY: Readonly<Record<Verdict, number>> = { leak: 0, bloat: 1, unknown: 2, steady: 3 };

function processName({ pid, source }: JobProcess): string {
  if (pid === null) return source ?? 'the process';
  return source === null ? `pid ${pid}` : `${source} (pid ${pid})`;
}

function slope({ slopePerJob, slopeUnit }: JobProcess): string {
  if (slopePerJob === null) return '';
  return slopeUnit === 'bytes' ? signed(slopePerJob, formatBytes) : `${signed(slopePerJob, formatCount)} slots`;
}

function limits({ limits: { r14, r15, oomKills } }: JobProcess): string {
  const words = [
    [r14, 'R14'],
    [r15, 'R15'],
    [oomKills, 'OOM kill'],
  ] as const;
  return words.flatMap(([count, what]) => (count === 0 ? [] : [`${formatCount(count)} x ${what}`])).join(', ');
}

function signed(value: number, format: (value: number) => string): string {
  return value > 0 ? `+${format(value)}` : format(value);
}
