import { describe, expect, it } from 'vitest';
import { callWeights } from '../../src/profile/callWeights';

const weights = (total: number[], samples: number, passed: number[] = [], self = total.map(() => 0)) =>
  Array.from(callWeights({ total, self }, samples, passed), (weight) => Math.round(weight));

describe('callWeights', () => {
  it('takes sums as they are where a method stands once on each stack', () => {
    expect(weights([60, 40], 100)).toEqual([60, 40]);
    expect(weights([60, 40], 100, [], [10, 40])).toEqual([50, 0]);
  });

  it('leaves lines that open a block nothing but what the block does not explain', () => {
    expect(weights([100, 60, 38], 100)).toEqual([2, 60, 38]);
    expect(weights([100, 100, 100], 100)).toEqual([0, 0, 100]);
    expect(weights([100, 80, 150], 250)).toEqual([20, 80, 150]);
  });

  it('halves a line that runs its block itself', () => {
    expect(weights([200, 50], 150)).toEqual([100, 50]);
  });

  it('takes each callee from the line that fits it most closely', () => {
    expect(weights([100, 60, 10], 170, [58])).toEqual([100, 2, 10]);
    expect(weights([100, 60], 160, [100, 60])).toEqual([0, 0]);
  });

  it('spreads a callee that fits no line', () => {
    expect(weights([50, 50], 100, [60])).toEqual([20, 20]);
    expect(weights([50, 50], 100, [300])).toEqual([0, 0]);
  });
});
