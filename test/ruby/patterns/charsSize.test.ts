import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('asks the string itself', () => {
  it.each([
    ['x = "😀"; s.chars.length', 'x = "😀"; s.size'],
    ['s.chars.count()', 's.size'],
    ['s.bytes.size', 's.bytesize'],
    ['s\n  .chars\n  .first', 's[0]'],
    ['s.chars.last.upcase', 's[-1].upcase'],
    ['s&.chars&.size', 's&.size'],
    ['puts(f(1).chars.first)', 'puts(f(1)[0])'],
  ])('%o', async (before, after) => {
    const outcome = await patternOutcome('chars-size', before);
    expect([outcome.text, outcome.safety]).toEqual([after, 'safe']);
    expect((await patternOutcome('chars-size', after)).candidates).toEqual([]);
  });
});

it.each(['s&.chars.size', 's&.chars&.first', 's.chars # all\n  .size'])('only advises: %o', async (text) => {
  expect((await patternOutcome('chars-size', text)).safety).toBe('advice');
});

it.each(['s.chars.first(2)', 's.chars.count("a")', 's.chars.count { |c| c }', 's.bytes.first', 'chars.size'])(
  'is silent: %o',
  async (text) => {
    expect((await patternOutcome('chars-size', text)).safety).toBeNull();
  },
);
