import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('ar-dup-per-row', text);

it.each([
  'rows.map { |r| r.dup }',
  'rows.map(&:dup)',
  'rows.each { |r| copies << r.clone }',
  'rows.each_with_index do |r, i|\n  copy = r.dup\n  copy.amount = i\nend',
  'rows.each { |r| names.each { |n| r.dup } }',
])('advises on %o', async (text) => {
  expect((await outcome(text)).safety).toBe('advice');
});

it.each([
  'row.dup',
  'rows.map(&:name)',
  'def m(r)\n  r.dup\nend',
  'rows.map { |r| r.dup(1) }',
  'rows.each { |r| r.dup.save! }',
  'rows.each do |r|\n  copy = r.dup\n  copy.save\nend',
  'rows.map { |r| r.name.dup }',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
