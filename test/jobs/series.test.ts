import { describe, expect, it } from 'vitest';
import type { Series } from '../../src/jobs/jobReport';
import { SeriesCollector } from '../../src/jobs/series';

function collected(values: readonly number[], restartsBefore: readonly number[] = []): Series {
  const series = new SeriesCollector();
  for (const [at, value] of values.entries()) {
    if (restartsBefore.includes(at)) series.restart();
    series.add(value, at + 1, at * 1000);
  }
  return series.finish()!;
}

describe('a series', () => {
  it('keeps every value while there are few', () => {
    const { jobs, last, min, max, restarts, timesMs } = collected([5, 3, 8], [2]);
    expect([...last, ...min, ...max]).toEqual([5, 3, 8, 5, 3, 8, 5, 3, 8]);
    expect([...jobs]).toEqual([1, 2, 3]);
    expect([...timesMs]).toEqual([0, 1000, 2000]);
    expect(restarts).toEqual([2]);
  });

  it('keeps extremes and restarts in bounded memory, however long it gets', () => {
    const values = Array.from({ length: 100_000 }, (_none, at) => at % 1000);
    values[54_321] = 1e6;
    values[65_432] = -1e6;
    const { last, min, max, restarts, jobs } = collected(values, [30_000]);
    expect(last.length).toBeLessThanOrEqual(1024);
    expect(last.length).toBeGreaterThan(400);
    expect(Math.max(...max)).toBe(1e6);
    expect(Math.min(...min)).toBe(-1e6);
    expect(last.at(-1)).toBe(999);
    expect(restarts).toHaveLength(1);
    expect(jobs[restarts[0]! - 1]!).toBeLessThanOrEqual(30_000);
    expect(jobs[restarts[0]!]!).toBeGreaterThan(30_000);
  });
});
