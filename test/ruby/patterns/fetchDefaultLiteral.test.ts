import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('makes the default in a block', () => {
  it.each([
    ['x = "😀"; h.fetch(:a, [])', 'x = "😀"; h.fetch(:a) { [] }'],
    ['h.fetch(:a, {}).size', 'h.fetch(:a) { {} }.size'],
    ['h.fetch("a", "")', 'h.fetch("a") { "" }'],
    ['h&.fetch(a, Set.new)', 'h&.fetch(a) { Set.new }'],
    ['y = h.fetch :a, [0, b]', 'y = h.fetch(:a) { [0, b] }'],
    ['h.fetch(\n  :a,\n  [],\n)', 'h.fetch(\n  :a) { [] }'],
  ])('%o', async (before, after) => {
    const outcome = await patternOutcome('fetch-default-literal', before);
    expect([outcome.text, outcome.safety]).toEqual([after, 'review']);
    expect((await patternOutcome('fetch-default-literal', after)).candidates).toEqual([]);
  });
});

it('only advises where a comment would be lost', async () => {
  expect((await patternOutcome('fetch-default-literal', 'h.fetch(:a, # why\n  [])')).safety).toBe('advice');
});

it.each([
  'Rails.cache.fetch(k, {})',
  'cache.fetch(k, {})',
  '@store.fetch(k, [])',
  'h.fetch(:a, 0)',
  'h.fetch(:a, b: 1)',
  'h.fetch(:a, EMPTY)',
  '# frozen_string_literal: true\nh.fetch(:a, "")',
  'h.fetch(:a, [pop])',
  'rows.map { h.fetch(:a, [it]) }',
  'rows.map { h.fetch(:a, [_1]) }',
  'h.fetch(:a, []) { 1 }',
  'h.fetch(:a)',
])('is silent: %o', async (text) => {
  expect((await patternOutcome('fetch-default-literal', text)).safety).toBeNull();
});
