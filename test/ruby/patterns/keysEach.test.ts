import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('keys-each', text);

it.each([
  ['h.keys.each { |k| x << k }\n1', 'h.each_key { |k| x << k }\n1', 'safe'],
  ['h.values.each(&:save)\n1', 'h.each_value(&:save)\n1', 'safe'],
  ['h&.keys&.each { |k| k }\n1', 'h&.each_key { |k| k }\n1', 'safe'],
  ['h\n  .keys\n  .each do |k|\n    k\n  end\n1', 'h\n  .each_key do |k|\n    k\n  end\n1', 'safe'],
  ['rows.each { |r| r.values.each { |v| v } }', 'rows.each { |r| r.each_value { |v| v } }', 'safe'],
  ['h.keys.each { |k| x[k] = h[k] }\n1', 'h.each_key { |k| x[k] = h[k] }\n1', 'safe'],
  ['def m(h)\n  h.keys.each { |k| k }\nend', 'def m(h)\n  h.each_key { |k| k }\nend', 'review'],
  ['h.keys.each(&block)\n1', 'h.each_key(&block)\n1', 'review'],
  ['@h.keys.each { |k| remove(k) }\n1', '@h.each_key { |k| remove(k) }\n1', 'review'],
])('%o: %o, %s', async (before, after, safety) => {
  const { text, safety: found } = await outcome(before);
  expect([text, found]).toEqual([after, safety]);
});

it.each([
  ['h.keys.each { |k| h[k + 1] = 2 }\n1', 'the block changes the hash'],
  ['h.keys.each { |k| h.delete(k) }\n1', 'the block changes the hash'],
  ['h.keys.each { |k| drop(h, k) }\n1', 'the block changes the hash'],
  ['x = h.keys.each { |k| k }', 'the value of each is used'],
  ['h.keys # all\n  .each { |k| k }\n1', ''],
])('only advises on %o', async (before, reason) => {
  const { safety, note } = await outcome(before);
  expect(safety).toBe('advice');
  expect((note ?? '').toLowerCase()).toContain(reason);
});

it.each(['h.keys.each', 'keys.each { }', 'h.keys(1).each { }', 'h.keys.each_slice(2) { }', 'h.entries.each { }'])(
  'is silent on %o',
  async (text) => {
    expect((await outcome(text)).safety).toBeNull();
  },
);
