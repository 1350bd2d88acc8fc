import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

describe('asks for one frame', () => {
  it.each([
    ['x = "😀"; caller.first', 'x = "😀"; caller(1, 1).first'],
    ['caller[0][/a/]', 'caller(1, 1).first[/a/]'],
    ['caller\n  .first', 'caller(1, 1).first'],
  ])('%o', async (before, after) => {
    const outcome = await patternOutcome('caller-first', before);
    expect([outcome.text, outcome.safety]).toEqual([after, 'safe']);
    expect((await patternOutcome('caller-first', after)).candidates).toEqual([]);
  });
});

it.each([
  'caller.first(2)',
  'caller[1]',
  'caller(0).first',
  'x.caller.first',
  'caller = [1]\ncaller.first',
  'caller[0, 1]',
])('is silent: %o', async (text) => {
  expect((await patternOutcome('caller-first', text)).safety).toBeNull();
});
