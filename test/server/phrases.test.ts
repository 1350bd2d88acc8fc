import { describe, expect, test } from 'vitest';
import type { Measure } from '../../src/profile/measure';
import type { Gain } from '../../src/ruby/pattern';
import { baseOf, fullAmount, sampleCount, savingPhrase, shareOf, shortAmount, verbOf } from '../../src/server/phrases';

const sampled: Measure = { unit: 'objects', total: 530, exact: true, perSample: 53 };
const counted: Measure = { unit: 'objects', total: 10, exact: true, perSample: 1 };
const time: Measure = { unit: 'microseconds', total: 10_000, exact: false, perSample: 1000 };

describe('amounts', () => {
  test('say what is sampled, counted, or only bounded', () => {
    expect(fullAmount(sampled, 4319, 'exact', 'en')).toBe('≈228,907 objects');
    expect(shortAmount(sampled, 4319, 'exact', 'en')).toBe('≈229 k objects');
    expect(fullAmount(counted, 10, 'exact', 'en')).toBe('10 objects');
    expect(fullAmount(counted, 10, 'estimate', 'en')).toBe('≈10 objects');
    expect(shortAmount(sampled, 10, 'bound', 'en')).toBe('at most 530 objects');
    expect(shortAmount(time, 120, 'exact', 'en')).toBe('≈120 ms');
  });

  test('group digits by locale', () => {
    expect(fullAmount(sampled, 4319, 'exact', 'de')).toBe('≈228.907 objects');
  });

  test('shares have one decimal, and nothing is a share of nothing', () => {
    expect(shareOf(61, 1000, 'en')).toBe('6.1 %');
    expect(shareOf(0, 0, 'en')).toBe('0.0 %');
  });

  test('samples are counted in words', () => {
    expect([sampleCount(1, 'en'), sampleCount(1234, 'en')]).toEqual(['1 sample', '1,234 samples']);
  });

  test('every mode has its base and verb', () => {
    const modes = ['object', 'wall', 'cpu', 'custom', 'unknown'] as const;
    expect(modes.map((mode) => `${verbOf(mode)} of ${baseOf(mode)}`)).toEqual([
      'allocated of all objects allocated while recording',
      'spent of all wall time sampled',
      'spent of all CPU time sampled',
      'sampled of all samples',
      'sampled of all samples',
    ]);
  });
});

test('a saving is in objects, or said to be invisible to a new profile', () => {
  const saving = (gain: Gain, savedObjects: number | null) => savingPhrase({ gain, savedObjects }, sampled, 'en');
  expect(saving('objects', 12_000)).toBe('saves ≈12.0 k objects');
  expect(saving('objects', null)).toBe('fewer objects');
  expect(saving('bytes', null)).toBe('fewer bytes: a new profile will not show it');
  expect(saving('peak', null)).toBe('lower peak: a new profile will not show it');
});
