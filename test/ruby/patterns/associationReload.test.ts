import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const id = 'association-reload';

describe('only drops the rows', () => {
  it.each([
    ['account.entries.reload\n1', 'account.entries.reset\n1'],
    ['@account.line_items.reload()\n1', '@account.line_items.reset()\n1'],
    ['x = "😀é"; account&.entries&.reload; 1', 'x = "😀é"; account&.entries&.reset; 1'],
    ['xs.each { |x| x.entries.reload }', 'xs.each { |x| x.entries.reset }'],
    ['account.entries.reload if stale\n1', 'account.entries.reset if stale\n1'],
    ['account\n  .entries\n  .reload # again\n1', 'account\n  .entries\n  .reset # again\n1'],
  ])('%o', async (before, after) => {
    const { text, safety } = await patternOutcome(id, before);
    expect([text, safety]).toEqual([after, 'review']);
    expect((await patternOutcome(id, after)).candidates).toEqual([]);
  });
});

describe('is silent', () => {
  it.each([
    'account.entries.reload.map(&:id)',
    'entries = account.entries.reload',
    'def m\n  account.entries.reload\nend',
    'f(account.entries.reload)\n1',
    'account.reload\n1',
    'account.profile.reload\n1',
    'account.entries.where(a: 1).reload\n1',
    'entries.reload\n1',
    'account.entries.reload(true)\n1',
    'Rails.application.reload_routes!\n1',
  ])('%o', async (text) => {
    expect((await patternOutcome(id, text)).candidates).toEqual([]);
  });
});

it('asks the profile for an association that is loaded', async () => {
  const { candidates } = await patternOutcome(id, 'account.entries.reload\n1');
  expect(candidates[0]!.likely).toBe(false);
  expect(candidates[0]!.witnesses.map(({ missing }) => missing)).toEqual(['silent']);
});
