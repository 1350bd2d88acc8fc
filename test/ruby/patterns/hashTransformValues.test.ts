import { describePattern } from '../../support/describePattern';

describePattern('hash-transform-values', {
  fixed: [
    ['h.map { |k, v| [k, v.to_s] }.to_h', 'h.transform_values { |v| v.to_s }', 'safe'],
    ['h.collect { |k, v| [k, { a: v }] }.to_h', 'h.transform_values { |v| { a: v } }', 'safe'],
    ['h.map { |k, v| [k, 1] }.to_h', 'h.transform_values { |v| 1 }', 'safe'],
    ['h&.map { |k, v| [k, v + 1] }&.to_h', 'h&.transform_values { |v| v + 1 }', 'safe'],
    ['p h.map { |_k, v| [_k, v ? 1 : 2] }.to_h', 'p h.transform_values { |v| v ? 1 : 2 }', 'safe'],
    [
      'h = x.with_indifferent_access.map { |k, v| [k, v.a] }.to_h',
      'h = x.with_indifferent_access.transform_values { |v| v.a }',
      'review',
    ],
    [
      '"😀é"; a = h\n  .map do |k, v|\n    [k, "é#{v}"]\n  end\n  .to_h',
      '"😀é"; a = h\n  .transform_values do |v|\n    "é#{v}"\n  end',
      'safe',
    ],
  ],
  advised: [
    ['h&.map { |k, v| [k, v] }.to_h', ''],
    ['h.map { [_1, _2 + 1] }.to_h', ''],
    ['h.map { |k, v| [k, # key\n v] }.to_h', ''],
    ['h.map { |k, v| [k, v] } # all\n.to_h', ''],
  ],
  silent: [
    'h.map { |k, v| [k, k + v] }.to_h',
    'h.map { |k, v| [v, k] }.to_h',
    'h.map { |k, v| [k.to_s, v] }.to_h',
    'h.map { |k, v| [k, v, 1] }.to_h',
    'h.map { |k, v| [k, *v] }.to_h',
    'h.map { |k, v| x; [k, v] }.to_h',
    'h.map { |k, v| [k, (next [k, 1])] }.to_h',
    'h.map { |k| [k, 1] }.to_h',
    'h.map { |k, v| [k, v] }',
    'map { |k, v| [k, v] }.to_h',
    'h.map { |k, (v, w)| [k, v] }.to_h',
    'h.map { |k, v| [k, v] }.to_h { |a| a }',
  ],
});
