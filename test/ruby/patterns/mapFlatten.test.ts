import { describePattern } from '../../support/describePattern';

describePattern('map-flatten', {
  fixed: [
    ['a.map { |x| x.b }.flatten(1)', 'a.flat_map { |x| x.b }', 'safe'],
    ['a.collect(&:b).flatten 1', 'a.flat_map(&:b)', 'safe'],
    ['a.map { |x| x.b }.flatten', 'a.flat_map { |x| x.b }', 'review'],
    ['a.map(&:b).flatten()', 'a.flat_map(&:b)', 'review'],
    ['a&.map(&:b)&.flatten(1)', 'a&.flat_map(&:b)', 'safe'],
    [
      '"😀é"; a.map do |x|\n  x.b # why\nend.flatten(1).size',
      '"😀é"; a.flat_map do |x|\n  x.b # why\nend.size',
      'safe',
    ],
  ],
  advised: [
    ['a&.map(&:b).flatten(1)', ''],
    ['a.map(&:b) # all\n  .flatten(1)', ''],
  ],
  silent: [
    'a.map { |x| x }.flatten(2)',
    'a.map { |x| x }.flatten(-1)',
    'a.map { |x| x }.flatten(n)',
    'a.map { |x| x }.flatten!',
    'map { |x| x }.flatten',
    'a.lazy.map { |x| x }.flatten(1)',
    'a.map { break [] }.flatten(1)',
    'a.flatten(1)',
  ],
});
