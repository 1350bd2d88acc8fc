import { describe, expect, it } from 'vitest';
import type { Series, Verdict } from '../../src/jobs/jobReport';
import { judgeSeries } from '../../src/jobs/judgeSeries';
import { SeriesCollector } from '../../src/jobs/series';
import { randomSource } from '../support/randomSource';

function collected(values: readonly number[], restartsBefore: readonly number[] = []): Series {
  const series = new SeriesCollector();
  for (const [at, value] of values.entries()) {
    if (restartsBefore.includes(at)) series.restart();
    series.add(value, at + 1, at * 1000);
  }
  return series.finish()!;
}

describe('the verdict about a series', () => {
  const random = randomSource(7);
  const noise = (size: number): number => (random() - 0.5) * size;
  const judge = (at: (job: number) => number, jobs = 400, restarts: readonly number[] = []): Verdict =>
    judgeSeries(
      collected(
        Array.from({ length: jobs }, (_none, job) => at(job)),
        restarts,
      ),
      64e6,
    ).verdict;

  it('is leak for a slope in noise', () => expect(judge((job) => 200e6 + job * 300e3 + noise(20e6))).toBe('leak'));
  it('is leak for a slope under peaks', () =>
    expect(judge((job) => 200e6 + job * 300e3 + (job % 7 === 0 ? 80e6 : 0))).toBe('leak'));
  it('is leak where restarts cut the slope', () =>
    expect(judge((job) => 200e6 + (job % 100) * 1e6 + noise(5e6), 400, [100, 200, 300])).toBe('leak'));
  it('is bloat for steps', () =>
    expect(judge((job) => 200e6 + (job > 80 ? 60e6 : 0) + (job > 150 ? 40e6 : 0) + noise(5e6))).toBe('bloat'));
  it('is bloat for growth that levels off', () =>
    expect(judge((job) => 400e6 - 200e6 * Math.exp(-job / 60) + noise(5e6))).toBe('bloat'));
  it('is steady for noise', () => expect(judge(() => 200e6 + noise(40e6))).toBe('steady'));
  it('is steady for a saw', () => expect(judge((job) => 200e6 + (job % 20) * 2e6)).toBe('steady'));
  it('is steady for what shrinks', () => expect(judge((job) => 400e6 - job * 200e3)).toBe('steady'));
  it('is unknown for a few values', () => expect(judge((job) => 200e6 + job * 1e6, 20)).toBe('unknown'));
  it('has its slope by the job', () => {
    const { slope } = judgeSeries(collected(Array.from({ length: 300 }, (_none, job) => 200e6 + job * 500e3)), 64e6);
    expect(slope).toBeCloseTo(500e3, -3);
  });
});
