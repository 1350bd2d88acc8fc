import { describe, expect, it } from 'vitest';
import { callWeights } from '../../src/profile/callWeights';

/** `calls`: [appearances, samples charged by the callee]. */
const weights = (lineCalls: number[], ...calls: Array<[number, number]>) =>
  Array.from(
    callWeights(
      lineCalls,
      calls.map(([appearances, samples], callee) => ({ callee, appearances, samples })),
    ),
  );

describe('callWeights', () => {
  it('gives a callee to the line that has exactly its calls', () => {
    expect(weights([100, 80, 20], [20, 7], [80, 50], [100, 0])).toEqual([0, 50, 7]);
  });

  it('adds up the callees of a line', () => {
    expect(weights([100, 60], [60, 60], [55, 55], [45, 45])).toEqual([100, 60]);
  });

  it('takes the tightest line that has room', () => {
    expect(weights([100, 62, 3], [60, 60])).toEqual([0, 60, 0]);
  });

  it('gives equal callees to equal lines in their order: what opens a block stands before the block', () => {
    expect(weights([100, 100], [100, 1], [100, 99])).toEqual([1, 99]);
  });

  it('divides a callee that fits no line by the calls that are left', () => {
    expect(weights([50, 30], [60, 60], [20, 20])).toEqual([50, 30]);
    expect(weights([60, 40], [100, 100])).toEqual([60, 40]);
  });

  it('divides by all calls when none are left', () => {
    expect(weights([60, 40], [60, 60], [40, 40], [50, 10])).toEqual([66, 44]);
    expect(weights([0, 0], [5, 5])).toEqual([0, 0]);
  });

  it('loses nothing, however many lines and callees a file claims', () => {
    const lines = Array.from({ length: 5_000 }, () => 2);
    const calls = Array.from({ length: 5_000 }, (): [number, number] => [2, 1]);
    expect(weights(lines, ...calls).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(5_000, 6);
  });
});
