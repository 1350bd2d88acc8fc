import { describe, expect, it } from 'vitest';
import { readSchema } from '../../../src/ruby/schema';
import { caseSchema } from '../../support/detectorCase';
import { type PatternOutcome, patternOutcome } from '../../support/patternOutcome';
import { prism } from '../../support/prism';

async function outcome(text: string): Promise<PatternOutcome> {
  return patternOutcome('relation-sum', text, { schema: readSchema(await prism(), caseSchema()) });
}

describe('lets the database add up', () => {
  it.each([
    ['Post.where(a: 1).map(&:views).sum', 'Post.where(a: 1).sum(:views)'],
    ['Post.where(a: 1).to_a.sum(&:views)', 'Post.where(a: 1).sum(:views)'],
    ['user.posts.where("views > 0").sum { |p| p.views }', 'user.posts.where("views > 0").sum(:views)'],
    ['user.posts.sum { it.views } + 1', 'user.posts.sum(:views) + 1'],
    ['x = "😀"; Post.where(a: "é").map { _1.views }.sum', 'x = "😀"; Post.where(a: "é").sum(:views)'],
    ['Post\n  .where(a: 1)\n  .map(&:views)\n  .sum', 'Post\n  .where(a: 1)\n  .sum(:views)'],
  ])('%o', async (before, after) => {
    const { text, safety } = await outcome(before);
    expect([text, safety]).toEqual([after, 'review']);
    expect((await outcome(after)).candidates).toEqual([]);
  });
});

describe('only advises', () => {
  it.each([
    ['Post.where("views > 10").limit(5).map(&:views).sum', 'limit'],
    ['Post.distinct.sum(&:views)', 'distinct'],
    ['Post.group(:user_id).sum(&:views)', 'group'],
    ['Post.includes(:user).sum(&:views)', 'includes'],
    ['users.each { |user| user.posts.sum(&:views) }', 'loop'],
    ['posts.sum(&:views)', 'kept'],
    ['def m\n  Post.recent.sum(&:views)\n  Post.recent.to_a\nend', 'again'],
  ])('%o', async (text, reason) => {
    const { safety, note } = await outcome(text);
    expect(safety).toBe('advice');
    expect(note).toContain(reason);
  });
});

describe('is silent', () => {
  it.each([
    'Post.where(a: 1).sum(&:score)',
    'Post.where(a: 1).sum(0.0, &:views)',
    'Post.where(a: 1).sum(:views)',
    'Post.where(a: 1).sum { |p| p.views * 2 }',
    'Post.where(a: 1).map(&:views).sum(0.0)',
    'Post.where(a: 1).pluck(:views).sum',
    'Post.where(a: 1).sum',
    '[1].sum(&:views)',
  ])('%o', async (text) => {
    expect((await outcome(text)).candidates).toEqual([]);
  });
});
