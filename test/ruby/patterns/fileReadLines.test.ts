import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('file-read-lines', text);

it.each([
  ['File.read(p).each_line { |l| x << l }\n1', 'File.foreach(p) { |l| x << l }\n1', 'safe'],
  ['File.read("é").lines.each do |l|\n  use(l)\nend\n1', 'File.foreach("é") do |l|\n  use(l)\nend\n1', 'safe'],
  ['File.read(p).each_line(chomp: true) { |l| l }\n1', 'File.foreach(p, chomp: true) { |l| l }\n1', 'safe'],
  ['x = File.read(p).lines.map { |l| l.to_i }', 'x = File.foreach(p).map { |l| l.to_i }', 'safe'],
  ['x = File.read(p).lines(chomp: true).map(&:to_i)', 'x = File.foreach(p, chomp: true).map(&:to_i)', 'safe'],
  ['x = File.read(p).each_line.with_index', 'x = File.read(p).each_line.with_index', null],
  ['x = File.read(p).each_line.sum { |l| l.size }', 'x = File.foreach(p).sum { |l| l.size }', 'safe'],
  ['IO.read(p)\n  .lines\n  .each { |l| l }\n1', 'IO.foreach(p) { |l| l }\n1', 'safe'],
  ['File.read(p).split("\\n").each { |l| l }\n1', 'File.foreach(p, chomp: true) { |l| l }\n1', 'review'],
  ['x = File.read(p).split("\\n").map(&:to_i)', 'x = File.foreach(p, chomp: true).map(&:to_i)', 'review'],
  [
    'File.read(p, encoding: "UTF-8").lines.each { |l| l }\n1',
    'File.foreach(p, encoding: "UTF-8") { |l| l }\n1',
    'review',
  ],
  ['def m(p)\n  File.read(p).each_line { |l| l }\nend', 'def m(p)\n  File.foreach(p) { |l| l }\nend', 'review'],
])('%o: %o, %s', async (before, after, safety) => {
  const found = await outcome(before);
  expect([found.text, found.safety]).toEqual([after, safety]);
});

it.each([
  'x = File.read(p).each_line { |l| l }',
  'File.read(p).each_line { |l| File.write(p, l) }\n1',
  'File.read(p).each_line(&block)\n1',
  'File.read(p).lines # all\n  .each { |l| l }\n1',
])('only advises on %o', async (text) => {
  const found = await outcome(text);
  expect([found.safety, found.text]).toEqual(['advice', text]);
});

it.each([
  'File.read(p).lines',
  'x = File.read(p)\nx.each_line { |l| l }',
  'File.read(p).lines.size',
  'File.read(p).lines.sort.each { |l| l }',
  'File.read(p, 100).lines.each { |l| l }',
  'File.read(p).split(",").each { |l| l }',
  'File.read(p).split("\\n", -1).each { |l| l }',
  'File.read(p).each_line(",") { |l| l }',
  'io.read.each_line { |l| l }',
  'cache.read(p).lines.each { |l| l }',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
