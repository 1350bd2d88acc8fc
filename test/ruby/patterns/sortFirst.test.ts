import { describePattern } from '../../support/describePattern';

describePattern('sort-first', {
  fixed: [
    ['a.sort.first', 'a.min', 'safe'],
    ['a.sort.last', 'a.max', 'safe'],
    ['a.sort.first(2)', 'a.min(2)', 'safe'],
    ['a.sort.first(n)', 'a.min(n)', 'review'],
    ['a.sort().first()', 'a.min()', 'safe'],
    ['a.sort_by { |x| x.b }.first', 'a.min_by { |x| x.b }', 'review'],
    ['a.sort_by(&:b).last', 'a.max_by(&:b)', 'review'],
    ['a.sort_by(&:b).first(2)', 'a.min_by(2, &:b)', 'review'],
    ['a.sort_by { |x| x.b }.first 2', 'a.min_by(2) { |x| x.b }', 'review'],
    ['a&.sort&.first', 'a&.min', 'safe'],
    ['a.sort&.first', 'a.min', 'safe'],
    [
      '"😀é"; b = a\n  .sort_by do |x|\n    x.b # why\n  end\n  .first',
      '"😀é"; b = a\n  .min_by do |x|\n    x.b # why\n  end',
      'review',
    ],
  ],
  advised: [
    ['a&.sort.first', ''],
    ['a.sort # all\n  .first', ''],
  ],
  silent: [
    'a.sort { |x, y| y <=> x }.first',
    'a.sort(&:b).first',
    'a.sort.last(2)',
    'a.sort_by(&:b).last(2)',
    'a.sort(:b).first',
    'sort.first',
    'a.sort.first(*b)',
    'a.sort_by { break [] }.first',
    'a.lazy.sort_by(&:b).first',
    'a.sort.first { |x| x }',
    'a.sort!.first',
    'a.sort_by.first',
  ],
});
