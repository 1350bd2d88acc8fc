import { describePattern } from '../../support/describePattern';

describePattern('map-sum', {
  fixed: [
    ['a.map(&:size).sum', 'a.sum(&:size)', 'safe'],
    ['a.collect { |x| x * 2 }.sum', 'a.sum { |x| x * 2 }', 'safe'],
    ['h.map { |k, v| v }.sum()', 'h.sum { |k, v| v }', 'safe'],
    ['a.map { it * 2 }.sum / 2', 'a.sum { it * 2 } / 2', 'safe'],
    ['a.map(&block).sum', 'a.sum(&block)', 'review'],
    ['a&.map(&:b)&.sum', 'a&.sum(&:b)', 'safe'],
    [
      '"😀é"; b = a\n  .map do |x|\n    x.b # why\n  end\n  .sum',
      '"😀é"; b = a\n  .sum do |x|\n    x.b # why\n  end',
      'safe',
    ],
    ['a.each_with_index.map { |x, i| x * i }.sum', 'a.each_with_index.sum { |x, i| x * i }', 'safe'],
  ],
  advised: [
    ['a&.map(&:b).sum', ''],
    ['a.map(&:b) # all\n  .sum', ''],
  ],
  silent: [
    'a.map(&:b).sum("")',
    'a.map(&:b).sum(0.0)',
    'a.map(&:b).sum { |x| x }',
    'map(&:b).sum',
    'a.lazy.map(&:b).sum',
    'a.map { break [] }.sum',
    'a.each_with_index.map { |x| x }.sum',
    'a.map.with_index { |x, i| i }.sum',
    'a.sum(&:b)',
  ],
});
