import { expect, it } from 'vitest';
import { describePattern } from '../../support/describePattern';
import { patternOutcome } from '../../support/patternOutcome';

describePattern('map-to-h', {
  fixed: [
    ['a.map { |x| [x, 1] }.to_h', 'a.to_h { |x| [x, 1] }', 'safe'],
    ['a.collect { [it, 1] }.to_h', 'a.to_h { [it, 1] }', 'safe'],
    ['Hash[a.map { |x| [x, 1] }]', 'a.to_h { |x| [x, 1] }', 'safe'],
    ['Hash[a.map { |x| x.pair }]', 'a.to_h { |x| x.pair }', 'review'],
    ['a.map(&:pair).to_h', 'a.to_h(&:pair)', 'safe'],
    ['a.map(&block).to_h', 'a.to_h(&block)', 'review'],
    ['h.map { |k, v| [v, k] }.to_h', 'h.to_h { |k, v| [v, k] }', 'safe'],
    ['a&.map { |x| [x, 1] }&.to_h', 'a&.to_h { |x| [x, 1] }', 'safe'],
    ['f Hash[ "é😀".chars.map { |x| [x, 1] } ].size', 'f "é😀".chars.to_h { |x| [x, 1] }.size', 'safe'],
    [
      'b = a\n  .map do |x|\n    [x, 1] # why\n  end\n  .to_h',
      'b = a\n  .to_h do |x|\n    [x, 1] # why\n  end',
      'safe',
    ],
  ],
  advised: [
    ['a&.map { |x| [x, 1] }.to_h', ''],
    ['Hash[a&.map { |x| [x, 1] }]', ''],
    ['a.map { |x| [x, 1] } # all\n  .to_h', ''],
    ['Hash[ # all\n  a.map { |x| [x, 1] }\n]', ''],
  ],
  silent: [
    'a.to_h',
    'a.map { |x| x }.to_h { |y| y }',
    'map { |x| x }.to_h',
    'a.lazy.map { |x| x }.to_h',
    'a.map { break [] }.to_h',
    'Hash[a]',
    'Hash[a.map { |x| x }, 1]',
    'Set[a.map { |x| x }]',
    'a.merge(b).to_h',
    'h[a.map { |x| x }]',
  ],
});

it.each([
  ['a.each_with_index.map { |x, i| [x, i] }.to_h', ['called', 'absent']],
  ['Hash[h.map { |k, v| [k, v] }]', ['called']],
  ['h.map { |k, v| [v, k] }.to_h', ['called']],
])('leaves pairs that keep the keys of a Hash to transform_values: %o', async (text, kinds) => {
  const { candidates } = await patternOutcome('map-to-h', text);
  expect(candidates[0]!.witnesses.map(({ kind }) => kind)).toEqual(kinds);
});
