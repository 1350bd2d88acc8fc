import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('keeps it in a constant', () => {
  it.each([
    [
      'class A\n  def m = BigDecimal("1.5") # é\n  def n = [BigDecimal("1.5"), 1]\nend',
      'class A\n  BIGDECIMAL_1_5 = BigDecimal("1.5")\n  def m = BIGDECIMAL_1_5 # é\n  def n = [BIGDECIMAL_1_5, 1]\nend',
    ],
    [
      'module A\n  def m\n    Date.new(2024, 1, 31)\n  end\nend',
      'module A\n  DATE_NEW_2024_1_31 = Date.new(2024, 1, 31)\n  def m\n    DATE_NEW_2024_1_31\n  end\nend',
    ],
    [
      'class A\n  def m = Regexp.new("a", Regexp::IGNORECASE)\nend',
      'class A\n  REGEXP_NEW_A_REGEXP_IGNORECASE = Regexp.new("a", Regexp::IGNORECASE)\n  def m = REGEXP_NEW_A_REGEXP_IGNORECASE\nend',
    ],
    [
      'class A\n  RATIONAL_1_3 = 0\n  def m = Rational(1, 3)\nend',
      'class A\n  RATIONAL_1_3_2 = Rational(1, 3)\n  RATIONAL_1_3 = 0\n  def m = RATIONAL_1_3_2\nend',
    ],
  ])('%o', async (before, after) => {
    const outcome = await patternOutcome('constant-construct', before);
    expect([outcome.text, outcome.safety]).toEqual([after, 'review']);
    expect((await patternOutcome('constant-construct', after)).candidates).toEqual([]);
  });
});

it.each([
  'def m = BigDecimal("1")',
  'class A\n  class << self\n    def m = BigDecimal("1")\n  end\nend',
  'class A; def m = BigDecimal("1"); end',
])('only advises: %o', async (text) => {
  expect((await patternOutcome('constant-construct', text)).safety).toBe('advice');
});

it.each([
  'class A\n  RATE = BigDecimal("1")\nend',
  'class A\n  def m = BigDecimal(x)\nend',
  'class A\n  def m = BigDecimal("#{x}")\nend',
  'class A\n  def m = Date.today\nend',
  'class A\n  def m = Date.new\nend',
  'class A\n  def m = Set.new("a")\nend',
  'class A\n  def m = Date.new(y, 1, 1)\nend',
])('is silent: %o', async (text) => {
  expect((await patternOutcome('constant-construct', text)).safety).toBeNull();
});
