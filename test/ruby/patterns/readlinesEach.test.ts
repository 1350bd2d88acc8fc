import { expect, it } from 'vitest';
import { patternOutcome } from '../../support/patternOutcome';

const outcome = (text: string): ReturnType<typeof patternOutcome> => patternOutcome('readlines-each', text);

it.each([
  ['File.readlines(p).each { |l| x << l }\n1', 'File.foreach(p) { |l| x << l }\n1', 'safe'],
  [
    'IO.readlines("é", chomp: true).each do |l|\n  use(l)\nend\n1',
    'IO.foreach("é", chomp: true) do |l|\n  use(l)\nend\n1',
    'safe',
  ],
  ['File\n  .readlines(p)\n  .each { |l| l }\n1', 'File\n  .foreach(p) { |l| l }\n1', 'safe'],
  ['File.readlines(p).each(&:strip!)\n1', 'File.foreach(p).each(&:strip!)\n1', 'safe'],
  ['x = File.readlines(p).map { |l| l.size }', 'x = File.foreach(p).map { |l| l.size }', 'safe'],
  ['x = File.readlines(p).map(&:to_i).sum', 'x = File.foreach(p).map(&:to_i).sum', 'safe'],
  ['x = File.readlines(p).first(2)', 'x = File.foreach(p).first(2)', 'safe'],
  ['x = ::File.readlines(p)&.map { it }', 'x = ::File.foreach(p)&.map { it }', 'safe'],
  [
    'x = File.readlines(p).each_with_index.map { |l, i| [l, i] }',
    'x = File.foreach(p).each_with_index.map { |l, i| [l, i] }',
    'safe',
  ],
  ['def m(p)\n  File.readlines(p).each { |l| l }\nend', 'def m(p)\n  File.foreach(p) { |l| l }\nend', 'review'],
  ['File.readlines(p).each(&block)\n1', 'File.foreach(p).each(&block)\n1', 'review'],
  ['File.readlines(p).each { |l| File.write(q, l) }\n1', 'File.foreach(p) { |l| File.write(q, l) }\n1', 'review'],
])('%o: %o, %s', async (before, after, safety) => {
  const found = await outcome(before);
  expect([found.text, found.safety]).toEqual([after, safety]);
});

it.each([
  'x = File.readlines(p).each { |l| l }',
  'File.readlines(p).each { |l| File.delete(p) }\n1',
  'File.readlines(p).each_slice(2).each { |l| reset(p) }\n1',
  'File.readlines(p) # all\n  .each { |l| l }\n1',
])('only advises on %o', async (text) => {
  const found = await outcome(text);
  expect([found.safety, found.text]).toEqual(['advice', text]);
});

it.each([
  'File.readlines(p)',
  'x = File.readlines(p)',
  'File.readlines(p).size',
  'File.readlines(p).sort_by { |l| l }',
  'File.readlines(p)[1..].each { |l| l }',
  'File.readlines(p).each',
  'socket.readlines.each { |l| l }',
  'Shell.readlines(p).each { |l| l }',
])('is silent on %o', async (text) => {
  expect((await outcome(text)).safety).toBeNull();
});
