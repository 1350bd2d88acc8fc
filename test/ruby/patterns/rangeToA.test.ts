import { describePattern } from '../../support/describePattern';

describePattern('range-to-a', {
  fixed: [
    ['(1..9).to_a.each { |x| p x }\n1', '(1..9).each { |x| p x }\n1', 'safe'],
    ['x = (1...n).to_a.map { |x| x * 2 }', 'x = (1...n).map { |x| x * 2 }', 'safe'],
    ['x = (a..b).entries.select(&:odd?)', 'x = (a..b).select(&:odd?)', 'safe'],
    ['x = ("a".."é").to_a.sum { |x| x.size }', 'x = ("a".."é").sum { |x| x.size }', 'safe'],
    ['(1..9).to_a # all\n  .each { |x| x }\n1', '(1..9) # all\n  .each { |x| x }\n1', 'safe'],
    ['def m\n  (1..9).to_a.each { |x| x }\nend', 'def m\n  (1..9).each { |x| x }\nend', 'review'],
    [
      '"😀é"; (1..9)\n  .to_a\n  .each do |x|\n    x # why\n  end\n1',
      '"😀é"; (1..9)\n  .each do |x|\n    x # why\n  end\n1',
      'safe',
    ],
  ],
  advised: [
    ['x = (1..9).to_a.each { |x| x }', 'The value is used'],
    ['x = (1..9).to_a.each_with_index { |x, i| x }.size', 'The value is used'],
  ],
  silent: [
    '(1..9).to_a.each',
    '(1..9).to_a.sample',
    '(1..9).to_a.reverse',
    '(1..9).to_a[2]',
    '(1..).to_a.each { |x| x }',
    '(1..nil).to_a.each { |x| x }',
    '(..9).to_a.each { |x| x }',
    'a.to_a.each { |x| x }',
    '(1..9).to_a.map! { |x| x }',
    '(1..9).to_a.inject(:+)',
    '(1..9).to_a',
    '(a; 1..9).to_a.map { |x| x }',
  ],
});
