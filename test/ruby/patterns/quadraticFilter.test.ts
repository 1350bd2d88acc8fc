import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('quadratic-filter', text);

it.each([
  'def on(date)\n  @entries.select { |e| e.date == date }\nend',
  'list = all\ndays.map { |d| list.find { |e| e[:day] == d } }',
  'days.map { |d| account.entries.select { |e| d.date == e.date } }'.replace('account.entries', 'entries'),
  'days.map { |d| entries.detect { it.day == d.day } }',
])('advises on %o', async (text) => {
  const found = await outcome(text);
  expect([found.safety, found.text]).toEqual(['advice', text]);
});

it.each([
  'orders.each { |o| o.items.select { |i| i.kind == kind } }',
  'orders.each { |o| items = o.items; items.select { |i| i.kind == o.kind } }',
  '@entries.select { |e| e.kind == :cash }',
  '@entries.select { |e| e.kind == KIND }',
  '@entries.select { |e| e.size > n }',
  '@entries.select { |e| e == n }',
  '@entries.select { |e| e.a == e.b }',
  '@h.select { |k, v| v.a == n }',
  'entries.where(a: 1).select { |e| e.a == n }',
  '@entries.select(&:open?)',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
