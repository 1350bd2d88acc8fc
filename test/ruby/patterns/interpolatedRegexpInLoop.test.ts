import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('compiles it once', () => {
  it.each([
    ['list.each { |s| "😀"; s =~ /#{A}b/i }', 'list.each { |s| "😀"; s =~ /#{A}b/io }', 'safe'],
    ['list.each { |s| s =~ /#{A::B}|#{C}/ }', 'list.each { |s| s =~ /#{A::B}|#{C}/o }', 'safe'],
    [
      'w = f\nlist.each { |s| s.match?(/#{w}#{A}/) }',
      'w = f\npattern = /#{w}#{A}/\nlist.each { |s| s.match?(pattern) }',
      'review',
    ],
    [
      'a.each do |w|\n  b.each { |s| s.match?(/#{w}/) }\nend',
      'a.each do |w|\n  pattern = /#{w}/\n  b.each { |s| s.match?(pattern) }\nend',
      'review',
    ],
    [
      'def m(pattern, w)\n  while f\n    p(/#{w}/)\n  end\nend',
      'def m(pattern, w)\n  pattern2 = /#{w}/\n  while f\n    p(pattern2)\n  end\nend',
      'review',
    ],
  ])('%o', async (before, after, safety) => {
    const outcome = await patternOutcome('interpolated-regexp-in-loop', before);
    expect([outcome.text, outcome.safety]).toEqual([after, safety]);
    expect((await patternOutcome('interpolated-regexp-in-loop', after)).candidates).toEqual([]);
  });
});

it.each(['def m(l, w) = l.each { |s| p(/#{w}/) }', 'def m(l, w)\n  l.each { |s| p(/#{w}\n/) }\nend'])(
  'only advises: %o',
  async (text) => {
    expect((await patternOutcome('interpolated-regexp-in-loop', text)).safety).toBe('advice');
  },
);

it.each([
  'list.each { |w, s| p(/#{w}/) }',
  'list.each { |s| p(/#{word}/) }',
  'list.each { |s| p(/#{@word}/) }',
  'list.each { |s| p(/#@word/) }',
  'w = f\nlist.each { |s| w = s; p(/#{w}/) }',
  'w = f\nlist.each { |s| w << s; p(/#{w}/) }',
  'list.each { |s| p(/#{A}/o) }',
  'def m(w) = p(/#{w}/)',
  'class X\n  NAME = /a#{OTHER}/\nend',
  'list.each { |s| p(/#{self::NAME}/) }',
  'list.each { |s| p(/#{s.class::NAME}/) }',
])('is silent: %o', async (text) => {
  expect((await patternOutcome('interpolated-regexp-in-loop', text)).safety).toBeNull();
});
