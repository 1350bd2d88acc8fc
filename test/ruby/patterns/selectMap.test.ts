import { describePattern } from '../../support/describePattern';

describePattern('select-map', {
  fixed: [
    ['a.select { |x| x > 1 }.map { |x| x * 2 }', 'a.filter_map { |x| x * 2 if x > 1 }', 'safe'],
    ['a.filter { |x, i| x > i }.collect { |x, i| x + i }', 'a.filter_map { |x, i| x + i if x > i }', 'safe'],
    ['a.find_all { it.ok? }.map { it.to_s }', 'a.filter_map { it.to_s if it.ok? }', 'safe'],
    ['a.select { _1.ok? }.map { _1.to_s }', 'a.filter_map { _1.to_s if _1.ok? }', 'safe'],
    ['a.select { |x| x > 1 }.map { |x| x[1] }', 'a.filter_map { |x| x[1] if x > 1 }', 'review'],
    ['a.select { |x| seen << x }.map { |x| x * 2 }', 'a.filter_map { |x| x * 2 if seen << x }', 'review'],
    ['a.select { |x| x > 1 }.map { |x| puts x; }', 'a.filter_map { |x| (puts x) if x > 1 }', 'review'],
    ['a.select { |x| not x }.map { |x| x.to_s }', 'a.filter_map { |x| x.to_s if (not x) }', 'safe'],
    ['a.select { |x| b if x }.map { |x| x.to_s }', 'a.filter_map { |x| x.to_s if (b if x) }', 'safe'],
    ['a&.select { |x| x > 1 }&.map { |x| x * 2 }', 'a&.filter_map { |x| x * 2 if x > 1 }', 'safe'],
    [
      '"😀é"; (a.select { |x| x == "é" }.map { |x| "#{x}" }).size',
      '"😀é"; (a.filter_map { |x| "#{x}" if x == "é" }).size',
      'safe',
    ],
  ],
  advised: [['a&.select { |x| x }.map { |x| x * 2 }', '']],
  silent: [
    'a.select { |x| x }.map { |y| y }',
    'a.select(&:a).map(&:b)',
    'a.select { |x| x }.map(&:b)',
    'a.select { |x| /a/ }.map { |x| x * 2 }',
    'a.select { |x| x && (1..2) }.map { |x| x * 2 }',
    'a.select { |x| y; x }.map { |x| x * 2 }',
    'a.select { |x|\n x }.map { |x| x * 2 }',
    'a.lazy.select { |x| x }.map { |x| x * 2 }',
    'a.select { |x| x }.map { |x| break x }',
    'a.select { |x| next 1 }.map { |x| x * 2 }',
    'a.each_with_index.select { |x| x }.map { |x| x }',
    'select { |x| x }.map { |x| x * 2 }',
    'a.select { |x| x }\n  .map { |x| x * 2 }',
    'a.select { |(x, y)| x }.map { |(x, y)| y }',
  ],
});
