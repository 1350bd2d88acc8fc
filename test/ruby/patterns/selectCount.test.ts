import { describePattern } from '../../support/describePattern';

describePattern('select-count', {
  fixed: [
    ['a.select { |x| x }.count', 'a.count { |x| x }', 'safe'],
    ['a.filter(&:odd?).size', 'a.count(&:odd?)', 'safe'],
    ['a.find_all { it }.length', 'a.count { it }', 'safe'],
    ['a.select { _1 > 2 }.size', 'a.count { _1 > 2 }', 'safe'],
    ['a&.select { |x| x }&.size', 'a&.count { |x| x }', 'safe'],
    ['a.select(&block).size', 'a.count(&block)', 'review'],
    ['a\n  .select do |x|\n    x # why\n  end\n  .size', 'a\n  .count do |x|\n    x # why\n  end', 'safe'],
    ['a.each_with_index.select { |x, i| i > x }.size', 'a.each_with_index.count { |x, i| i > x }', 'safe'],
    ['"😀é"; a.select { |x| x == "é" }.size > 1', '"😀é"; a.count { |x| x == "é" } > 1', 'safe'],
  ],
  advised: [
    ['a.select { |x| x } # all\n  .size', ''],
    ['a&.select { |x| x }.size', ''],
  ],
  silent: [
    'a.select { |x| x }.count(2)',
    'a.select { |x| x }.count { |y| y }',
    'User.select(:a).count',
    'select { |x| x }.size',
    'a.lazy.select { |x| x }.count',
    'a.select { |x| break 1 }.size',
    'a.each_with_index.select { |x| x[1] > 2 }.size',
    'a.reject { |x| x }.size',
    'a.select.size',
  ],
});
