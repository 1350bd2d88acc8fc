import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const memo = (type: string, name = 'parsed_dates'): string => `${name} = Hash.new { |h, s| h[s] = ${type}.parse(s) }`;

describe('keeps the dates parsed', () => {
  it.each([
    ['x = "😀"\nl.each { |s| p Date.parse(s) }', `x = "😀"\n${memo('Date')}\nl.each { |s| p parsed_dates[s] }`],
    [
      'def m\n  a.each do |b|\n    b.map { |c| ::Time.parse(c[:at]) - Time.now }\n  end\nend',
      `def m\n  ${memo('::Time')}\n  a.each do |b|\n    b.map { |c| parsed_dates[c[:at]] - Time.now }\n  end\nend`,
    ],
    [
      'parsed_dates = 1\nl.each { |a, b| p(Date.parse(a)..Date.parse(b)) }',
      `parsed_dates = 1\n${memo('Date', 'parsed_dates2')}\nl.each { |a, b| p(parsed_dates2[a]..parsed_dates2[b]) }`,
    ],
  ])('%o', async (before, after) => {
    const outcome = await patternOutcome('parse-date-in-loop', before);
    expect([outcome.text, outcome.safety]).toEqual([after, 'review']);
    expect((await patternOutcome('parse-date-in-loop', after)).candidates).toEqual([]);
  });
});

it.each([
  'def m(s) = Date.parse(s)',
  'l.each { |s| Date.parse(s, true) }',
  'l.each { |s| Time.parse(s).utc }',
  'x = l.map { |s| Date.parse s }',
  'y = 1; l.each { |s| Date.parse(s) }',
])('only advises: %o', async (text) => {
  expect((await patternOutcome('parse-date-in-loop', text)).safety).toBe('advice');
});

it.each([
  'l.each { |s| Time.zone.parse(s) }',
  'l.each { |s| URI.parse(s) }',
  'l.each { |s| Date.parse("2024-01-01") }',
  'l.each { |s| d[s] ||= Date.parse(s) }',
])('is silent: %o', async (text) => {
  expect((await patternOutcome('parse-date-in-loop', text)).safety).toBeNull();
});
