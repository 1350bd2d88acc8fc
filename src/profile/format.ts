import type { Measure } from './measure';

/** BCP 47 tag of the editor's language; the command line and messages use English. */
export const DEFAULT_LOCALE = 'en';

/** A whole number with digits grouped: `228,882`. Fractions (estimates) are rounded. */
export function formatCount(count: number, locale: string = DEFAULT_LOCALE): string {
  return numberFormat(locale, 0).format(count);
}

/** A part of the whole (0 .. 1) in percent with one decimal: `6.1 %`; what is there but rounds to nothing: `< 0.1 %`. */
export function formatShare(share: number, locale: string = DEFAULT_LOCALE): string {
  if (!Number.isFinite(share)) return '–';
  const decimals = numberFormat(locale, 1);
  if (share > 0 && share < 0.0005) return `< ${decimals.format(0.1)} %`;
  return `${decimals.format(share * 100)} %`;
}

/** Three digits and a scale, for tight places: `229 k`, `1.32 M`, `842`. */
export function formatShort(count: number, locale: string = DEFAULT_LOCALE): string {
  const size = Math.abs(count);
  if (Math.round(size) < 1000) return formatCount(count, locale);
  const scales = ['k', 'M', 'G', 'T'];
  let scaled = count / 1000;
  let scale = 0;
  // 999.5 k reads 1,000 k when rounded: the next scale takes over there.
  while (Math.abs(scaled) >= 999.5 && scale < scales.length - 1) {
    scaled /= 1000;
    scale++;
  }
  return `${threeDigits(scaled, locale)} ${scales[scale]}`;
}

/** Time in the scale that fits: `812 µs`, `45.1 ms`, `1.23 s`. */
export function formatMicroseconds(microseconds: number, locale: string = DEFAULT_LOCALE): string {
  const size = Math.abs(microseconds);
  if (Math.round(size) < 1000) return `${formatCount(microseconds, locale)} µs`;
  if (size < 999_500) return `${threeDigits(microseconds / 1000, locale)} ms`;
  return `${threeDigits(microseconds / 1_000_000, locale)} s`;
}

/** Bytes in decimal scales, as file managers show them: `712 B`, `98.6 MB`. */
export function formatBytes(bytes: number, locale: string = DEFAULT_LOCALE): string {
  const short = formatShort(bytes, locale);
  const gap = short.lastIndexOf(' ');
  const scale = short.slice(gap + 1);
  if (scale === 'k') return `${short.slice(0, gap)} kB`;
  return scale === 'M' || scale === 'G' || scale === 'T' ? `${short}B` : `${short} B`;
}

/** `samples` in the profile's unit with all digits: `≈228,882 objects`, `≈1.23 s`, `44 samples`. */
export function formatObjects(measure: Measure, samples: number, locale: string = DEFAULT_LOCALE): string {
  return `${approximately(measure)}${withUnit(measure, samples, (count) => formatCount(count, locale), locale)}`;
}

/** The same for tight places: `≈229 k objects`. */
export function formatObjectsShort(measure: Measure, samples: number, locale: string = DEFAULT_LOCALE): string {
  return `${approximately(measure)}${withUnit(measure, samples, (count) => formatShort(count, locale), locale)}`;
}

/** The whole profile in its unit; `≈` unless it is a count. */
export function formatTotal(measure: Measure, locale: string = DEFAULT_LOCALE): string {
  const whole = { ...measure, perSample: 1 };
  return `${measure.exact ? '' : '≈'}${withUnit(whole, measure.total, (count) => formatCount(count, locale), locale)}`;
}

/** Samples x interval is an estimate; at interval 1, and for bare samples, the count itself. */
function approximately(measure: Measure): string {
  return measure.perSample === 1 && measure.exact ? '' : '≈';
}

function withUnit(measure: Measure, samples: number, format: (count: number) => string, locale: string): string {
  const count = samples * measure.perSample;
  if (measure.unit === 'microseconds') return formatMicroseconds(count, locale);
  const one = Math.round(count) === 1;
  if (measure.unit === 'objects') return `${format(count)} ${one ? 'object' : 'objects'}`;
  return `${format(count)} ${one ? 'sample' : 'samples'}`;
}

function threeDigits(value: number, locale: string): string {
  const size = Math.abs(value);
  return numberFormat(locale, size < 9.995 ? 2 : size < 99.95 ? 1 : 0).format(value);
}

const formats = new Map<string, NumberFormat>();

interface NumberFormat {
  format(value: number): string;
}

/**
 * One format per locale and number of decimals: making an Intl.NumberFormat costs more than thousands of uses, and the
 * first one in a process tens of milliseconds and megabytes, which the command line does without.
 */
function numberFormat(locale: string, decimals: number): NumberFormat {
  const key = `${locale}/${decimals}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = locale === DEFAULT_LOCALE ? englishFormat(decimals) : intlFormat(locale, decimals);
    formats.set(key, format);
  }
  return format;
}

function englishFormat(decimals: number): NumberFormat {
  return {
    format(value) {
      // Rounds halves up as Intl does; toFixed goes by the binary value, which lies below some halves.
      const scale = 10 ** decimals;
      const [whole, fraction] = (Math.round(Math.abs(value) * scale) / scale).toFixed(decimals).split('.');
      const sign = value < 0 && Number(whole) + Number(fraction ?? 0) > 0 ? '-' : '';
      const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
      return sign + grouped + (fraction === undefined ? '' : `.${fraction}`);
    },
  };
}

function intlFormat(locale: string, decimals: number): NumberFormat {
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  try {
    return new Intl.NumberFormat(locale, options);
  } catch {
    // An editor may name a locale that the engine cannot parse.
    return englishFormat(decimals);
  }
}
