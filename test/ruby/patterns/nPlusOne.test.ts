import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const id = 'n-plus-one';

describe('loads for all rows', () => {
  it.each([
    [
      'User.where(a: 1).map { |u| u.posts.map(&:title) }',
      'User.where(a: 1).includes(:posts).map { |u| u.posts.map(&:title) }',
    ],
    ['User.all.to_a.each { |u| u.profile.bio }', 'User.all.includes(:profile).to_a.each { |u| u.profile.bio }'],
    ['User.find_each { |u| u.posts.each { } }', 'User.includes(:posts).find_each { |u| u.posts.each { } }'],
    ['User.active.sum { it.posts.size }', 'User.active.includes(:posts).sum { it.posts.size }'],
    ['User.active.sum { _1.posts.size }', 'User.active.includes(:posts).sum { _1.posts.size }'],
    [
      'User.active.each { |u| p 1 if u.posts.empty? }',
      'User.active.includes(:posts).each { |u| p 1 if u.posts.empty? }',
    ],
    [
      'a = "😀"; User.where(a: "é").each_with_index { |u, i| u.posts.size }',
      'a = "😀"; User.where(a: "é").includes(:posts).each_with_index { |u, i| u.posts.size }',
    ],
    [
      'User\n  .where(a: 1) # some\n  .each do |u|\n    u.posts.size\n    u.posts.to_a\n  end',
      'User\n  .where(a: 1).includes(:posts) # some\n  .each do |u|\n    u.posts.size\n    u.posts.to_a\n  end',
    ],
  ])('%o', async (before, after) => {
    const { text, safety, candidates } = await patternOutcome(id, before);
    expect(candidates.length).toBeLessThanOrEqual(2);
    expect([text, safety]).toEqual([after, 'review']);
    const again = await patternOutcome(id, after);
    expect(again.text).toBe(after);
    expect(again.safety).toBe('advice');
  });
});

describe('only advises', () => {
  it.each([
    ['users.each { |u| u.posts.size }', 'not a relation'],
    ['def m(users)\n  users.each { |u| u.posts.size }\nend', 'not a relation'],
    ['User.where(a: 1).first(3).each { |u| u.posts.size }', 'not a relation'],
    ['User.where(a: 1).each.with_index { |u, i| u.posts.size }', 'not a relation'],
    ['user.posts.each { |p| p.author.name }', 'not a relation'],
    ['User.where(a: 1).preload(:posts).each { |u| u.posts.size }', 'already'],
    ['User.active.each { |u| u.posts.size if u.vip? }', 'some turns'],
    ['User.active.each { |u| u.vip? && u.posts.size }', 'some turns'],
    ['User.active.each { |u| next if u.old?; u.posts.size }', 'some turns'],
    ['User.active.each { |u|\n  case a\n  when 1 then u.posts.size\n  end\n}', 'some turns'],
    ['User.select(:id).each { |u| u.posts.size }', 'select'],
  ])('%o', async (text, reason) => {
    const { safety, note } = await patternOutcome(id, text);
    expect(safety).toBe('advice');
    expect(note).toContain(reason);
  });
});

describe('is silent', () => {
  it.each([
    'User.where(a: 1).each { |u| u.posts.where(b: 1) }',
    'User.where(a: 1).each { |u| u.posts.count }',
    'User.where(a: 1).each { |u| u.posts }',
    'User.where(a: 1).each { |u| u.posts(1).size }',
    'User.where(a: 1).each { |u| u.created_at.to_s }',
    'User.where(a: 1).each { |u| other.posts.size }',
    'User.where(a: 1).each { |u| v = u; v.posts.size }',
    'User.transaction { |t| t.posts.size }',
    'u = 1; u.posts.size',
  ])('%o', async (text) => {
    expect((await patternOutcome(id, text)).candidates).toEqual([]);
  });
});

it('tells of an association once, and only where the profile shows its queries', async () => {
  const { candidates } = await patternOutcome(id, 'User.active.each { |u|\n u.posts.size\n u.posts.to_a.size\n}');
  expect(candidates.map(({ range, likely }) => [range.start.line, likely])).toEqual([[1, false]]);
  expect(candidates[0]!.witnesses.every(({ missing }) => missing === 'silent')).toBe(true);
});
