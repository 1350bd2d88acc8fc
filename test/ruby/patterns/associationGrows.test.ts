import { describe, expect, it } from 'vitest';
import { readSchema } from '../../../src/ruby/schema';
import { caseSchema } from '../../support/detectorCase';
import { type PatternOutcome, patternOutcome } from '../../support/patternOutcome';
import { prism } from '../../support/prism';

async function outcome(text: string): Promise<PatternOutcome> {
  return patternOutcome('association-grows', text, { schema: readSchema(await prism(), caseSchema()) });
}

describe('goes through the model', () => {
  it.each([
    ['xs.each { |x| user.posts.create!(title: x) }', 'xs.each { |x| Post.create!(user_id: user.id, title: x) }'],
    [
      'xs.each { |x| @user.posts.find_or_create_by(title: x) { |p| p.views = 1 } }',
      'xs.each { |x| Post.find_or_create_by(user_id: @user.id, title: x) { |p| p.views = 1 } }',
    ],
    [
      'def m(account)\n  "😀"; 3.times { account.entries.create "kind" => "é" }\nend',
      'def m(account)\n  "😀"; 3.times { Entry.create account_id: account.id, "kind" => "é" }\nend',
    ],
    [
      'users.each { |user| xs.each { |x| user.posts.create(title: x) } }',
      'users.each { |user| xs.each { |x| Post.create(user_id: user.id, title: x) } }',
    ],
    [
      'while x\n  user.posts.create(\n    title: x\n  )\nend',
      'while x\n  Post.create(\n    user_id: user.id, title: x\n  )\nend',
    ],
  ])('%o', async (before, after) => {
    const { text, safety } = await outcome(before);
    expect([text, safety]).toEqual([after, 'review']);
    expect((await outcome(after)).candidates).toEqual([]);
  });
});

describe('only advises', () => {
  it.each([
    'xs.each { |x| user.posts.build(title: x) }',
    'xs.each { |x| user.posts.first_or_create(title: x) }',
    'xs.each { |x| user.posts.create!(x) }',
    'xs.each { |x| user.posts.create! }',
    'xs.each { |x| user.posts.create!(**x) }',
    'xs.each { |x| user.posts.create!(user_id: 3, title: x) }',
    'xs.each { |x| user.posts.create!(user: y, title: x) }',
    'xs.each { |x| user.widgets.create!(title: x) }',
    'xs.each { |x| author.posts.create!(title: x) }',
    'xs.each { |x| user&.posts.create!(title: x) }',
    'xs.each { |x| user\n  .posts # theirs\n  .create!(title: x) }',
  ])('%o', async (text) => {
    const { safety, note } = await outcome(text);
    expect(safety).toBe('advice');
    expect(note).toContain('reset');
  });
});

it('guesses model and key by name where there is no schema', async () => {
  const { text, safety } = await patternOutcome('association-grows', 'xs.each { |x| @blog.comments.create(text: x) }');
  expect([text, safety]).toEqual(['xs.each { |x| Comment.create(blog_id: @blog.id, text: x) }', 'review']);
});

describe('is silent', () => {
  it.each([
    'user.posts.create!(title: x)',
    'users.each { |user| user.posts.create!(title: 1) }',
    'xs.each { |x| user = f(x); user.posts.create!(title: x) }',
    'xs.each { |x| @user = f(x); @user.posts.create!(title: x) }',
    'xs.each { |x| user.posts.create!(title: x); user.posts.reset }',
    'xs.each { |x| user.posts.create!(title: x); user.reload }',
    'xs.each { |x| Post.create!(title: x) }',
    'xs.each { |x| user.posts.where(a: 1).create!(title: x) }',
    'xs.each { |x| user.profile.create!(title: x) }',
    'xs.each { |x| posts.create!(title: x) }',
  ])('%o', async (text) => {
    expect((await outcome(text)).candidates).toEqual([]);
  });
});
