import { expect, it } from 'vitest';
import type { Saving, Site } from '../../src/ruby/pattern';
import { patternOutcome } from '../support/patternOutcome';

/** Where a text has its literals, and which part of what those lines make they are. */
async function partsOf(text: string): Promise<(readonly [Site | undefined, Saving | null])[]> {
  const { candidates } = await patternOutcome('string-literal-in-loop', text);
  return candidates.map(({ sites, saving }) => [sites[0], saving]);
}

const own = { own: true };
const joined = { calls: /^String#\+$/ };

it.each<[string, number, readonly object[]]>([
  ['l.each { |r| p "a", "b" }', 1, [own]],
  ['l.each { |r| p ["a", r] }', 1 / 2, [own]],
  ['l.each { |r| p({ "k" => "a" }) }', 1 / 2, [own]],
  // The keys are no new objects; the hash is made twice, for the call and by it.
  ['l.map { |r| r.slice("a", "b").merge("at" => t) }', 2 / 4, [own]],
  ['l.map { |r| r.update(at: "a") }', 1, [own]],
  ['l.map { |r| r.a + ";" + r.b + ";" }', 2 / 5, [own, joined]],
  ['t = ""\nl.each { |r| t += r.a + ";" }', 1 / 3, [own, joined]],
  // Numbers, for all that the text says.
  ['l.map { |r| p "a", r.x + r.y }', 1, [own]],
])('%s', async (text, part, all) => {
  expect((await partsOf(text)).at(-1)?.[1]).toEqual({ all, part: expect.closeTo(part) });
});

it('names the texts of one line and block once', async () => {
  const text = 'x("a").each { |r| p "b", "c" }\nl.each do |r|\n  p "d"\n  p "e", "f"\nend';
  const sites = (await partsOf(text)).map(([site]) => site);
  expect(sites).toEqual([
    { line: 1, depth: 0 },
    { line: 1, depth: 1 },
    { line: 3, depth: 0 },
    { line: 4, depth: 0 },
  ]);
});

it('counts the copy of a string among what its line makes', async () => {
  const savingOf = async (text: string): Promise<Saving | null | undefined> =>
    (await patternOutcome('string-plus-in-loop', text)).candidates[0]?.saving;
  const all = [own, joined];
  expect(await savingOf('t = ""\nl.each { |r| t += r.a }')).toEqual({ all, part: 1 });
  expect(await savingOf('t = ""\nl.each { |r| t += r.a + ";" }')).toEqual({ all, part: expect.closeTo(1 / 3) });
  expect(await savingOf('t = ""\nl.each { |r| t = t + "a#{r}" }')).toEqual({ all, part: 1 / 2 });
  const frozen = '# frozen_string_literal: true\nt = +""\nl.each { |r| t += r.a + ";" }';
  expect(await savingOf(frozen)).toEqual({ all, part: 1 / 2 });
});

it('adds the text that a constant is made of', async () => {
  const text = 'class A\n  def f(l) = l.map { |x| x + BigDecimal("0") }\nend';
  const { candidates } = await patternOutcome('constant-construct', text);
  expect(candidates[0]?.saving).toEqual({
    all: [{ calls: /^Kernel[#.]BigDecimal$/ }, { all: [own], part: 1 }],
    part: 1,
  });
});
