import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('reduce-copy', text);

it.each([
  ['xs.reduce({}) { |h, x| h.merge(x => 1) }', 'xs.each_with_object({}) { |x, h| h[x] = 1 }'],
  ['xs.inject({}) { |h, (k, v)| h.merge(k => v) }', 'xs.each_with_object({}) { |(k, v), h| h[k] = v }'],
  ['xs.reduce({}) { |h, x| h.merge(id: x) }', 'xs.each_with_object({}) { |x, h| h[:id] = x }'],
  ['xs.reduce({}) { |h, x| h.merge(x:) }', 'xs.each_with_object({}) { |x, h| h[:x] = x }'],
  ['xs.reduce({}) { |h, x| h.merge(x => h[x].to_i + 1) }', 'xs.each_with_object({}) { |x, h| h[x] = h[x].to_i + 1 }'],
  ['xs.reduce({}) { |h, x| h.merge(x) }', 'xs.each_with_object({}) { |x, h| h.merge!(x) }'],
  ['xs.reduce({}) { |h, x| h.merge(**x, a: 1) }', 'xs.each_with_object({}) { |x, h| h.merge!(**x, a: 1) }'],
  [
    'xs.reduce({}) { |h, x| h.merge(x) { |_, a, b| a + b } }',
    'xs.each_with_object({}) { |x, h| h.merge!(x) { |_, a, b| a + b } }',
  ],
  ['xs&.reduce([]) { |a, x| a + [x] }', 'xs&.each_with_object([]) { |x, a| a << x }'],
  [
    'xs.inject([]) do |a, x|\n  # keep\n  a + [x, "é"]\nend',
    'xs.each_with_object([]) do |x, a|\n  # keep\n  a.push(x, "é")\nend',
  ],
  ['xs\n  .reduce([]) { |a, x| a + x.items }', 'xs\n  .each_with_object([]) { |x, a| a.concat(x.items) }'],
])('%o: %o', async (before, after) => {
  const { text, safety } = await outcome(before);
  expect([text, safety]).toEqual([after, 'safe']);
});

it.each([
  'xs.reduce({}) { |h, x| h.merge(x => h) }',
  'xs.reduce({}) { |h, x| h.merge(build(h, x)) }',
  'xs.reduce([]) { |a, x| a + [a] }',
  'xs.reduce([]) { |a, x| a + [x || (next a)] }',
  'xs.reduce([]) { _1 + [_2] }',
  'xs.reduce([]) { |a, *x| a + x }',
])('only advises on %o', async (text) => {
  const found = await outcome(text);
  const expected = text.includes('*x') ? null : 'advice';
  expect([found.safety, found.text]).toEqual([expected, text]);
});

it.each([
  'xs.reduce(defaults) { |h, x| h.merge(x => 1) }',
  'xs.reduce({ a: 1 }) { |h, x| h.merge(x => 1) }',
  'xs.reduce(0) { |a, x| a + x }',
  'xs.reduce([]) { |a, x| x + a }',
  'xs.reduce([]) { |a, x| a << x }',
  'xs.reduce([], :+)',
  'xs.reduce { |a, x| a + x }',
  'xs.reduce([]) { |a, x| log(x); a + [x] }',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
