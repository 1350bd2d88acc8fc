import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatMicroseconds,
  formatObjects,
  formatObjectsShort,
  formatShare,
  formatShort,
  formatTotal,
} from '../../src/profile/format';
import type { Measure } from '../../src/profile/measure';

const objects = (perSample: number, exact = true): Measure => ({ unit: 'objects', total: 3_751_813, exact, perSample });

describe('format', () => {
  it('groups digits by locale', () => {
    expect(formatCount(3_751_813)).toBe('3,751,813');
    expect(formatCount(3_751_813, 'de')).toBe('3.751.813');
    expect(formatCount(12.6)).toBe('13');
    expect(formatCount(1234, 'no such locale!')).toBe('1,234');
  });

  it('writes shares with one decimal and never rounds something to nothing', () => {
    expect([0, 0.0004, 0.0005, 0.061, 1].map((share) => formatShare(share))).toEqual([
      '0.0 %',
      '< 0.1 %',
      '0.1 %',
      '6.1 %',
      '100.0 %',
    ]);
    expect(formatShare(0.061, 'de')).toBe('6,1 %');
    expect(formatShare(0 / 0)).toBe('–');
  });

  it('shortens to three digits', () => {
    expect([0, 842, 999, 1000, 9994, 9996, 228_882, 999_499, 999_500, 1_319_401].map((n) => formatShort(n))).toEqual([
      '0',
      '842',
      '999',
      '1.00 k',
      '9.99 k',
      '10.0 k',
      '229 k',
      '999 k',
      '1.00 M',
      '1.32 M',
    ]);
    expect(formatShort(-228_882)).toBe('-229 k');
  });

  it('marks estimates', () => {
    expect(formatObjects(objects(50.02), 4576)).toBe('≈228,892 objects');
    expect(formatObjectsShort(objects(50.02), 4576)).toBe('≈229 k objects');
    expect(formatObjects(objects(1), 1)).toBe('1 object');
    expect(formatObjects(objects(1, false), 20)).toBe('≈20 objects');
    expect(formatTotal(objects(50.02))).toBe('3,751,813 objects');
    expect(formatTotal(objects(50, false))).toBe('≈3,751,813 objects');
  });

  it('knows time, samples and bytes', () => {
    const wall: Measure = { unit: 'microseconds', total: 160_000, exact: false, perSample: 1000 };
    expect(formatObjects(wall, 45)).toBe('≈45.0 ms');
    expect(formatTotal(wall)).toBe('≈160 ms');
    expect(formatObjects({ unit: 'samples', total: 4, exact: true, perSample: 1 }, 4)).toBe('4 samples');
    expect([812, 999.6, 45_120, 999_499, 999_500, 1_230_000].map((us) => formatMicroseconds(us))).toEqual([
      '812 µs',
      '1.00 ms',
      '45.1 ms',
      '999 ms',
      '1.00 s',
      '1.23 s',
    ]);
    expect([0, 712, 1500, 98_555_298, 3e9].map((bytes) => formatBytes(bytes))).toEqual([
      '0 B',
      '712 B',
      '1.50 kB',
      '98.6 MB',
      '3.00 GB',
    ]);
  });
});

describe('English digits', () => {
  it('are what Intl makes of them', () => {
    const numbers = [
      0, 0.4, 0.5, 1, 12.5, 999, 999.5, 1000, 1234.5, 999_999, 1_000_000, 123_456_789_012, -5, -1234.5, -0.2,
    ];
    const intl = new Intl.NumberFormat('en', { maximumFractionDigits: 0, signDisplay: 'negative' });
    expect(numbers.map((number) => formatCount(number))).toEqual(numbers.map((number) => intl.format(number)));
    const shares = [0.0611, 0.06149, 0.0615, 0.5, 0.99951, 1.00049, 0.12345];
    const percent = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    expect(shares.map((share) => formatShare(share))).toEqual(
      shares.map((share) => `${percent.format(share * 100)} %`),
    );
  });
});
