import { expect, test } from 'vitest';
import { heatLevel, LEVEL_SHARES, THROUGH_SHARE } from '../../src/server/heatLevel';

test('grow with the own share', () => {
  expect([0.0029, 0.003, 0.01, 0.02, 0.05, 0.1, 1].map((share) => heatLevel(share, share))).toEqual([
    null,
    0,
    1,
    2,
    3,
    4,
    4,
  ]);
  expect([...LEVEL_SHARES].sort((a, b) => a - b)).toEqual(LEVEL_SHARES);
});

test('a line on the way to the heat is lit, at the coolest level', () => {
  expect(heatLevel(0, THROUGH_SHARE)).toBe(0);
  expect(heatLevel(0, THROUGH_SHARE * 0.99)).toBeNull();
});
