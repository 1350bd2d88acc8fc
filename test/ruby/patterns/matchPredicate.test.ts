import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('asks for yes or no', () => {
  it.each([
    ['x = "😀" if s.match(/a/)', 'x = "😀" if s.match?(/a/)', 'safe'],
    ['p 1 unless s&.match(/a/) || b', 'p 1 unless s&.match?(/a/) || b', 'safe'],
    ['!s.match(/a/)', '!s.match?(/a/)', 'safe'],
    ['s.match(/a/) ? 1 : 2', 's.match?(/a/) ? 1 : 2', 'safe'],
    ['list.select { |s| b && /a/.match(s) }', 'list.select { |s| b && /a/.match?(s) }', 'safe'],
    ['p 1 while s.match(WORD)', 'p 1 while s.match?(WORD)', 'safe'],
    ['p 1 if s =~ /a/', 'p 1 if /a/.match?(s)', 'safe'],
    ['p 1 if /a#{b}/ =~ s', 'p 1 if /a#{b}/.match?(s)', 'safe'],
  ])('%o', async (before, after, safety) => {
    const outcome = await patternOutcome('match-predicate', before, { ruby: '3.2.0' });
    expect([outcome.text, outcome.safety]).toEqual([after, safety]);
    expect((await patternOutcome('match-predicate', after)).candidates).toEqual([]);
  });

  it('says what to check before Ruby 3.2', async () => {
    const outcome = await patternOutcome('match-predicate', 'p 1 if s =~ /a/', { ruby: '3.1.2' });
    expect([outcome.safety, outcome.note]).toEqual(['review', expect.stringContaining('3.2')]);
  });
});

it.each([
  'm = s.match(/a/)',
  's.match(/(a)/)[1]',
  'x = s.match(/a/) && b',
  'list.map { |s| s.match(/a/) }',
  'def m\n  p $1 if s =~ /(a)/\nend',
  'if s.match(/a/)\n  p Regexp.last_match\nend',
  'p 1 if /(?<id>a)/ =~ s',
  'p 1 if s =~ other',
  'p 1 if route.match(request)',
  'p 1 if s.match(/a/) { |m| m }',
  'p 1 if s !~ /a/',
])('is silent: %o', async (text) => {
  expect((await patternOutcome('match-predicate', text)).safety).toBeNull();
});
