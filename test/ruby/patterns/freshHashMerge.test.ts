import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('adds to the new hash', () => {
  it.each([
    ['x = "😀"; h.slice(:a).merge(b: 1)', 'x = "😀"; h.slice(:a).merge!(b: 1)'],
    ['h.merge(a).merge(b).merge(c)', 'h.merge(a).merge!(b).merge!(c)'],
    [
      'h.except(:a)\n  .merge(b) # b\n  .transform_keys(&:to_s).merge c',
      'h.except(:a)\n  .merge!(b) # b\n  .transform_keys(&:to_s).merge! c',
    ],
    ['user.attributes.merge("a" => 1)', 'user.attributes.merge!("a" => 1)'],
    ['h.except(:a).merge(i.slice(:b).merge(c))', 'h.except(:a).merge!(i.slice(:b).merge!(c))'],
    ['h&.slice(:a)&.merge(b)', 'h&.slice(:a)&.merge!(b)'],
  ])('%o', async (before, after) => {
    const outcome = await patternOutcome('fresh-hash-merge', before);
    expect([outcome.text, outcome.safety]).toEqual([after, 'review']);
    expect((await patternOutcome('fresh-hash-merge', after)).candidates).toEqual([]);
  });
});

it.each(['h.to_h.merge(a: 1)', 'h.merge(a)', 'h.slice.merge', 'slice(1).merge(a)', 'h.merge!(a)', 'h.dup.merge(a)'])(
  'is silent: %o',
  async (text) => {
    expect((await patternOutcome('fresh-hash-merge', text)).safety).toBeNull();
  },
);
