import { describePattern } from '../../support/describePattern';

describePattern('map-include', {
  fixed: [
    ['v = b\na.map(&:id).include?(v)', 'v = b\na.any? { |x| x.id == v }', 'review'],
    [
      '# frozen_string_literal: true\na.map(&:id).include?("b")',
      '# frozen_string_literal: true\na.any? { |x| x.id == "b" }',
      'review',
    ],
    ['a.map(&:id).include? 3', 'a.any? { |x| x.id == 3 }', 'review'],
    ['a.collect(&:id).member?(@v)', 'a.any? { |x| x.id == @v }', 'review'],
    ['x = 1\na.map(&:id).include?(x)', 'x = 1\na.any? { |x2| x2.id == x }', 'review'],
    ['a.map(&:ok?).include?(true)', 'a.any? { |x| x.ok? == true }', 'review'],
    ['a&.map(&:id)&.include?(:v)', 'a&.any? { |x| x.id == :v }', 'review'],
    ['"😀é"; !a\n  .map(&:id)\n  .include?(A::B)', '"😀é"; !a\n  .any? { |x| x.id == A::B }', 'review'],
  ],
  advised: [
    ['a.map(&:id).include?(v.id)', 'not a plain one'],
    ['a.map(&:id).include?("b")', 'not a plain one'],
    ['b.each { a.map(&:id).include?(it) }', 'without a name'],
    ['b.each { a.map(&:id).include?(_1) }', 'without a name'],
    ['a&.map(&:id).include?(3)', ''],
    ['a.map(&:id) # all\n  .include?(3)', ''],
  ],
  silent: [
    'a.map { |x| x.id }.include?(3)',
    'a.map(&:-@).include?(3)',
    'a.map(&block).include?(3)',
    'map(&:id).include?(3)',
    'a.lazy.map(&:id).include?(3)',
    'a.map(&:id).include?(*b)',
    'a.map(&:id).include?(b: 1)',
    'a.map(&:id).include?',
    'a.include?(3)',
  ],
});
