import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { matchPatterns } from '../../../src/ruby/matchPatterns';
import type { Candidate } from '../../../src/ruby/pattern';
import { applyEdits } from '../../../src/ruby/textRange';
import { prism } from '../../support/prism';

async function candidates(text: string): Promise<Candidate[]> {
  return matchPatterns(await prism(), text).filter(({ pattern }) => pattern.id === 'relation-each');
}

/** The text after the only candidate's preferred fix; its note when there is no edit; null without a candidate. */
async function outcome(text: string): Promise<string | null> {
  const found = await candidates(text);
  expect(found.length).toBeLessThanOrEqual(1);
  const [candidate] = found;
  if (!candidate) return null;
  return candidate.fixes.length > 0 ? applyEdits(text, candidate.fixes[0]!.edits) : candidate.note;
}

it('gives advice for every method of the table on its page', async () => {
  const page = readFileSync(path.resolve(__dirname, '../../../docs/findings/relation-each.md'), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`(\w+)`/g)].map((match) => match[1]!));
  expect(named.length).toBeGreaterThan(12);
  for (const method of named) {
    if (method === 'each') continue;
    expect(await outcome(`User.where(a: 1).${method}(x).each { |u| u.touch }`), method).toContain('no edit is offered');
  }
});

describe('rewrites', () => {
  it.each([
    ['User.where(a: 1).each { |u| u.touch }', 'User.where(a: 1).find_each { |u| u.touch }'],
    ['User.where(a: 1).each(&:touch)', 'User.where(a: 1).find_each(&:touch)'],
    ['User.where(a: 1).each(&block)', 'User.where(a: 1).find_each(&block)'],
    ['User.where(a: 1)&.each { }', 'User.where(a: 1)&.find_each { }'],
    ['User.all.each { }', 'User.find_each { }'],
    ['::Billing::User.all.to_a.each { }', '::Billing::User.find_each { }'],
    ['User.active.each { }', 'User.active.find_each { }'],
    ['User.all.active.each { }', 'User.all.active.find_each { }'],
    ['User.where(a: 1).load.each { }', 'User.where(a: 1).find_each { }'],
    ['user.posts.where(a: 1).records.each { }', 'user.posts.where(a: 1).find_each { }'],
    ['posts.includes(:user).each { }', 'posts.includes(:user).find_each { }'],
    ['user.posts.each { }', 'user.posts.find_each { }'],
    ['@user.posts.to_a.each(&:touch)', '@user.posts.find_each(&:touch)'],
    [
      'User\n  .where(a: 1)\n  .to_a\n  .each do |u|\n    u.touch\n  end',
      'User\n  .where(a: 1)\n  .find_each do |u|\n    u.touch\n  end',
    ],
    ['x = "😀"; User.where(a: "é").each { }', 'x = "😀"; User.where(a: "é").find_each { }'],
    ['case a\nwhen 1\n  User.all.each { }\nend', 'case a\nwhen 1\n  User.find_each { }\nend'],
    ['User.where(a: 1).each { |u| break if u.done? }', 'User.where(a: 1).find_each { |u| break if u.done? }'],
    [
      'User.where(a: 1).each { |u| u.posts.map { |p| break p } }',
      'User.where(a: 1).find_each { |u| u.posts.map { |p| break p } }',
    ],
    [
      'User.where(a: 1).each { |u| Audit.create!(user: u) }',
      'User.where(a: 1).find_each { |u| Audit.create!(user: u) }',
    ],
  ])('%o', async (before, after) => {
    expect(await outcome(before)).toBe(after);
    expect(await outcome(after)).toBeNull();
  });

  it('offers smaller batches as well', async () => {
    const text = 'User.all.to_a.each { |u| u.touch }';
    const [candidate] = await candidates(text);
    expect(candidate!.fixes.map((fix) => applyEdits(text, fix.edits))).toEqual([
      'User.find_each { |u| u.touch }',
      'User.in_batches(of: 200).each_record { |u| u.touch }',
    ]);
  });

  it('says what to check, and that the value changes where it is returned', async () => {
    const [kept] = await candidates('User.all.each { }\n1');
    const [returned] = await candidates('def m\n  User.all.each { }\nend');
    expect(kept!.note).not.toContain('returned');
    expect(returned!.note).toContain('value returned');
  });
});

describe('only advises', () => {
  it.each([
    ['User.order(:id).each { }', 'order'],
    ['User.order(:id).limit(n).each { }', 'order'],
    ['User.where(a: 1).limit(n).each { }', 'limit'],
    ['User.where(a: 1).offset(3).each { }', 'offset'],
    ['User.select(:name).each { }', 'primary key'],
    ['User.group(:a).each { }', 'primary key'],
    ['User.distinct.each { }', 'primary key'],
    ['User.joins(:posts).each { }', 'join'],
    ['User.lock.each { }', 'lock'],
    ['User.from("x").each { }', 'primary key'],
    ['x = User.where(a: 1).each { }', 'returns nil'],
    ['User.where(a: 1).each { }.size', 'returns nil'],
    ['User.where(a: 1).each { |u| break u if u.done? }', 'breaks with a value'],
    ['User.where(a: 1).each { |u| User.create!(name: u.name) }', 'adds rows'],
    ['User.where(a: 1).each { |u| u.dup.save! }', 'adds rows'],
    ['account.line_items.where(a: 1).each { |i| LineItem.create(a: 2) }', 'adds rows'],
    ['account.entries.where(a: 1).each { |e| account.entries.create(a: 2) }', 'adds rows'],
    ['user.posts.each { }\nuser.posts.size', 'association'],
    ['users.map { |user| user.posts.each { } }', 'association'],
    ['user.post.each { }', 'association'],
    ['posts.each { }', 'association'],
    ['User.where(a: 1) # all\n  .to_a # loaded\n  .each { }', null],
  ])('%o', async (text, reason) => {
    const [candidate] = await candidates(text);
    expect(candidate!.fixes).toEqual([]);
    if (reason !== null) expect(candidate!.note).toContain(reason);
  });

  it('while the text has syntax errors', async () => {
    const [candidate] = await candidates('User.all.each { |u| u. }\ndef x');
    expect(candidate?.fixes).toEqual([]);
    expect(candidate?.note).toContain('syntax errors');
  });
});

describe('is silent', () => {
  it.each([
    'User.where(a: 1).each',
    'User.where(a: 1).each(1) { }',
    'users.map { |u| u }.each { }',
    '[1, 2].each { }',
    '@rows.each { }',
    'rows = 1; rows.each { }',
    'User.find_each { }',
    'User.find_each.each { }',
    'User.where(a: 1).in_batches.each { }',
    'User.pluck(:id).each { }',
    'User.where(a: 1).limit(20).each { }',
    'each { }',
    '# User.all.each { }',
    '"User.all.each { }"',
  ])('%o', async (text) => {
    expect(await outcome(text)).toBeNull();
  });
});

describe('evidence', () => {
  it('is asked for on the lines that load', async () => {
    const [candidate] = await candidates('x\nUser\n  .where(a: 1)\n  .to_a\n  .each { }');
    expect(candidate!.sites.map(({ line }) => line)).toEqual([4, 5]);
    expect(candidate!.range.start).toEqual({ line: 4, character: 3 });
  });

  it.each([
    ['User.where(a: 1).each { }', true],
    ['User.all.each { }', true],
    ['User.adults.each { }', false],
    ['posts.each { }', false],
  ])('%o is likely a relation by its text: %s', async (text, likely) => {
    expect((await candidates(text))[0]!.likely).toBe(likely);
  });
});
