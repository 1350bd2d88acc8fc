import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('relation-filter-in-ruby', text);

it.each([
  'User.where(a: 1).select { |u| u.age > 30 }',
  'User.all.reject { |u| u.name.nil? || u.age == limit }',
  'User.where(a: 1).to_a.sort_by(&:name)',
  'user.posts.where(a: 1).group_by { |p| p.user_id }',
  'User.active.find { |u| [1, 2].include?(u.id) }',
  'user.posts.find { |p| p.views == 0 }',
  'User.all.select { |u| u.name.start_with?("x") }',
  'User.where(a: 1).reject { !it.name.present? }',
])('advises on %o', async (text) => {
  const found = await outcome(text);
  expect([found.safety, found.text]).toEqual(['advice', text]);
});

it.each([
  'list.select { |x| x.a > 1 }',
  'User.where(a: 1).select(:name)',
  'User.where(a: 1).includes(:posts).select { |u| u.age > 30 }',
  'User.where(a: 1).select { |u| allowed?(u) }',
  'User.where(a: 1).select { |u| u.policy.allows?(x) }',
  'User.where(a: 1).select { |u| u.can?(:edit) }',
  'User.where(a: 1).map { |u| u.a }.select { |a| a.b }',
  'User.where(a: 1).group_by { |u| log(u); u.a }',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});

it('asks for columns where they are known', async () => {
  const columns = new Set(['age']);
  const schema = { columnsOf: () => columns, columnsOfTable: () => columns, table: () => null, tableOf: () => null };
  const id = 'relation-filter-in-ruby';
  expect((await patternOutcome(id, 'User.all.select { |u| u.age > 1 }', { schema })).safety).toBe('advice');
  expect((await patternOutcome(id, 'User.all.select { |u| u.rank > 1 }', { schema })).safety).toBeNull();
});
