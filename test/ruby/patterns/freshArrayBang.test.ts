import { expect, it } from 'vitest';
import { describePattern } from '../../support/describePattern';
import { patternOutcome } from '../../support/patternOutcome';

describePattern('fresh-array-bang', {
  fixed: [
    ['a.map { |x| x.b }.map { |x| x.c }', 'a.map { |x| x.b }.map! { |x| x.c }', 'safe'],
    ['a.flat_map(&:b).sort', 'a.flat_map(&:b).sort!', 'safe'],
    ['a.filter_map(&:b).sort { |x, y| y <=> x }', 'a.filter_map(&:b).sort! { |x, y| y <=> x }', 'safe'],
    ['a.sort_by(&:b).reverse', 'a.sort_by(&:b).reverse!', 'safe'],
    ['h.keys.sort', 'h.keys.sort!', 'safe'],
    ['h.values.sort_by(&:b)', 'h.values.sort_by!(&:b)', 'safe'],
    ['s.chars.shuffle(random: r).join', 's.chars.shuffle!(random: r).join', 'safe'],
    ['a.pluck(:b).collect { |x| x + 1 }', 'a.pluck(:b).collect! { |x| x + 1 }', 'safe'],
    ['a&.map(&:b)&.sort', 'a&.map(&:b)&.sort!', 'safe'],
    ['h.keys.reverse.each_slice(2) { |x| x }', 'h.keys.reverse!.each_slice(2) { |x| x }', 'safe'],
    [
      '"😀é"; a\n  .map do |x|\n    x.b\n  end # why\n  .sort',
      '"😀é"; a\n  .map do |x|\n    x.b\n  end # why\n  .sort!',
      'safe',
    ],
  ],
  silent: [
    'a.select { |x| x }.map { |x| x }',
    'a.lazy.map { |x| x }.map { |x| x }',
    'a.b.map { |x| x }',
    'a.map { |x| x }.uniq',
    'a.map { |x| x }.compact',
    'a.map { |x| x }.map',
    'a.map.sort',
    'a.map { break b }.sort',
    'a.map { |x| x }.map { break }',
    'a.map { |x| x }.sort.first',
    'a.keys.sort.last',
    'a.map { |x| x }.reverse.each { |x| x }',
    'a.map { |x| x }.map { |x| x }.sum',
    'a.map { |x| x }.map { |x| x }.to_h',
    'h.keys(1).sort',
    'map { |x| x }.sort',
    '[a, b].sort',
    'a.sort.reverse',
    'a.map { |x| x }.map! { |x| x }',
    'a.map { |x| x }.sort!',
  ],
});

it('asks the line of the first call for its new array', async () => {
  const { candidates } = await patternOutcome('fresh-array-bang', 'a\n  .map { |x| x.b }\n  .sort');
  expect(candidates[0]!.sites.map(({ line }) => line)).toEqual([2, 3]);
});
