import type { Change, ComparedRow, ComparedSide, Fate } from './comparison';

/** Where own figures are made from caller-callee sums: a part of what goes through that may be their error. */
const ESTIMATE_ERROR = 0.005;

/** Turns samples into rows. */
export class FateJudge {
  private readonly sampled: boolean;
  private readonly estimated: boolean;

  constructor(
    private readonly perSample: Change,
    before: ComparedSide,
    after: ComparedSide,
  ) {
    this.sampled = before.measure.perSample !== 1 || after.measure.perSample !== 1;
    this.estimated = before.profile.detail === 'aggregate' || after.profile.detail === 'aggregate';
  }

  /** `own` and `through` in samples. `doubtful`: own may be a neighbour's, so a change of it alone is none. */
  row(own: Change, through: Change, doubtful = false): ComparedRow {
    const fate = doubtful && this.isChance(through) ? 'same' : this.fateOf(own, through);
    return { fate, own: this.inUnit(own), through: this.inUnit(through) };
  }

  /** What has no own samples, or only an estimate of them, is judged by those that go through it. */
  private fateOf(own: Change, through: Change): Fate {
    const figure = !this.estimated && (own.before > 0 || own.after > 0) ? own : through;
    if (this.isChance(figure)) return 'same';
    const { before, after } = this.inUnit(figure);
    if (through.before === 0) return 'new';
    if (through.after === 0) return 'vanished';
    return after > before ? 'grown' : 'shrunk';
  }

  private isChance(figure: Change): boolean {
    const { before, after } = this.inUnit(figure);
    return before === after || Math.abs(after - before) <= this.noise(figure);
  }

  /** Two standard deviations of the difference of two sampled counts. Every single event was seen: none. */
  private noise({ before, after }: Change): number {
    const { perSample } = this;
    const estimates = this.estimated ? ESTIMATE_ERROR * before * perSample.before : 0;
    if (!this.sampled) return estimates;
    return Math.max(estimates, 2 * Math.sqrt(before * perSample.before ** 2 + after * perSample.after ** 2));
  }

  /** Samples in the unit of the comparison. */
  inUnit({ before, after }: Change): Change {
    return { before: before * this.perSample.before, after: after * this.perSample.after };
  }
}

/** Largest change of own first, then of what goes through. */
export function bySize(a: ComparedRow, b: ComparedRow): number {
  return (
    Math.abs(deltaOf(b.own)) - Math.abs(deltaOf(a.own)) || Math.abs(deltaOf(b.through)) - Math.abs(deltaOf(a.through))
  );
}

export function deltaOf({ before, after }: Change): number {
  return after - before;
}
