/** What the summary strip says about a profile, in words that claim no more than the file holds. */
import type { Lens } from '../src/profile/lens';
import type { FindingFilter } from '../src/protocol/groupFindings';
import type { ProfileSummary } from '../src/protocol/requests';
import type { Safety } from '../src/ruby/pattern';
import type { Figures } from './figures';

export interface Fact {
  readonly text: string;
  /** What it means, or how to get better data. */
  readonly hint: string;
}

/** `3,751,813 objects`, `≈1.32 s of wall time`, `44 samples`. */
export function headline(summary: ProfileSummary, figures: Figures): string {
  if (summary.mode === 'wall') return `${figures.total} of wall time`;
  if (summary.mode === 'cpu') return `${figures.total} of CPU time`;
  return figures.total;
}

/** What the headline counts; an allocation profile says nothing about what stays in memory. */
export function headlineHint(summary: ProfileSummary): string {
  switch (summary.mode) {
    case 'object':
      return summary.measure.exact
        ? 'Counted by StackProf: every object allocated while profiling, whether or not it is still alive.'
        : 'Estimated: samples x interval. Objects allocated while profiling, whether or not they are still alive.';
    case 'wall':
    case 'cpu':
      return 'Estimated: samples x interval. This profile measures time, not allocations.';
    case 'custom':
    case 'unknown':
      return 'Samples taken by the program itself or in an unknown mode: neither allocations nor time.';
  }
}

/** The mode's own word, shown beside the headline. */
export function measures(summary: ProfileSummary): string {
  switch (summary.mode) {
    case 'object':
      return 'allocated, not retained';
    case 'wall':
    case 'cpu':
      return 'time, not allocations';
    case 'custom':
      return 'custom samples, not allocations';
    case 'unknown':
      return 'unknown mode';
  }
}

/** Sampling, level of detail, metadata; most important first. */
export function facts(summary: ProfileSummary, figures: Figures): Fact[] {
  const list: Fact[] = [sampling(summary, figures), detail(summary)];
  for (const { key, value } of summary.metadata) {
    list.push({ text: `${key} ${value}`, hint: 'From the metadata of the profile.' });
  }
  return list;
}

/** Names in the hint of the files before "and n more". */
const namedParts = 10;

/** `3 profiles added up`, `2 of 3 profiles added up`; null for a profile of one file. */
export function partsText({ parts }: ProfileSummary, figures: Figures): Fact | null {
  if (parts.length === 0) return null;
  const added = parts.filter((part) => part.figures !== null);
  const all = `${figures.count(parts.length)} profiles added up`;
  const text = added.length === parts.length ? all : `${figures.count(added.length)} of ${all}`;
  const names = added.slice(0, namedParts).map(({ name }) => name);
  const more = added.length - names.length;
  const rest = more > 0 ? [`and ${figures.count(more)} more`] : [];
  return { text, hint: [...names, ...rest, 'Click to choose which are in the sum.'].join('\n') };
}

function sampling(summary: ProfileSummary, figures: Figures): Fact {
  const samples = `${figures.count(summary.samples)} samples`;
  const { interval } = summary;
  switch (summary.mode) {
    case 'object':
      if (interval === null) return { text: samples, hint: 'The file does not say how often it sampled.' };
      if (interval === 1) return { text: 'every allocation recorded', hint: samples };
      return {
        text: `1 in ${figures.count(interval)} sampled`,
        hint: `${samples}; every ${figures.count(interval)}th allocation was recorded. Figures below the total are samples x ${figures.count(interval)}.`,
      };
    case 'wall':
    case 'cpu': {
      const clock = summary.mode === 'wall' ? 'wall' : 'CPU';
      const every = interval === null ? samples : `a sample every ${figures.count(interval)} µs of ${clock} time`;
      return { text: every, hint: samples };
    }
    case 'custom':
    case 'unknown':
      return { text: samples, hint: 'The file does not say what one sample stands for.' };
  }
}

function detail(summary: ProfileSummary): Fact {
  switch (summary.detail) {
    case 'raw_lines':
      return { text: 'exact lines', hint: 'Every stack carries the line that ran in each frame.' };
    case 'raw':
      return {
        text: 'methods only',
        hint: 'Stacks name methods without lines; lines charged through calls are estimates. StackProf 0.2.26 or later with raw: true records exact lines.',
      };
    case 'aggregate':
      return {
        text: 'no stacks',
        hint: 'The file has sums per method only: callers and flame graph are approximations. Record with raw: true to get stacks.',
      };
  }
}

export const lensLabels: ReadonlyArray<readonly [Lens, string]> = [
  ['mine', 'my code'],
  ['caller', 'the caller'],
  ['recorded', 'as recorded'],
];

export function lensHint(lens: Lens): string {
  switch (lens) {
    case 'mine':
      return 'Each sample is charged to the deepest line of your code on its stack.';
    case 'caller':
      return 'What C functions and core methods allocate is charged to the line that called them.';
    case 'recorded':
      return 'Each sample is charged to the frame that was running, as StackProf reports it.';
  }
}

export const findingFilterLabels: Readonly<Record<FindingFilter, string>> = {
  all: 'All',
  safe: 'Safe',
  review: 'To review',
  advice: 'Advice',
};

/** What each class of safety says of a rewrite. */
export const safetyHints: Readonly<Record<Safety, string>> = {
  safe: 'The profile proves that the rewrite does the same.',
  review: 'The rewrite has a condition to check.',
  advice: 'There is no edit: what to do is explained.',
};

/** Text of the path-mapping button. */
export function mappingText(summary: ProfileSummary, figures: Figures): Fact {
  const { rules, ambiguous, missingFiles, mappedFiles } = summary.mapping;
  const used = rules.filter((rule) => rule.origin !== 'identity');
  const lines = used.map((rule) => `${rule.from || '(relative)'} → ${rule.to}`);
  const hint = [...lines, `${figures.count(mappedFiles)} files found, ${figures.count(missingFiles)} not found.`].join(
    '\n',
  );
  if (ambiguous.length > 0) return { text: 'Paths: choose a folder…', hint };
  if (missingFiles > 0) {
    const files = missingFiles === 1 ? '1 file not found' : `${figures.count(missingFiles)} files not found`;
    return { text: `Paths: ${files}`, hint };
  }
  if (used.length === 0) return { text: 'Paths', hint };
  const first = used[0]!;
  const from = first.from || '(relative)';
  return { text: `Paths: ${from}${used.length > 1 ? ` and ${used.length - 1} more` : ''}`, hint };
}
