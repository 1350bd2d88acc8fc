import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('asks for nil instead of an error', () => {
  it.each([
    ['x = "😀"; y = Integer(s) rescue 0', 'x = "😀"; y = Integer(s, exception: false) || 0', 'safe'],
    ['Float(s) rescue nil', 'Float(s, exception: false)', 'safe'],
    ['Integer(s, 16) rescue nil', 'Integer(s, 16, exception: false)', 'safe'],
    ['y += (Kernel.Float(s) rescue a ? 1 : 2)', 'y += (Kernel.Float(s, exception: false) || (a ? 1 : 2))', 'safe'],
    ['BigDecimal(s) rescue raise Error, "x"', 'BigDecimal(s, exception: false) || (raise Error, "x")', 'safe'],
    ['Integer(row.fetch(:a)) rescue 0', 'Integer(row.fetch(:a), exception: false) || 0', 'review'],
    ['p 1 if (Integer(s) rescue false)', 'p 1 if (Integer(s, exception: false) || false)', 'safe'],
  ])('%o', async (before, after, safety) => {
    const outcome = await patternOutcome('rescue-conversion', `s = f\n${before}`);
    expect([outcome.text, outcome.safety]).toEqual([`s = f\n${after}`, safety]);
    expect((await patternOutcome('rescue-conversion', after)).candidates).toEqual([]);
  });
});

it('only advises where brackets are missing', async () => {
  expect((await patternOutcome('rescue-conversion', 'Integer s rescue 0')).safety).toBe('advice');
});

it.each([
  'Date.parse(s) rescue nil',
  'Integer(*s) rescue 0',
  'Integer(s, exception: true) rescue 0',
  'Mine.Integer(s) rescue 0',
  'puts(Integer(s)) rescue 0',
])('is silent: %o', async (text) => {
  expect((await patternOutcome('rescue-conversion', text)).safety).toBeNull();
});

it('is silent where Integer makes the error all the same', async () => {
  const version = { ruby: '3.1.2' };
  expect((await patternOutcome('rescue-conversion', 'Integer(s) rescue 0', version)).safety).toBeNull();
  expect((await patternOutcome('rescue-conversion', 'Float(@s) rescue 0', version)).safety).toBe('safe');
});
