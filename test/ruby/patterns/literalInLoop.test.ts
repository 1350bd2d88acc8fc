import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('makes it before the loop', () => {
  it.each([
    [
      'x = "😀"\nlist.count { |k| %w[a b].include?(k) }',
      'x = "😀"\nhoisted = %w[a b].freeze\nlist.count { |k| hoisted.include?(k) }',
    ],
    [
      'def m\n  a.each do |b|\n    b.map { |c| { x: 1 }[c] }\n  end\nend',
      'def m\n  hoisted = { x: 1 }.freeze\n  a.each do |b|\n    b.map { |c| hoisted[c] }\n  end\nend',
    ],
    [
      'hoisted = 1\nwhile [1, 2].index(x)\n  f\nend',
      'hoisted = 1\nhoisted2 = [1, 2].freeze\nwhile hoisted2.index(x)\n  f\nend',
    ],
  ])('%o', async (before, after) => {
    const outcome = await patternOutcome('literal-in-loop', before);
    expect([outcome.text, outcome.safety]).toEqual([after, 'review']);
    expect((await patternOutcome('literal-in-loop', after)).candidates).toEqual([]);
  });
});

it.each([
  'def m(k)\n  %i[a b].include?(k)\nend',
  'y = 1; list.each { |k| [1, 2].include?(k) }',
  'def m(l) = l.each { |k| [1, 2].include?(k) }',
  'list.each { |k| [1,\n  2].include?(k) }',
])('only advises: %o', async (text) => {
  expect((await patternOutcome('literal-in-loop', text)).safety).toBe('advice');
});

it.each([
  'list.count { |x| [x, x + 1].include?(2) }',
  'list.each { |x| [1, 2].push(x) }',
  'list.each { |x| ["a", "b"][x] }',
  'list.each { |x| { a: [] }.fetch(x) }',
  'list.each { |x| { **y }.key?(x) }',
  'list.each { |x| [].include?(x) }',
])('is silent: %o', async (text) => {
  expect((await patternOutcome('literal-in-loop', text)).safety).toBeNull();
});

it('is silent where Ruby makes no array', async () => {
  const text = 'list.count { |k| %i[a b].include?(k) }';
  expect((await patternOutcome('literal-in-loop', text, { ruby: '3.4.1' })).safety).toBeNull();
  expect((await patternOutcome('literal-in-loop', text, { ruby: '3.3.8' })).safety).toBe('review');
});
