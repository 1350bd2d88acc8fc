import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const id = 'relation-count';

describe('lets the database count', () => {
  it.each([
    ['User.where(active: true).to_a.size', 'User.where(active: true).count'],
    ['User.active.load.length', 'User.active.count'],
    ['User.where(a: 1).map(&:id).count', 'User.where(a: 1).count'],
    ['User.where(a: 1).to_a.map(&:id).size', 'User.where(a: 1).count'],
    ['user.posts.to_a.count > 3', 'user.posts.count > 3'],
    ['User.where(a: 1).map { |u| u.id }.size', 'User.where(a: 1).count'],
    ['x = "😀"; User.where(a: "é").records.size', 'x = "😀"; User.where(a: "é").count'],
    ['User\n  .where(a: 1)\n  .to_a\n  .size', 'User\n  .where(a: 1)\n  .count'],
  ])('%o', async (before, after) => {
    const { text, safety } = await patternOutcome(id, before);
    expect([text, safety]).toEqual([after, 'review']);
    expect((await patternOutcome(id, after)).candidates).toEqual([]);
  });
});

describe('only advises', () => {
  it.each([
    ['users.each { |user| user.posts.to_a.size }', 'loop'],
    ['def m\n  User.active.to_a.size\n  User.active.to_a\nend', 'again'],
    ['posts.to_a.size', 'kept'],
    ['User.where(a: 1).limit(n).to_a.size', 'limit'],
    ['User.select(:name).to_a.size', 'select'],
    ['User.lock.where(a: 1).to_a.size', 'lock'],
  ])('%o', async (text, reason) => {
    const { safety, note } = await patternOutcome(id, text);
    expect(safety).toBe('advice');
    expect(note).toContain(reason);
  });

  it('where a comment would be lost', async () => {
    expect((await patternOutcome(id, 'User.where(a: 1).to_a # all\n  .size')).safety).toBe('advice');
  });
});

describe('is silent', () => {
  it.each([
    'User.where(a: 1).group(:b).to_a.size',
    'User.where(a: 1).to_a.size == 0',
    'User.where(a: 1).to_a.count { |u| u.ok? }',
    'User.where(a: 1).to_a.count(user)',
    'User.where(a: 1).size',
    'User.where(a: 1).map(&:name).size',
    'User.where(a: 1).first.to_a.size',
    '[1].to_a.size',
  ])('%o', async (text) => {
    expect((await patternOutcome(id, text)).candidates).toEqual([]);
  });
});
