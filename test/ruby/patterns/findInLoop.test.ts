import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const id = 'find-in-loop';

describe('advises', () => {
  it.each([
    'ids.map { |id| User.find(id).name }',
    'ids.each { |id| User.find id }',
    'ids.map { User.find(it) }',
    'ids.map { User.find(_1) }',
    'rows.each { |row| Blog::User.find_by(email: row["😀é"]) }',
    'rows.each { |row| key = row.key; ::User.find_by!(key: key) }',
    'for id in ids do User.find(id); end',
    'while id\n  id = id + 1\n  User.find(id)\nend',
  ])('%o', async (text) => {
    const { safety, candidates } = await patternOutcome(id, text);
    expect([safety, candidates.length]).toEqual(['advice', 1]);
  });
});

describe('is silent', () => {
  it.each([
    'User.find(id)',
    'ids.each { |id| User.find(3) }',
    'def m(other)\n  ids.each { |id| User.find(other) }\nend',
    'ids.each { |id| users[id] ||= User.find(id) }',
    'ids.each { |id| cache.fetch(id) { User.find(id) } }',
    'dirs.each { |dir| Dir.find(dir) }',
    'dirs.each { |dir| Find.find(dir) { |f| f } }',
    'ids.each { |id| list.find(id) }',
    'ids.each { |id| User.find { |u| u.id == id } }',
    'User.find(ids.map { |id| id })',
    'ids.each { |id| User.where(id: id) }',
  ])('%o', async (text) => {
    expect((await patternOutcome(id, text)).candidates).toEqual([]);
  });
});

it('asks the profile for a query', async () => {
  const { candidates } = await patternOutcome(id, 'ids.map { |id| User.find(id) }');
  expect(candidates[0]!.likely).toBe(false);
  expect(candidates[0]!.witnesses.map(({ missing }) => missing)).toEqual(['silent']);
});
