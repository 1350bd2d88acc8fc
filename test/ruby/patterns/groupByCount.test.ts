import { describePattern } from '../../support/describePattern';

describePattern('group-by-count', {
  fixed: [
    ['a.group_by(&:itself).transform_values(&:count)', 'a.tally', 'safe'],
    ['a.group_by { |x| x }.transform_values(&:size)', 'a.tally', 'safe'],
    ['a.group_by { it }.transform_values(&:length)', 'a.tally', 'safe'],
    ['a.group_by { _1 }.transform_values { |l| l.size }', 'a.tally', 'safe'],
    ['a.group_by(&:b).transform_values(&:count)', 'a.map(&:b).tally', 'safe'],
    ['a.group_by { |x| x % 3 }.transform_values { it.count }', 'a.map { |x| x % 3 }.tally', 'safe'],
    ['a&.group_by(&:b)&.transform_values(&:count)', 'a&.map(&:b)&.tally', 'safe'],
    [
      '"é😀"; b = a\n  .group_by do |x|\n    x.b # why\n  end\n  .transform_values(&:size).to_a',
      '"é😀"; b = a\n  .map do |x|\n    x.b # why\n  end\n  .tally.to_a',
      'safe',
    ],
  ],
  advised: [
    ['a&.group_by(&:b).transform_values(&:count)', ''],
    ['a.group_by(&:itself) # all\n  .transform_values(&:count)', ''],
  ],
  silent: [
    'a.group_by(&:b).transform_values(&:sum)',
    'a.group_by(&:b).transform_values { |l| l.sum }',
    'a.group_by(&:b).transform_values { |l| l.count { |x| x } }',
    'a.group_by(&:b).transform_values { |l| l.count(1) }',
    'a.group_by(&:b).transform_values { |l| other.count }',
    'a.group_by(&:b).transform_values!(&:count)',
    'group_by(&:b).transform_values(&:count)',
    'a.group_by(:b).transform_values(&:count)',
    'a.group_by(&block).transform_values(&:count)',
    'a.each_with_index.group_by { |x| x }.transform_values(&:count)',
    'a.lazy.group_by(&:b).transform_values(&:count)',
  ],
});
