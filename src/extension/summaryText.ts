/** Words about a profile for the status bar, the Profiles view and the quick picks. */
import { assertNever } from '../profile/assertNever';
import { formatCount, formatShort, formatTotal } from '../profile/format';
import type { Lens } from '../profile/lens';
import type { LoadProgressParams, ProfileSummary } from '../protocol/requests';

/** `3.75 M objects` (`≈` before an estimate): short, for a status bar. */
export function shortTotal({ measure }: ProfileSummary, locale: string): string {
  if (measure.unit === 'microseconds') return formatTotal(measure, locale);
  return `${measure.exact ? '' : '≈'}${formatShort(measure.total, locale)} ${measure.unit}`;
}

/** `3,751,813 objects allocated`: the headline. */
export function fullTotal(summary: ProfileSummary, locale: string): string {
  const total = formatTotal(summary.measure, locale);
  return summary.mode === 'object' ? `${total} allocated` : total;
}

/** `1 in 50 allocations, exact lines`: how it was sampled and what detail the file has. */
export function samplingText(summary: ProfileSummary, locale: string): string {
  return [interval(summary, locale), detailText(summary)].filter((part) => part !== '').join(', ');
}

export const lensNames: Readonly<Record<Lens, string>> = {
  mine: 'my code',
  caller: 'caller',
  recorded: 'as recorded',
};

/** One sentence on what a lens does. */
export const lensDetails: Readonly<Record<Lens, string>> = {
  mine: 'Each sample is charged to the deepest line of this workspace on its stack.',
  caller: 'Allocations inside C functions and core methods are charged to the Ruby line that called them.',
  recorded: 'Each sample is charged to the frame StackProf recorded, C functions included.',
};

/** `Reading 42 %`: the phase with its share where one is known. */
export function progressText(progress: LoadProgressParams | null): string {
  if (progress === null) return 'Opening';
  const fraction = progressFraction(progress);
  return fraction === null ? phaseName(progress) : `${phaseName(progress)} ${Math.floor(fraction * 100)} %`;
}

/** Share of the file that is read, 0..1; null when the size is unknown or reading is over. */
export function progressFraction(progress: LoadProgressParams | null): number | null {
  if (progress === null || progress.phase !== 'reading' || progress.totalBytes === null || progress.totalBytes <= 0)
    return null;
  return Math.min(1, progress.bytes / progress.totalBytes);
}

export function phaseName(progress: LoadProgressParams | null): string {
  if (progress === null) return 'Opening';
  switch (progress.phase) {
    case 'reading':
      return 'Reading';
    case 'counting':
      return 'Counting';
    case 'mapping':
      return 'Finding your files';
    default:
      return assertNever(progress.phase);
  }
}

function interval(summary: ProfileSummary, locale: string): string {
  if (summary.interval === null) return '';
  const number = formatCount(summary.interval, locale);
  switch (summary.mode) {
    case 'object':
      return summary.interval === 1 ? 'every allocation' : `1 in ${number} allocations`;
    case 'wall':
    case 'cpu':
      return `${summary.mode} time, every ${number} µs`;
    case 'custom':
    case 'unknown':
      return `interval ${number}`;
    default:
      return assertNever(summary.mode);
  }
}

function detailText(summary: ProfileSummary): string {
  switch (summary.detail) {
    case 'raw_lines':
      return 'exact lines';
    case 'raw':
      return 'stacks of methods';
    case 'aggregate':
      return 'no stacks';
    default:
      return assertNever(summary.detail);
  }
}
