import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('leaves out the copy', () => {
  it.each([
    ['x = "😀"; row.dup.sort', 'x = "😀"; row.sort', 'safe'],
    ['row.dup.map(&:to_s)', 'row.map(&:to_s)', 'safe'],
    ['row = f\nrow.dup.map { |x| g(x) }', 'row = f\nrow.map { |x| g(x) }', 'safe'],
    ['@rows.dup.map { |x| g(x) }', '@rows.map { |x| g(x) }', 'review'],
    ['row.dup.map(&block)', 'row.map(&block)', 'review'],
    ['h\n  .dup\n  .merge(a: 1)', 'h\n  .merge(a: 1)', 'safe'],
    ['h.dup.merge(build!)', 'h.merge(build!)', 'review'],
    ['s&.dup&.strip', 's&.strip', 'safe'],
  ])('%o', async (before, after, safety) => {
    const outcome = await patternOutcome('redundant-dup', before);
    expect([outcome.text, outcome.safety]).toEqual([after, safety]);
    expect((await patternOutcome('redundant-dup', after)).candidates).toEqual([]);
  });
});

it.each(['list.dup.map { |x| list.delete(x) }', 's&.dup.strip'])('only advises: %o', async (text) => {
  expect((await patternOutcome('redundant-dup', text)).safety).toBe('advice');
});

it.each(['s.dup.strip!', 'list.dup.each { }', 'list.dup.to_a', 'list.dup.map', 'dup.sort', 'x.clone.sort'])(
  'is silent: %o',
  async (text) => {
    expect((await patternOutcome('redundant-dup', text)).safety).toBeNull();
  },
);
