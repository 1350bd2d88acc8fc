import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('attributes-index', text);

it.each([
  ['u.attributes["a"]', 'u["a"]'],
  ["x = '😀'; u.attributes['a'].to_s", "x = '😀'; u['a'].to_s"],
  ['u.attributes["a_#{b}"]', 'u["a_#{b}"]'],
  ['self.attributes["a"]', 'self["a"]'],
  ['def m\n  attributes["a"]\nend', 'def m\n  self["a"]\nend'],
  ['u\n  .attributes["a"]', 'u["a"]'],
])('%o: %o', async (before, after) => {
  const { text, safety } = await outcome(before);
  expect([text, safety]).toEqual([after, 'review']);
});

it.each(['u&.attributes["a"]', 'u&.attributes&.[]("a")', 'u # the user\n  .attributes["a"]'])(
  'only advises on %o',
  async (text) => {
    expect((await outcome(text)).safety).toBe('advice');
  },
);

it.each([
  'u.attributes[:a]',
  'u.attributes[a]',
  'u.attributes["a"] = 1',
  'u.attributes["a"] ||= 1',
  'u.attributes["a", 1]',
  'u.attributes.slice("a")',
  'attributes = {}\nattributes["a"]',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
