import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('uses to_d', () => {
  it.each([
    ['x = "😀"; BigDecimal(y.to_s)', 'x = "😀"; y.to_d'],
    ['BigDecimal(row[:a].to_s).round(2)', 'row[:a].to_d.round(2)'],
    ['BigDecimal((a + b).to_s)', '(a + b).to_d'],
    ['z = BigDecimal y.to_s', 'z = y.to_d'],
  ])('%o', async (before, after) => {
    const outcome = await patternOutcome('bigdecimal-to-s', before);
    expect([outcome.text, outcome.safety]).toEqual([after, 'review']);
    expect((await patternOutcome('bigdecimal-to-s', after)).candidates).toEqual([]);
  });
});

it.each(['BigDecimal(y&.to_s)', 'BigDecimal(y.to_s) rescue 0', 'BigDecimal( # why\n  y.to_s)'])(
  'only advises: %o',
  async (text) => {
    expect((await patternOutcome('bigdecimal-to-s', text)).safety).toBe('advice');
  },
);

it.each([
  'BigDecimal(y)',
  'BigDecimal(y.to_s, 4)',
  'BigDecimal(y.to_s(2))',
  'BigDecimal(to_s)',
  'A.BigDecimal(y.to_s)',
])('is silent: %o', async (text) => {
  expect((await patternOutcome('bigdecimal-to-s', text)).safety).toBeNull();
});
