import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('pluck-in-where', text);

it.each([
  ['Post.where(user_id: User.pluck(:id))', 'Post.where(user_id: User.select(:id))'],
  ['Post.where(user_id: User.ids)', 'Post.where(user_id: User.select(:id))'],
  ['Post.where.not(user_id: User.active.ids)', 'Post.where.not(user_id: User.active.select(:id))'],
  [
    'posts.where("user_id" => User.where(a: "é").pluck("id"))',
    'posts.where("user_id" => User.where(a: "é").select("id"))',
  ],
  [
    'Post.where(user_id: author.friends.where(a: 1).pluck(:id)).count',
    'Post.where(user_id: author.friends.where(a: 1).select(:id)).count',
  ],
  ['Post.where a: 1, user_id: User.distinct.pluck(:id)', 'Post.where a: 1, user_id: User.distinct.select(:id)'],
])('%o: %o', async (before, after) => {
  const { text, safety } = await outcome(before);
  expect([text, safety]).toEqual([after, 'review']);
});

it.each([
  'Post.where(user_id: User.limit(3).pluck(:id))',
  'Post.where(user_id: User.select(:name).pluck(:id))',
  'Post.where.not(user_id: User.where(a: 1).pluck(:boss_id))',
])('only advises on %o', async (text) => {
  const found = await outcome(text);
  expect([found.safety, found.text]).toEqual(['advice', text]);
});

it.each([
  'Post.where(user_id: rows.pluck(:id))',
  'Post.where(user_id: User.pluck(:id, :name))',
  'Post.where(user_id: User.pluck("MAX(id)"))',
  'Post.where("user_id IN (?)", User.pluck(:id))',
  'Post.where(user_id: User.pluck(:id).uniq)',
  'Post.where(user_id: [User.ids])',
  'show(user_id: User.pluck(:id))',
  'Post.where(user_id: User.select(:id))',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
