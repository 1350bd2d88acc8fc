import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('find-each-query-cache', text);

it.each([
  ['User.find_each { |u| u.posts.to_a }', 'ActiveRecord::Base.uncached do\n  User.find_each { |u| u.posts.to_a }\nend'],
  [
    'def m\n  User.where(a: "é").find_each do |u|\n    u.posts.to_a\n\n    # next\n  end\n  1\nend',
    'def m\n  ActiveRecord::Base.uncached do\n    User.where(a: "é").find_each do |u|\n      u.posts.to_a\n\n      # next\n    end\n  end\n  1\nend',
  ],
  [
    'if a\n\tUser\n\t\t.find_each do |u|\n\t\t\tu.b\n\t\tend # all\nend',
    'if a\n\tActiveRecord::Base.uncached do\n\t\tUser\n\t\t\t.find_each do |u|\n\t\t\t\tu.b\n\t\t\tend\n\tend # all\nend',
  ],
])('%o: %o', async (before, after) => {
  const { text, safety } = await outcome(before);
  expect([text, safety]).toEqual([after, 'review']);
});

it.each([
  'User.find_each { |u| u.a } if b',
  'x = User.find_each { |u| u.a }',
  'User.find_each { |u| u.a }; b',
  'User.find_each do |u|\n  u.a <<~X\n    b\n  X\nend',
  'User.find_each do |u|\n  u.a "b\n  c"\nend',
])('only advises on %o', async (text) => {
  const found = await outcome(text);
  expect([found.safety, found.text]).toEqual(['advice', text]);
});

it.each([
  'ActiveRecord::Base.uncached { User.find_each { |u| u.a } }',
  'User.find_each',
  'User.find_each { |u| 1 }',
  'users.each { |u| u.a }',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});

it('is silent where the cache is bounded', async () => {
  const id = 'find-each-query-cache';
  expect((await patternOutcome(id, 'User.find_each { |u| u.a }', { rails: '7.1.0' })).safety).toBeNull();
  expect((await patternOutcome(id, 'User.find_each { |u| u.a }', { rails: '6.1.7' })).safety).toBe('review');
});
