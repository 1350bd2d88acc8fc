import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> =>
  patternOutcome('attributes-slice-bulk-write', text);
const write = (row: string): string => `Balance.upsert_all(rows.map { |r| ${row} })`;

it.each([
  ['r.attributes.slice("a", "b")', '{ "a" => r.a, "b" => r.b }'],
  [`r.attributes.slice('a').merge(x: 1)`, `{ 'a' => r.a }.merge(x: 1)`],
  ['save(r.attributes.slice("a"))', 'save({ "a" => r.a })'],
  ['list << r.attributes.slice("a")', 'list << { "a" => r.a }'],
  ['Balance.new(a: r, b: 1).attributes.slice("b", "a")', '{ "b" => 1, "a" => r }'],
  ['Balance.new(r:).attributes.slice("r")', '{ "r" => r }'],
])('%s -> %s', async (before, after) => {
  const { text, safety } = await outcome(write(before));
  expect([text, safety]).toEqual([write(after), 'review']);
});

it('finds the bulk write elsewhere in the method', async () => {
  const text = 'def m(rows)\n  all = rows.map { |r| r.attributes.slice("a") }\n  Row.insert_all!(all)\nend';
  expect((await outcome(text)).text).toContain('{ "a" => r.a }');
});

it('asks for the line of attributes as well', async () => {
  const { candidates } = await outcome('Row.insert_all(rows.map { |r|\n  r.attributes\n    .slice("a") })');
  expect(candidates[0]?.sites.map(({ line }) => line)).toEqual([2, 3]);
});

it.each([
  'Balance.new(a: r).attributes.slice("a", "b")',
  'Balance.new(r).attributes.slice("a")',
  'Balance.new(a: r, b: @n += 1).attributes.slice("a")',
  'Balance.new(**r).attributes.slice("a")',
  'build(r).attributes.slice("a")',
  'r.attributes.slice("a b")',
  'r&.attributes.slice("a") && r.attributes&.slice("a")',
  'save r.attributes.slice("a")',
])('only advises on %s', async (row) => {
  const { safety } = await outcome(write(row));
  expect(safety).toBe('advice');
});

it.each([
  'audit(rows.map { |r| r.attributes.slice("a") })',
  write('r.attributes.slice(*names)'),
  write('r.attributes.except("a")'),
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
