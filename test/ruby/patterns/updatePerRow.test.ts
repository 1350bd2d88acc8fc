import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const id = 'update-per-row';

describe('updates all rows at once', () => {
  it.each([
    ['A.where(s: 1).find_each { |a| a.update_columns(s: 3) }\n1', 'A.where(s: 1).update_all(s: 3)\n1'],
    ['A.find_each { it.update_columns(s: 3) }\n1', 'A.update_all(s: 3)\n1'],
    ['A.active.to_a.each { _1.update_columns s: nil, "t" => [1] }\n1', 'A.active.update_all(s: nil, "t" => [1])\n1'],
    [
      'def m(now)\n  "😀"\n  user.posts.where(a: "é").each do |a|\n    a.update_columns(at: now)\n  end\n  1\nend',
      'def m(now)\n  "😀"\n  user.posts.where(a: "é").update_all(at: now)\n  1\nend',
    ],
  ])('%o', async (before, after) => {
    const { text, safety } = await patternOutcome(id, before);
    expect([text, safety]).toEqual([after, 'review']);
    expect((await patternOutcome(id, after)).candidates).toEqual([]);
  });
});

it('takes a constant for a value', async () => {
  const { text } = await patternOutcome(
    'update-per-row',
    'A.where(s: 1).find_each { |a| a.update_columns(s: A::DONE) }',
  );
  expect(text).toBe('A.where(s: 1).update_all(s: A::DONE)');
});

describe('only advises', () => {
  it.each([
    ['A.where(s: 1).find_each { |a| a.update!(s: 3) }', 'validations'],
    ['A.where(s: 1).find_each { |a| a.update_attribute(:s, 3) }', 'callbacks'],
    ['A.where(s: 1).find_each { |a| a.update_columns(s: a.t * 2) }', 'every row'],
    ['A.where(s: 1).find_each { |a| a.update_columns(s: f) }', 'every row'],
    ['A.where(s: 1).find_each { |a| n += 1; a.update_columns(s: n) }', 'every row'],
    ['A.where(s: 1).find_each { |a| a.update_columns(**h) }', 'every row'],
    ['A.where(s: 1).find_each { |a| p a; a.update_columns(s: 3) }', 'does more'],
    ['A.where(s: 1).find_each(batch_size: 9) { |a| a.update_columns(s: 3) }', 'does more'],
    ['A.where(s: 1).find_each { |a| a.update_columns(s: 3) if a.b? }', 'does more'],
    ['x = A.where(s: 1).each { |a| a.update_columns(s: 3) }', 'value of the loop'],
    ['A.where(s: 1).limit(3).each { |a| a.update_columns(s: 3) }', 'limit'],
    ['A.order(:s).each { |a| a.update_columns(s: 3) }', 'order'],
    ['A.joins(:b).each { |a| a.update_columns(s: 3) }', 'joins'],
    ['user.posts.each { |a| a.update_columns(s: 3) }', 'array'],
    ['def m(list)\n  list.each { |a| a.update_columns(s: 3) }\nend', 'array'],
    ['A.where(s: 1).reverse.each { |a| a.update_columns(s: 3) }', 'array'],
  ])('%o', async (text, reason) => {
    const { safety, note } = await patternOutcome(id, text);
    expect(safety).toBe('advice');
    expect(note).toContain(reason);
  });

  it('where a comment would be lost', async () => {
    const { safety } = await patternOutcome(
      id,
      'A.where(s: 1).find_each do |a| # all\n  a.update_columns(s: 3)\nend\n1',
    );
    expect(safety).toBe('advice');
  });
});

describe('is silent', () => {
  it.each([
    'A.where(s: 1).find_each { |a| b.update_columns(s: 3) }',
    'A.where(s: 1).find_each { |a| a.b.update_columns(s: 3) }',
    'A.where(s: 1).update_all(s: 3)',
    'a = A.first; a.update_columns(s: 3)',
    'A.where(s: 1).find_each { |a| a.update }',
    'A.find(1).tap { |a| a.update!(s: 1) }',
  ])('%o', async (text) => {
    expect((await patternOutcome(id, text)).candidates).toEqual([]);
  });
});
