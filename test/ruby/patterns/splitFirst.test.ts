import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('limits the split', () => {
  it.each([
    ['x = "😀"; s.split(":").first', 'x = "😀"; s.split(":", 2).first'],
    ['s.split(/, */)[0].to_i', 's.split(/, */, 2)[0].to_i'],
    ['s&.split(SEPARATOR)&.first', 's&.split(SEPARATOR, 2)&.first'],
    ['s\n  .split("é") # parts\n  .first', 's\n  .split("é", 2) # parts\n  .first'],
  ])('%o', async (before, after) => {
    const outcome = await patternOutcome('split-first', before);
    expect([outcome.text, outcome.safety]).toEqual([after, 'review']);
    expect((await patternOutcome('split-first', after)).candidates).toEqual([]);
  });
});

it.each([
  's.split(":").first(2)',
  's.split(":").last',
  's.split(":")[1]',
  's.split(":")[0, 1]',
  's.split(":", 3).first',
  's.split.first',
  's.split(*a).first',
  'split(":").first',
])('is silent: %o', async (text) => {
  expect((await patternOutcome('split-first', text)).safety).toBeNull();
});
