import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('csv-read-each', text);

it.each([
  ['CSV.read(p).each { |r| x << r }\n1', 'CSV.foreach(p) { |r| x << r }\n1'],
  [
    'CSV.read("é", headers: true).each do |a, b|\n  use(a)\nend\n1',
    'CSV.foreach("é", headers: true) do |a, b|\n  use(a)\nend\n1',
  ],
  ['::CSV.read(p).each(&:compact!)\n1', '::CSV.foreach(p).each(&:compact!)\n1'],
  ['x = CSV.read(p).map(&:first)', 'x = CSV.foreach(p).map(&:first)'],
  ['x = CSV.read(p)\n  .each_with_index.map { |r, i| r }', 'x = CSV.foreach(p)\n  .each_with_index.map { |r, i| r }'],
  ['CSV.parse(File.read(p), headers: true).each { |r| r }\n1', 'CSV.foreach(p, headers: true) { |r| r }\n1'],
  ['CSV.read(p)\n  .each { |r| r }\n1', 'CSV.foreach(p) { |r| r }\n1'],
])('%o: %o', async (before, after) => {
  const { text, safety } = await outcome(before);
  expect([text, safety]).toEqual([after, 'review']);
});

it.each([
  'x = CSV.read(p).each { |r| r }',
  'CSV.read(p).each { |r| File.delete(p) }\n1',
  'CSV.read(p) # all\n  .each { |r| r }\n1',
])('only advises on %o', async (text) => {
  const found = await outcome(text);
  expect([found.safety, found.text]).toEqual(['advice', text]);
});

it.each([
  'CSV.read(p).by_col["a"]',
  'CSV.read(p, headers: true).by_col.each { |c| c }',
  'CSV.read(p).size',
  'CSV.read(p).sort_by { |r| r }',
  'CSV.read(p)[1..].each { |r| r }',
  'CSV.read(p, **options).each { |r| r }',
  'CSV.parse(text).each { |r| r }',
  'CSV.parse(File.read(p, encoding: "x")).each { |r| r }',
  'CSV.foreach(p) { |r| r }',
  'Excel.read(p).each { |r| r }',
  'rows = CSV.read(p)',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
