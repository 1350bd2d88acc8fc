import { describe, expect, it } from 'vitest';
import { measureOf, trustedMeasure } from '../../src/profile/measure';
import type { ProfileMode } from '../../src/profile/profile';

const header = (mode: ProfileMode, interval: number | null, samples: number, missedSamples = 0) => ({
  mode,
  interval,
  samples,
  missedSamples,
});

describe('measureOf', () => {
  it('counts objects as samples + missed_samples when that fits the interval', () => {
    expect(measureOf(header('object', 500, 419, 209_255))).toEqual({
      unit: 'objects',
      total: 209_674,
      exact: true,
      perSample: 209_674 / 419,
    });
    expect(measureOf(header('object', 1, 2_187))).toEqual({ unit: 'objects', total: 2_187, exact: true, perSample: 1 });
  });

  it('knows the objects of a recording too short for one sample', () => {
    expect(measureOf(header('object', 999_999, 0, 11))).toMatchObject({ total: 11, exact: true });
  });

  it('trusts the event counter where runs with several intervals share a file', () => {
    // 31 samples at interval 1, then 13 at interval 3: the file keeps the last interval.
    expect(measureOf(header('object', 3, 44, 27))).toEqual({
      unit: 'objects',
      total: 71,
      exact: false,
      perSample: 71 / 44,
    });
  });

  it('multiplies where missed_samples counts next to nothing', () => {
    expect(measureOf(header('object', 100, 1_000, 3))).toEqual({
      unit: 'objects',
      total: 100_000,
      exact: false,
      perSample: 100,
    });
  });

  it('is off by one interval at most before the count is doubted', () => {
    expect(measureOf(header('object', 50, 10, 539)).exact).toBe(true);
    expect(measureOf(header('object', 50, 10, 540)).exact).toBe(false);
  });

  it('takes time as microseconds and never as exact', () => {
    expect(measureOf(header('wall', 1000, 160, 1))).toEqual({
      unit: 'microseconds',
      total: 160_000,
      exact: false,
      perSample: 1000,
    });
    expect(measureOf(header('cpu', 2000, 3))).toMatchObject({ unit: 'microseconds', total: 6000 });
  });

  it('leaves samples alone where nothing says what they are', () => {
    const bare = { unit: 'samples', total: 4, exact: true, perSample: 1 };
    expect(measureOf(header('custom', null, 4))).toEqual(bare);
    expect(measureOf(header('unknown', 10, 4))).toEqual(bare);
    expect(measureOf(header('object', null, 4))).toEqual(bare);
    expect(measureOf(header('wall', null, 4))).toEqual(bare);
  });
});

it('nothing is exact in a file that contradicts itself, is damaged or ends early', () => {
  const header = { mode: 'object', interval: 3, samples: 10, missedSamples: 20 } as const;
  expect(trustedMeasure(header, [])).toMatchObject({ total: 30, exact: true });
  expect(trustedMeasure(header, [{ code: 'round-interval', message: '' }]).exact).toBe(true);
  for (const code of ['inconsistent', 'corrupt', 'truncated'] as const)
    expect(trustedMeasure(header, [{ code, message: '' }])).toMatchObject({ total: 30, exact: false });
});
