import { describe, expect, it } from 'vitest';
import { readSchema } from '../../../src/ruby/schema';
import { caseSchema } from '../../support/detectorCase';
import { type PatternOutcome, patternOutcome } from '../../support/patternOutcome';
import { prism } from '../../support/prism';

async function outcome(text: string): Promise<PatternOutcome> {
  return patternOutcome('relation-pluck', text, { schema: readSchema(await prism(), caseSchema()) });
}

describe('asks for the columns', () => {
  it.each([
    ['User.where(active: true).map(&:id)', 'User.where(active: true).ids'],
    ['User.where(active: true).collect(&:name)', 'User.where(active: true).pluck(:name)'],
    ['User.all.map { |u| u.email }', 'User.pluck(:email)'],
    ['User.all.active.map { |u| u.email }', 'User.all.active.pluck(:email)'],
    ['User.active.map { it.email }', 'User.active.pluck(:email)'],
    ['User.active.map { _1.email }', 'User.active.pluck(:email)'],
    ['User.where(a: 1).map { |u| [u.id, u.name] }', 'User.where(a: 1).pluck(:id, :name)'],
    ['User.where(a: 1).to_a.map(&:name).uniq', 'User.where(a: 1).pluck(:name).uniq'],
    ['User.where(a: 1).select(:name).map(&:name)', 'User.where(a: 1).pluck(:name)'],
    ['User.select(:name).distinct.map(&:name)', 'User.distinct.pluck(:name)'],
    ['user.posts.where("views > 1").map(&:title)', 'user.posts.where("views > 1").pluck(:title)'],
    ['user.posts.order(:id).limit(3).map(&:title)', 'user.posts.order(:id).limit(3).pluck(:title)'],
    ['a = "😀é"; User.where(a: "é")&.map(&:name)', 'a = "😀é"; User.where(a: "é")&.pluck(:name)'],
    ['User\n  .where(a: 1)\n  .map do |u|\n    u.name\n  end', 'User\n  .where(a: 1)\n  .pluck(:name)'],
    [
      'ids.each { |id| Post.where(user_id: id).map(&:title) }',
      'ids.each { |id| Post.where(user_id: id).pluck(:title) }',
    ],
  ])('%o', async (before, after) => {
    const { text, safety } = await outcome(before);
    expect([text, safety]).toEqual([after, 'review']);
    expect((await outcome(after)).candidates).toEqual([]);
  });
});

describe('only advises', () => {
  it.each([
    ['users.each { |user| user.posts.where(a: 1).map(&:title) }', 'loop'],
    ['users.map { it.posts.map(&:title) }', 'loop'],
    ['def m\n  User.active.map(&:name)\n  User.active.map(&:email)\nend', 'again'],
    ['posts.map(&:title)', 'kept'],
    ['User.where(a: 1).distinct.map(&:name)', 'distinct'],
    ['User.includes(:posts).map(&:name)', 'includes'],
    ['User.eager_load(:posts).map(&:name)', 'eager_load'],
    ['User.group(:name).map(&:name)', 'group'],
    ['User.select("upper(name) AS name").map(&:name)', 'selected'],
    ['User.merge(other).map(&:name)', 'merge'],
  ])('%o', async (text, reason) => {
    const { safety, note } = await outcome(text);
    expect(safety).toBe('advice');
    expect(note).toContain(reason);
  });

  it('where a comment would be lost', async () => {
    expect((await outcome('User.where(a: 1).map do |u|\n  u.name # full\nend')).safety).toBe('advice');
  });
});

describe('is silent', () => {
  it.each([
    'User.where(a: 1).map(&:shout)',
    'User.where(a: 1).map { |u| [u.id] }',
    'User.where(a: 1).map { |u| u.name.upcase }',
    'User.where(a: 1).map { |u| u&.name }',
    'User.where(a: 1).map { |u| name }',
    'User.where(a: 1).map(&:name).sum',
    'User.where(a: 1).map(&:id).size',
    'User.where(a: 1).map(&:id).any?',
    'User.where(a: 1).first(3).map(&:id)',
    'User.find_each.map(&:id)',
    'rows.map { |r| Row.new(r) }.map(&:id)',
    '[1].map(&:id)',
    'rows = x; rows.map(&:id)',
  ])('%o', async (text) => {
    expect((await outcome(text)).candidates).toEqual([]);
  });
});

it('asks the profile for columns that the schema does not know, and for methods over them', async () => {
  const { candidates } = await outcome('Widget.where(a: 1).map(&:label)');
  expect(candidates[0]!.witnesses.map(({ kind, missing }) => [kind, missing])).toEqual([
    ['called', 'silent'],
    ['beneath', 'advice'],
    ['absent', 'silent'],
  ]);
});
