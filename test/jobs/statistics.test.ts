import { describe, expect, it } from 'vitest';
import { fairChance, medianOf, medianSlope, narrowestHalf, nearestRank, risingPairs } from '../../src/jobs/statistics';

describe('statistics', () => {
  it('take percentiles by nearest rank', () => {
    const sorted = Float64Array.of(15, 20, 35, 40, 50);
    expect([0.05, 0.3, 0.4, 0.5, 1].map((share) => nearestRank(sorted, share))).toEqual([15, 20, 20, 35, 50]);
    expect(nearestRank(new Float64Array(0), 0.5)).toBeNaN();
    expect(medianOf([4, 1, 3, 2])).toBe(2);
  });

  it('find where values cluster, whatever the others do', () => {
    expect(narrowestHalf([800, 801, 799, 800, -90_000, 40_000, 9])).toEqual({ centre: 800, width: 2 });
  });

  it('have slopes that outliers do not turn', () => {
    const x = Array.from({ length: 21 }, (_none, at) => at);
    const y = x.map((at) => (at === 20 ? -1e9 : at === 3 ? 1e9 : 2 * at));
    expect(medianSlope(x, y)).toBeCloseTo(2, 10);
    expect(risingPairs([1, 2, 3, 4])).toBe(1);
    expect(risingPairs([4, 3, 2, 1])).toBe(-1);
  });

  it('know how likely heads are', () => {
    expect(fairChance(0, 10)).toBeCloseTo(1, 12);
    expect(fairChance(10, 10)).toBeCloseTo(1 / 1024, 12);
    expect(fairChance(6, 10)).toBeCloseTo(386 / 1024, 12);
    expect(fairChance(560, 1000)).toBeCloseTo(8.3e-5, 5);
  });
});
