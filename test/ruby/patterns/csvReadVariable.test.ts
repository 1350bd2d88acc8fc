import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('csv-read-variable', text);

it.each([
  ['rows = CSV.read(p)\nrows.each { |r| x << r }\n1', 'rows = CSV.foreach(p)\nrows.each { |r| x << r }\n1'],
  [
    'rows = CSV.read(p, headers: true)\nx = rows.map(&:to_h)',
    'rows = CSV.foreach(p, headers: true)\nx = rows.map(&:to_h)',
  ],
  [
    'rows = CSV.parse(File.read("é"))\nif a\n  rows.each { |r| r }\nend\n1',
    'rows = CSV.foreach("é")\nif a\n  rows.each { |r| r }\nend\n1',
  ],
])('%o: %o', async (before, after) => {
  const { text, safety } = await outcome(before);
  expect([text, safety]).toEqual([after, 'review']);
});

it.each([
  'rows = CSV.read(p)\nFile.delete(p)\nrows.each { |r| r }\n1',
  'rows = CSV.read(p)\nx = rows.each { |r| r }',
  'rows = CSV.read(p)\nrows.each { |r| File.write(p, r) }\n1',
])('only advises on %o', async (text) => {
  const found = await outcome(text);
  expect([found.safety, found.text]).toEqual(['advice', text]);
});

it.each([
  'rows = CSV.read(p)\nrows.each { |r| r }\nrows.size',
  'rows = CSV.read(p)\nrows.size',
  'rows = CSV.read(p)\nids.each { |id| rows.each { |r| r } }',
  'rows = CSV.read(p)\nlater { rows.each { |r| r } }',
  'rows = CSV.read(p)\n-> { rows.each { |r| r } }',
  'rows = CSV.read(p)\nshow(rows)',
  'rows = []\nrows = CSV.read(p)\nrows.each { |r| r }',
  'if a\n  rows = CSV.read(p)\nend\nrows.each { |r| r }',
  'CSV.read(p).each { |r| r }',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
