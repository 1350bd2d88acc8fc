import { describePattern } from '../../support/describePattern';

describePattern('lazy-first', {
  fixed: [
    [
      'a.map { |x| x.b }.select { |x| x > 1 }.first(3)',
      'a.lazy.map { |x| x.b }.select { |x| x > 1 }.first(3)',
      'review',
    ],
    ['a.b(1).reject(&:c).map(&:d).first n', 'a.b(1).lazy.reject(&:c).map(&:d).first n', 'review'],
    [
      '[1].map { |x| x.b }.select { it }.map { it.c }.first(3)',
      '[1].lazy.map { |x| x.b }.select { it }.map { it.c }.first(3)',
      'review',
    ],
    [
      'a.map { |x| s << x }.select { |x| x > 1 }.first(3)',
      'a.lazy.map { |x| s << x }.select { |x| x > 1 }.first(3)',
      'review',
    ],
    [
      '"😀é"; b = a # all\n  .map { |x| x.b }\n  .select do |x|\n    x > 1\n  end\n  .first(3)',
      '"😀é"; b = a.lazy # all\n  .map { |x| x.b }\n  .select do |x|\n    x > 1\n  end\n  .first(3)',
      'review',
    ],
  ],
  advised: [['a&.map { |x| x.b }&.select { |x| x > 1 }&.first(3)', '']],
  silent: [
    'a.map { |x| x }.first(3)',
    'a.map { |x| x }.select { |x| x }.first',
    'a.lazy.map { |x| x }.select { |x| x }.first(3)',
    'a.map { |x| break x }.select { |x| x }.first(3)',
    'map { |x| x }.select { |x| x }.first(3)',
    'a.sort_by { |x| x }.map { |x| x }.first(3)',
    'a.map { |x| x }.select { |x| x }.take(3)',
    'a.map { |x| x }.select { |x| x }.first(*n)',
  ],
});
