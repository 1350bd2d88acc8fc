import { describe, expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const comment = '# frozen_string_literal: true';

describe('freezes the texts of the file', () => {
  it.each([
    ['l.count { |r| r == "😀" }', `${comment}\n\nl.count { |r| r == "😀" }`],
    [
      '#!/usr/bin/env ruby\nl.each { |r| p "a", \'b\' }',
      `#!/usr/bin/env ruby\n${comment}\n\nl.each { |r| p "a", 'b' }`,
    ],
    ['l.each { |r| a << "x" }', `${comment}\n\nl.each { |r| a << "x" }`],
    ['o = +""\nl.each { |r| o << "x" }', `${comment}\n\no = +""\nl.each { |r| o << "x" }`],
  ])('%o', async (before, after) => {
    const outcome = await patternOutcome('string-literal-in-loop', before);
    expect([outcome.text, outcome.safety]).toEqual([after, 'review']);
    expect((await patternOutcome('string-literal-in-loop', after)).candidates).toEqual([]);
  });
});

it.each([
  'o = "a"\no << "b"',
  '@o ||= ""\ndef m = @o.upcase!',
  'def m(o = "")\n  o.concat("b")\nend',
  'l.each_with_object("") { |x, o| o << x }',
  'o = x ? "a" : "b"\no.force_encoding(y)',
  'def o = "a"\no << x',
  '(o = "a") << x',
])('only advises: %o', async (text) => {
  expect((await patternOutcome('string-literal-in-loop', text)).safety).toBe('advice');
});

it.each([
  'l.sum { |r| r["a"] }',
  'l.each { |r| p({ "a" => 1 }) }',
  'l.each { |r| "a".freeze }',
  'l.each { |r| case r when "a", "b" then 1 end }',
  'l.each { |r| "a#{r}b" }',
  `${comment}\nl.each { |r| "a" }`,
  '# frozen_string_literal: false\nl.each { |r| "a" }',
])('is silent: %o', async (text) => {
  expect((await patternOutcome('string-literal-in-loop', text)).safety).toBeNull();
});

it('counts literal keys from Ruby 4.0 on', async () => {
  const outcome = await patternOutcome('string-literal-in-loop', 'l.sum { |r| r["a"] }', { ruby: '4.0.0' });
  expect(outcome.safety).toBe('review');
});
