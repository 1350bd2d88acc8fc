import { describePattern } from '../../support/describePattern';

describePattern('map-compact', {
  fixed: [
    ['a.map { |x| x.to_s if x }.compact', 'a.filter_map { |x| x.to_s if x }', 'safe'],
    ['a.collect { |x| Row.new(x) unless x.nil? }.compact', 'a.filter_map { |x| Row.new(x) unless x.nil? }', 'safe'],
    ['a.map { |x| x[1] }.compact', 'a.filter_map { |x| x[1] }', 'review'],
    ['a.map(&:name).compact', 'a.filter_map(&:name)', 'review'],
    ['a.map(&block).compact', 'a.filter_map(&block)', 'review'],
    ['a.map { |x| next false if x; 1 }.compact', 'a.filter_map { |x| next false if x; 1 }', 'review'],
    ['a.map { |x| x.ok? }.compact', 'a.filter_map { |x| x.ok? }', 'review'],
    ['a.map { |x| x ? 1 : nil }&.compact', 'a.filter_map { |x| x ? 1 : nil }', 'safe'],
    ['a&.map { |x| x ? 1 : nil }&.compact', 'a&.filter_map { |x| x ? 1 : nil }', 'safe'],
    [
      '"é😀"; b = a\n  .map do |x|\n    # why\n    x + "é" if x\n  end\n  .compact',
      '"é😀"; b = a\n  .filter_map do |x|\n    # why\n    x + "é" if x\n  end',
      'safe',
    ],
  ],
  advised: [
    ['a&.map { |x| x }.compact', ''],
    ['a.map { |x| x } # all\n  .compact', ''],
  ],
  silent: [
    'a.map { |x| x }.compact_blank',
    'a.map { |x| x }.compact!',
    'map { |x| x }.compact',
    'a.lazy.map { |x| x }.compact',
    'a.map { |x| break [] }.compact',
    'a.map.compact',
    'a.filter_map { |x| x }.compact',
    'a.compact',
  ],
});
