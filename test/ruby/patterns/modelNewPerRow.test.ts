import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('model-new-per-row', text);

it.each([
  'days.map { |d| Balance.new(date: d) }',
  'days.map { |d| Billing::Balance.new(values) }',
  'days.map { |d| Balance.new(date: d) { |b| b.amount = 1 } }',
  'def build(d)\n  Balance.new({ date: d })\nend',
  'days.each do |d|\n  b = Balance.new(date: d)\n  list << b\nend',
])('advises on %o', async (text) => {
  const { safety, text: after } = await outcome(text);
  expect([safety, after]).toEqual(['advice', text]);
});

it('names the bulk write of the file', async () => {
  const text = 'def a\n  days.map { |d| Balance.new(date: d) }\nend\ndef b\n  balances.upsert_all(rows)\nend';
  expect((await outcome(text)).candidates[0]?.related.map(({ range }) => range.start.line)).toEqual([4]);
});

it.each([
  'days.map { |d| Balance.new }',
  'days.map { |d| Point.new(d, 1) }',
  'days.map { |d| Point.new(1) }',
  'days.map { |d| klass.new(date: d) }',
  'days.map { |d| Balance.new(d, &fill) }',
  'days.map { |d| Set.new(d) }',
  'days.each { |d| Balance.new(date: d).save! }',
  'days.each do |d|\n  b = Balance.new(date: d)\n  b.save\nend',
  'RSpec.describe "x" do\n  days.each { |d| Balance.new(date: d) }\nend',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
