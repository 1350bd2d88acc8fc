import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('walks the string itself', () => {
  it.each([
    ['x = "😀"; text.chars.each { |c| puts c }; 1', 'x = "😀"; text.each_char { |c| puts c }; 1', 'safe'],
    ['text.bytes.each(&list); 1', 'text.each_byte(&list); 1', 'safe'],
    ['text.lines(chomp: true).each do |l|\n  p l\nend\n1', 'text.each_line(chomp: true) do |l|\n  p l\nend\n1', 'safe'],
    ['text\n  .codepoints\n  .each { |c| p c }\n1', 'text\n  .each_codepoint { |c| p c }\n1', 'safe'],
    ['text&.lines&.each { |l| p l }\n1', 'text&.each_line { |l| p l }\n1', 'safe'],
    ['def m\n  text.lines.each { |l| p l }\nend', 'def m\n  text.each_line { |l| p l }\nend', 'review'],
  ])('%o', async (before, after, safety) => {
    const outcome = await patternOutcome('chars-each', before);
    expect([outcome.text, outcome.safety]).toEqual([after, safety]);
    expect((await patternOutcome('chars-each', after)).candidates).toEqual([]);
  });
});

it.each([
  'x = text.lines.each { |l| p l }',
  'text.lines.each { |l| text << l }; 1',
  'text&.lines.each { |l| p l }; 1',
  'text.lines # all\n  .each { |l| p l }\n1',
])('only advises: %o', async (text) => {
  expect((await patternOutcome('chars-each', text)).safety).toBe('advice');
});

it.each(['text.lines.each', 'lines.each { }', 'text.words.each { }', 'text.chars(1).each { }'])(
  'is silent: %o',
  async (text) => {
    expect((await patternOutcome('chars-each', text)).safety).toBeNull();
  },
);
