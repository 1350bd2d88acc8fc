import { describePattern } from '../../support/describePattern';

describePattern('reverse-each', {
  fixed: [
    ['a.reverse.each { |x| p x }\n1', 'a.reverse_each { |x| p x }\n1', 'review'],
    ['a = b\na.reverse.each { |x| p x }\n1', 'a = b\na.reverse_each { |x| p x }\n1', 'safe'],
    ['s = []\na.b.reverse.each { |x| s << x }\n1', 's = []\na.b.reverse_each { |x| s << x }\n1', 'safe'],
    ['a.reverse.each(&:save)\n1', 'a.reverse_each(&:save)\n1', 'safe'],
    ['a.reverse.each(&block)\n1', 'a.reverse_each(&block)\n1', 'review'],
    ['def m(a)\n  a.reverse.each { |x| x.b }\nend', 'def m(a)\n  a.reverse_each { |x| x.b }\nend', 'review'],
    ['a&.reverse&.each { |x| x.b }\n1', 'a&.reverse_each { |x| x.b }\n1', 'safe'],
    [
      '"😀é"; a\n  .reverse\n  .each do |x|\n    x.b # why\n  end\n1',
      '"😀é"; a\n  .reverse_each do |x|\n    x.b # why\n  end\n1',
      'safe',
    ],
  ],
  advised: [
    ['a.reverse.each { |x| a.delete(x) }\n1', 'changes the array'],
    ['a.reverse.each { |x| a << x }\n1', 'changes the array'],
    ['y = a.reverse.each { |x| x.b }', 'value of each is used'],
    ['a&.reverse.each { |x| x.b }\n1', ''],
    ['a.reverse # all\n  .each { |x| x.b }\n1', ''],
  ],
  silent: [
    'a.reverse.each',
    'reverse.each { |x| x }',
    'a.reverse(1).each { |x| x }',
    'a.reverse.each_with_index { |x, i| x }',
    'a.reverse.map { |x| x }',
    'a.each { |x| x }',
  ],
});
