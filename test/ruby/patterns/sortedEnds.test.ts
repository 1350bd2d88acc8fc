import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('sorted-ends', text);

it.each([
  's = rows.sort_by { |r| r.a }\n[s.first, s.last]',
  's = rows.sort_by(&:a)\nuse(s[0].b, s[-1]&.b)',
  's = rows.sort\n[s.first, s.first, s.last]',
])('advises on %o', async (text) => {
  const found = await outcome(text);
  expect([found.safety, found.text]).toEqual(['advice', text]);
});

it.each([
  's = rows.sort_by { |r| r.a }\ns.first',
  's = rows.sort_by { |r| r.a }\n[s.first, s.last, s.size]',
  's = rows.sort_by { |r| r.a }\n[s.first(2), s.last]',
  's = rows.sort_by { |r| r.a }\n[s[1], s.first, s.last]',
  's = rows.sort_by { |r| r.a }\ns = s.first(2)\n[s.first, s.last]',
  's = rows.sort_by\n[s.first, s.last]',
  '[rows.sort_by { |r| r.a }.first]',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
