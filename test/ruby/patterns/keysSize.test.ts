import { describePattern } from '../../support/describePattern';

describePattern('keys-size', {
  fixed: [
    ['h.keys.size', 'h.size', 'safe'],
    ['h.values.length', 'h.size', 'safe'],
    ['h.keys.count', 'h.size', 'safe'],
    ['h.keys().size()', 'h.size()', 'safe'],
    ['h&.keys&.size', 'h&.size', 'safe'],
    ['h.keys&.size', 'h.size', 'safe'],
    ['x = "é😀"; h\n  .keys\n  .size + 1', 'x = "é😀"; h\n  .size + 1', 'safe'],
    ['h.keys.size.to_s', 'h.size.to_s', 'safe'],
  ],
  advised: [
    ['h.keys # all\n  .size', ''],
    ['h&.keys.size', ''],
  ],
  silent: [
    'h.keys.count { |k| k }',
    'h.keys.count(1)',
    'h.keys.count(&:odd?)',
    'keys.size',
    'h.keys(1).size',
    'h.size',
    'h.values.sum',
  ],
});
