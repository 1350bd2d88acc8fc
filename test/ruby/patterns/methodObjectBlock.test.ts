import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('calls the method in a block', () => {
  it.each([
    ['a = "😀"; l.each(&method(:f))', 'a = "😀"; l.each { |x| f(x) }'],
    ['l.map &method(:ok?)', 'l.map { |x| ok?(x) }'],
    ['l&.sum(0, &method(:Integer)).abs', 'l&.sum(0) { |x| Integer(x) }.abs'],
    ['x = f\nl.map(&method(:f)).size', 'x = f\nl.map { |x2| f(x2) }.size'],
    [
      'puts l\n  .map(&method("f".to_sym))\nl.map(&method(:g))',
      'puts l\n  .map(&method("f".to_sym))\nl.map { |x| g(x) }',
    ],
    ['def f(a, b = 1) = a\nl.map(&method(:f))', 'def f(a, b = 1) = a\nl.map { |x| f(x) }'],
  ])('%o', async (before, after) => {
    const outcome = await patternOutcome('method-object-block', before);
    expect([outcome.text, outcome.safety]).toEqual([after, 'review']);
    expect((await patternOutcome('method-object-block', after)).candidates).toEqual([]);
  });
});

it.each([
  'l.inject(&method(:add))',
  'def f(a, b) = a\nl.map(&method(:f))',
  'def f(a:) = a\nl.map(&method(:f))',
  'def f = 1\nl.map(&method(:f))',
  'l.map(&method(:<<))',
  'l.map(&method(:class))',
  'l.sum 0, &method(:f)',
  'l.map( # all\n  &method(:f))',
])('only advises: %o', async (text) => {
  expect((await patternOutcome('method-object-block', text)).safety).toBe('advice');
});

it.each(['l.map(&a.method(:f))', 'l.map(&:f)', 'l.map(&block)', 'l.map { |x| method(:f) }', 'm = method(:f)'])(
  'is silent: %o',
  async (text) => {
    expect((await patternOutcome('method-object-block', text)).safety).toBeNull();
  },
);
