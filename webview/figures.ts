/** Figures as the view words them: always with unit and base, `≈` where they are estimates. */
import { formatCount, formatMicroseconds, formatObjects, formatShare, formatTotal } from '../src/profile/format';
import type { Certainty } from '../src/profile/lens';
import type { Measure } from '../src/profile/measure';

export class Figures {
  constructor(
    readonly measure: Measure,
    readonly samples: number,
    readonly locale: string,
  ) {}

  /** `≈228,882 objects`. */
  amount(samples: number, certainty: Certainty = 'exact'): string {
    if (samples === 0) return 'none';
    const text = formatObjects(this.measure, samples, this.locale);
    return certainty === 'estimate' && !text.startsWith('≈') ? `≈${text}` : text;
  }

  /** The same without its unit, for columns whose head names it: `≈228,882`, `≤228,882` for a bound. */
  bare(samples: number, certainty: Certainty = 'exact'): string {
    const counted = this.measure.perSample === 1 && this.measure.exact && certainty === 'exact';
    const estimate = certainty === 'bound' ? '≤' : counted ? '' : '≈';
    const amount = samples * this.measure.perSample;
    if (this.measure.unit === 'microseconds') return `${estimate}${formatMicroseconds(amount, this.locale)}`;
    return `${estimate}${formatCount(amount, this.locale)}`;
  }

  /** `6.1 %` of all samples. */
  share(samples: number): string {
    return this.shareOf(samples, this.samples);
  }

  shareOf(samples: number, base: number): string {
    return formatShare(base > 0 ? samples / base : 0, this.locale);
  }

  count(count: number): string {
    return formatCount(count, this.locale);
  }

  /** The whole profile: `3,751,813 objects`. */
  get total(): string {
    return formatTotal(this.measure, this.locale);
  }

  /** Head of a column of amounts. */
  get unit(): string {
    if (this.measure.unit === 'objects') return 'objects';
    return this.measure.unit === 'microseconds' ? 'time' : 'samples';
  }
}

/** Whether both word every amount alike. */
export function sameFigures(a: Figures, b: Figures): boolean {
  return a.samples === b.samples && a.locale === b.locale && JSON.stringify(a.measure) === JSON.stringify(b.measure);
}
