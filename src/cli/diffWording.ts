import { basename } from 'node:path';
import { assertNever } from '../profile/assertNever';
import type { Change, ComparedRow } from '../profile/comparison';
import { deltaOf } from '../profile/fateJudge';
import { formatCount, formatMicroseconds, formatShare } from '../profile/format';
import type { DiffAnalysis } from './diff';
import { lensPhrase } from './reportText';

/** How figures of a comparison read: `+12,300`, `≈-149,997`, `-1.23 s`. */
export class DiffWording {
  private readonly estimated: boolean;

  constructor(private readonly analysis: DiffAnalysis) {
    const { before, after, command } = analysis;
    const exact = [before, after].every(
      ({ measure, profile }) => measure.perSample === 1 && profile.detail === 'raw_lines',
    );
    this.estimated = !exact || command.scaling.by !== 'none';
  }

  /** One sentence: the whole of both, and the change. */
  get headline(): string {
    const { comparison, before, after, command } = this.analysis;
    const exact = before.measure.exact && after.measure.exact;
    // Totals that were made to agree say nothing: those of the files do.
    const asRecorded = { before: before.measure.total, after: after.measure.total };
    const total = command.scaling.by === 'total' ? asRecorded : comparison.total;
    const amount = (count: number): string => `${exact ? '' : '≈'}${this.amount(count)}`;
    return `${amount(total.before)} -> ${amount(total.after)}${this.unitPhrase}: ${this.signed(deltaOf(total))}${this.relative(total)}`;
  }

  /** What the figures are of and how sure they are, one sentence each. */
  get notes(): string[] {
    const { after, command, comparison, noneMine } = this.analysis;
    const notes: string[] = [];
    const { scaling } = command;
    if (scaling.by === 'total') {
      const factor = comparison.perSample.after / after.measure.perSample;
      notes.push(
        `After is multiplied by ${factor.toFixed(3)}, so that both totals agree: changes are changes of share.`,
      );
    } else if (scaling.by === 'jobs') {
      const [old, now] = [formatCount(scaling.before), formatCount(scaling.after)];
      notes.push(`Per job: before is divided by ${old}, after by ${now} jobs.`);
    }
    if (this.isSampled) {
      notes.push('Changes within the sampling error (two standard deviations) are left out.');
    }
    if (noneMine && command.lens === 'caller') {
      notes.push(
        'No file below the root is in the profiles, so lines are charged to the caller: tell --root or --path-map.',
      );
    }
    return notes;
  }

  /** What to keep in mind of either profile. */
  get warnings(): string[] {
    const { before, after } = this.analysis;
    return [before, after].flatMap(({ input, problems }) =>
      problems.map(({ message }) => `${basename(input)}: ${message}`),
    );
  }

  /** What the rows count, for a title. */
  get base(): string {
    const unit = this.analysis.comparison.unit === 'microseconds' ? 'time' : this.analysis.comparison.unit;
    return `${unit}${this.analysis.command.scaling.by === 'jobs' ? ' per job' : ''}, ${lensPhrase(this.analysis.command.lens)}`;
  }

  /** A figure on one side; nothing is a dot. */
  figure(count: number): string {
    return count === 0 ? '·' : `${this.mark}${this.amount(count)}`;
  }

  delta(change: Change): string {
    const delta = deltaOf(change);
    return delta === 0 ? '·' : `${this.mark}${this.signed(delta)}`;
  }

  /** The change in percent of before, or the word for what has no such figure. */
  change({ fate, own, through }: ComparedRow): string {
    if (fate === 'new' || fate === 'vanished') return fate;
    if (own.before > 0) return this.percent(own);
    return through.before > 0 ? fate : '';
  }

  private get isSampled(): boolean {
    const { before, after } = this.analysis;
    return before.measure.perSample !== 1 || after.measure.perSample !== 1;
  }

  private get mark(): string {
    return this.estimated && this.analysis.comparison.unit !== 'microseconds' ? '≈' : '';
  }

  private get unitPhrase(): string {
    const { comparison, command } = this.analysis;
    const perJob = command.scaling.by === 'jobs' ? ' per job' : '';
    switch (comparison.unit) {
      case 'objects':
        return ` objects allocated${perJob}`;
      case 'microseconds':
        return perJob;
      case 'samples':
        return ` samples${perJob}`;
      default:
        return assertNever(comparison.unit);
    }
  }

  private amount(count: number): string {
    return this.analysis.comparison.unit === 'microseconds' ? formatMicroseconds(count) : formatCount(count);
  }

  private signed(delta: number): string {
    return `${delta > 0 ? '+' : ''}${this.amount(delta)}`;
  }

  private relative(change: Change): string {
    return change.before > 0 ? ` (${this.percent(change)})` : '';
  }

  private percent(change: Change): string {
    const share = deltaOf(change) / change.before;
    return `${share > 0 ? '+' : ''}${formatShare(share)}`;
  }
}

/** The rows to show: those that answer for something under the lens and changed by more than chance. */
export function changed<Row extends ComparedRow>(rows: readonly Row[]): Row[] {
  return rows.filter(({ fate, own }) => fate !== 'same' && (own.before > 0 || own.after > 0));
}
