import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('array-plus-in-loop', text);
const loop = (statement: string, start = 'a = []'): string => `${start}\nrows.each { |r| ${statement} }\na`;

it.each([
  ['a += [r]', 'a << r'],
  ['a = a + [r]', 'a << r'],
  ['a += [r * 2]', 'a << r * 2'],
  ['a += [r ? 1 : 2]', 'a << (r ? 1 : 2)'],
  ['a += [r || 1]', 'a << (r || 1)'],
  ['a += [r << 1]', 'a << (r << 1)'],
  ['a += [{ id: r }]', 'a << { id: r }'],
  ['a += [id: r]', 'a.concat([id: r])'],
  ['a += [r, 1]', 'a.push(r, 1)'],
  ['a += [*r]', 'a.push(*r)'],
  ['a += %w[a b]', 'a.concat(%w[a b])'],
  ['a += %w[a]', 'a.concat(%w[a])'],
  ['a += []', 'a.concat([])'],
  ['a += r.items if r', 'a.concat(r.items) if r'],
  ['a += items r', 'a.concat((items r))'],
  ['a += r.map do |x|\n  x\nend', 'a.concat(r.map do |x|\n  x\nend)'],
  ['a += [r.map do |x|\n  x\nend]', 'a << r.map do |x|\n  x\nend'],
  ['a += [\n  r, # one\n  "é",\n]', 'a.push(r, # one\n  "é")'],
  ['a += [r]; next if a.empty?', 'a << r; next if a.empty?'],
])('%o: %o', async (before, after) => {
  const { text, safety } = await outcome(loop(before));
  expect([text, safety]).toEqual([loop(after), 'safe']);
});

it('knows an array made in an outer loop', async () => {
  const text = 'rows.each do |r|\n  a = [r]\n  r.each { |x| a += [x] }\n  keep(a)\nend';
  expect((await outcome(text)).text).toBe(text.replace('a += [x]', 'a << x'));
});

it.each([
  loop('a += [r]; kept << a'),
  loop('a += [a.size]'),
  loop('a += [r]; a = [] if r'),
  loop('a += [r]; a.freeze'),
  loop('a += r, 1'),
  loop('a += [ # the row\n r]'),
  'a = []\nb = a\nrows.each { |r| a += [r] }',
  'a = [1]\na.each { |r| a += [r] }',
  'a = [1]\nfor r in a\n  a += [r]\nend',
  'a = []\nrows.map { |r| a += [r] }',
  'a = []\nrows.each { |r| show(a += [r]) }',
])('only advises on %o', async (text) => {
  const found = await outcome(text);
  expect([found.safety, found.text]).toEqual(['advice', text]);
});

it.each([
  'a = []\na += [1]',
  'def m(a)\n  rows.each { |r| a += [r] }\nend',
  'a = BASE\nrows.each { |r| a += [r] }',
  'a = b = []\nrows.each { |r| a += [r] }',
  'a = 0\nrows.each { |r| a += r }',
  'a = []\nrows.each { |r| a -= [r] }',
  'rows.each { |r| a = []; a += [r] }',
  'a = [].freeze\nrows.each { |r| a += [r] }',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
