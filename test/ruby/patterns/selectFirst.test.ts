import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string, ruby: string | null = null): ReturnType<typeof patternOutcome> =>
  patternOutcome('select-first', text, { ruby });

it.each([
  ['xs.select { |x| x > 1 }.first', 'xs.find { |x| x > 1 }', 'safe'],
  ['xs.filter(&:odd?).first', 'xs.find(&:odd?)', 'safe'],
  ['xs.find_all { it.odd? }.first.name', 'xs.find { it.odd? }.name', 'safe'],
  ['xs&.select { |x| x }&.first', 'xs&.find { |x| x }', 'safe'],
  ['xs\n  .select { |x| x }\n  .first', 'xs\n  .find { |x| x }', 'safe'],
  ['xs.select { |x| @n += 1 }.first', 'xs.find { |x| @n += 1 }', 'review'],
  ['xs.select(&block).first', 'xs.find(&block)', 'review'],
])('%o: %o, %s', async (before, after, safety) => {
  const found = await outcome(before);
  expect([found.text, found.safety]).toEqual([after, safety]);
});

it.each([
  'xs.select { |x| x }.first(2)',
  'User.select(:id).first',
  'xs.lazy.select { |x| x }.first',
  'xs.select { |x| break x }.first',
  'select { |x| x }.first',
  'xs.select.first',
  'rows.select { [min(price), max(price)] }.first',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});

it.each([
  ['4.0.0', 'objects'],
  ['3.4.1', 'bytes'],
  [null, 'bytes'],
])('on Ruby %s the gain is %s', async (ruby, gain) => {
  expect((await outcome('xs.select { |x| x }.first', ruby)).candidates[0]!.gain).toBe(gain);
});
