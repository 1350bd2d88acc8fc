import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const id = 'relation-emptiness';

describe('asks for one row', () => {
  it.each([
    ['User.where(a: 1).length == 0', 'User.where(a: 1).none?'],
    ['User.where(a: 1).length.zero?', 'User.where(a: 1).none?'],
    ['User.where(a: 1).length < 1', 'User.where(a: 1).none?'],
    ['User.where(a: 1).length > 0', 'User.where(a: 1).any?'],
    ['User.where(a: 1).length != 0', 'User.where(a: 1).any?'],
    ['User.where(a: 1).length >= 1', 'User.where(a: 1).any?'],
    ['User.where(a: 1).length.positive?', 'User.where(a: 1).any?'],
    ['User.where(a: 1).present?', 'User.where(a: 1).any?'],
    ['!User.active.blank?', '!User.active.none?'],
    ['user.posts.present? && x', 'user.posts.any? && x'],
    ['User.where(a: 1).to_a.empty?', 'User.where(a: 1).none?'],
    ['User.where(a: 1).load.any?', 'User.where(a: 1).any?'],
    ['User.where(a: 1).to_a.size == 0', 'User.where(a: 1).none?'],
    ['User.where(a: 1).map(&:id).any?', 'User.where(a: 1).any?'],
    ['User.where(a: 1).to_a.map(&:id).count > 0', 'User.where(a: 1).any?'],
    ['x = "😀é"; y = User.where(a: "é").present? ? 1 : 2', 'x = "😀é"; y = User.where(a: "é").any? ? 1 : 2'],
    ['User\n  .where(a: 1)\n  .to_a\n  .empty?', 'User\n  .where(a: 1)\n  .none?'],
  ])('%o', async (before, after) => {
    const { text, safety } = await patternOutcome(id, before);
    expect([text, safety]).toEqual([after, 'review']);
    expect((await patternOutcome(id, after)).candidates).toEqual([]);
  });
});

describe('only advises', () => {
  it.each([
    ['def m\n  User.active.map { |u| u } if User.active.present?\nend', 'again'],
    ['posts.present?', 'kept'],
    ['order.invoice.present?', 'nil'],
    ['user&.posts.present?', 'nil'],
    ['user.posts&.blank?', 'nil'],
    ['User.group(:a).present?', 'Grouped'],
    ['User.lock.where(a: 1).length == 0', 'locked'],
  ])('%o', async (text, reason) => {
    const outcome = await patternOutcome(id, text);
    expect(outcome.safety).toBe('advice');
    expect(outcome.note).toContain(reason);
  });

  it('where a comment would be lost', async () => {
    const { safety } = await patternOutcome(id, 'User.where(a: 1)\n  .to_a # all\n  .empty?');
    expect(safety).toBe('advice');
  });
});

describe('is silent', () => {
  it.each([
    'User.where(a: 1).first.present?',
    'User.find_by(a: 1).present?',
    'User.where(a: 1).count > 0',
    'User.where(a: 1).any?',
    'User.where(a: 1).size == 0',
    'User.where(a: 1).length == 1',
    'User.where(a: 1).length',
    'User.where(a: 1).to_a.any? { |u| u.ok? }',
    'User.where(a: 1).pluck(:id).empty?',
    'User.where(a: 1).first.name.present?',
    'name.to_s.length == 0',
    'name.present?',
    '[1].length == 0',
    'User.where(a: 1).map(&:name).any?',
  ])('%o', async (text) => {
    const { candidates } = await patternOutcome(id, text);
    expect(candidates.filter(({ likely, fixes }) => likely || fixes.length > 0)).toEqual([]);
  });
});

it('asks for evidence on the lines that load and ask', async () => {
  const { candidates } = await patternOutcome(id, 'User\n  .where(a: 1)\n  .to_a\n  .empty?');
  expect(candidates[0]!.sites.map(({ line }) => line)).toEqual([3, 4]);
});
