import { expect, it } from 'vitest';
import { describePattern } from '../../support/describePattern';
import { patternOutcome } from '../../support/patternOutcome';

describePattern('keys-include', {
  fixed: [
    ['h.keys.include?(:a)', 'h.key?(:a)', 'safe'],
    ['h.keys.include?("a#{b}")', 'h.key?("a#{b}")', 'safe'],
    ['h.keys.member?(:a)', 'h.key?(:a)', 'safe'],
    ['h.values.include?(:a)', 'h.value?(:a)', 'safe'],
    ['h.keys.include? :a', 'h.key? :a', 'safe'],
    ['h.keys().include?(:a)', 'h.key?(:a)', 'safe'],
    ['h&.keys&.include?(:a)', 'h&.key?(:a)', 'safe'],
    ['h.keys.include?(a)', 'h.key?(a)', 'review'],
    ['h.keys.include?(1.0)', 'h.key?(1.0)', 'review'],
    ['h.values.include?(a)', 'h.value?(a)', 'review'],
    ['h = {}.compare_by_identity\nh.keys.include?("a")', 'h = {}.compare_by_identity\nh.key?("a")', 'review'],
    ['h = x.with_indifferent_access\nh.keys.include?(:a)', 'h = x.with_indifferent_access\nh.key?(:a)', 'review'],
    ['x = "😀é"; !h\n  .keys\n  .include?(:a) && y', 'x = "😀é"; !h\n  .key?(:a) && y', 'safe'],
  ],
  advised: [
    ['h.keys # all\n  .include?(:a)', ''],
    ['h&.keys.include?(:a)', ''],
  ],
  silent: [
    'h.include?(:a)',
    'keys.include?(:a)',
    'h.keys(1).include?(:a)',
    'h.keys.include?',
    'h.keys.include?(*a)',
    'h.keys.include?(a: 1)',
    'h.entries.include?(:a)',
    'h.keys.include?(a, b)',
  ],
});

it.each([
  ['h.keys.include?(:a) || h.keys.include?(:b)', true],
  ['h.keys.include?(:a) || g.keys.include?(:b)', false],
  ['a.map { |x| x.keys.include?(:a) } + b.map { |x| x.keys.include?(:b) }', false],
  ['a.map { |x| x.keys.include?(:a) || x.keys.include?(:b) }', true],
])('asks the same object twice in %o: %s', async (text, same) => {
  const { candidates } = await patternOutcome('keys-include', text);
  const [first, second] = candidates.map(({ receiver }) => receiver);
  expect(first === second).toBe(same);
});
