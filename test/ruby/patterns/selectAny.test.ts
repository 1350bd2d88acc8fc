import { describePattern } from '../../support/describePattern';

describePattern('select-any', {
  fixed: [
    ['a.select { |x| x > 1 }.empty?', 'a.none? { |x| x > 1 }', 'safe'],
    ['a.filter(&:odd?).empty?', 'a.none?(&:odd?)', 'safe'],
    ['a.select { |x| x > 1 }.any?', 'a.any? { |x| x > 1 }', 'review'],
    ['a.find_all { |x| x > 1 }.none?', 'a.none? { |x| x > 1 }', 'review'],
    ['a.select { |x| seen << x }.empty?', 'a.none? { |x| seen << x }', 'review'],
    ['a.select(&block).empty?', 'a.none?(&block)', 'review'],
    ['!a.select { it > 1 }.empty?', '!a.none? { it > 1 }', 'safe'],
    ['a&.select { |x| x > 1 }&.empty?', 'a&.none? { |x| x > 1 }', 'safe'],
    [
      '"é😀"; b if a\n  .select do |x|\n    x > 1\n  end\n  .empty?',
      '"é😀"; b if a\n  .none? do |x|\n    x > 1\n  end',
      'safe',
    ],
  ],
  advised: [
    ['a.select { |x| x } # all\n  .empty?', ''],
    ['a&.select { |x| x }.empty?', ''],
  ],
  silent: [
    'a.select { |x| x }.any? { |y| y }',
    'a.select { |x| x }.any?(Integer)',
    'User.select(:a).empty?',
    'select { |x| x }.empty?',
    'a.lazy.select { |x| x }.any?',
    'a.select { break [] }.empty?',
    'a.each_with_index.select { |x| x }.empty?',
    'a.select { |x| x }.one?',
  ],
});
