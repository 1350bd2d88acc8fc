import { CallNode } from '@ruby/prism/src/nodes.js';
import { expect, it } from 'vitest';
import { Syntax } from '../../src/ruby/syntax';
import { useOfIteratorValue, useOfValue } from '../../src/ruby/useOfValue';
import { prism } from '../support/prism';

async function useOfEach(text: string, use = useOfValue): Promise<string> {
  const syntax = new Syntax((await prism()).parse(text, null)!);
  return use(syntax.nodes.find((node) => node instanceof CallNode && node.name === 'each')!, syntax);
}

it.each([
  ['xs.each { }\n1', 'unused'],
  ['xs.each { }', 'unused'],
  ['def m\n  xs.each { }\nend', 'returned'],
  ['def m\n  xs.each { }\n  1\nend', 'unused'],
  ['def m\n  return xs.each { }\nend', 'returned'],
  ['def m = xs.each { }', 'returned'],
  ['def m\n  xs.each { }\nrescue\n  1\nend', 'returned'],
  ['def m\n  1\nensure\n  xs.each { }\nend', 'unused'],
  ['def m\n  1\nrescue\n  xs.each { }\nend', 'returned'],
  ['y = xs.each { }', 'used'],
  ['@y ||= xs.each { }', 'used'],
  ['xs.each { }.size', 'used'],
  ['puts(xs.each { })', 'used'],
  ['[xs.each { }]', 'used'],
  ['"#{xs.each { }}"', 'used'],
  ['if xs.each { } then 1 end', 'used'],
  ['if a\n  xs.each { }\nend\n1', 'unused'],
  ['y = if a\n  xs.each { }\nend', 'used'],
  ['def m\n  if a\n    xs.each { }\n  else\n    2\n  end\nend', 'returned'],
  ['def m\n  case a\n  when 1 then xs.each { }\n  end\nend', 'returned'],
  ['case xs.each { }\nwhen 1 then 2\nend', 'used'],
  ['while a\n  xs.each { }\nend', 'unused'],
  ['while xs.each { }\n  1\nend', 'used'],
  ['class A\n  xs.each { }\nend', 'unused'],
  ['xs2.times do\n  xs.each { }\nend', 'unused'],
  ['as.map { xs.each { } }', 'returned'],
  ['as.select { xs.each { } }', 'returned'],
  ['transaction do\n  xs.each { }\nend', 'returned'],
  ['-> { xs.each { } }', 'returned'],
  ['a && xs.each { }\n1', 'unused'],
  ['xs.each { } || a\n1', 'used'],
  ['begin\n  xs.each { }\nend\n1', 'unused'],
  ['(xs.each { })\n1', 'unused'],
  ['xs.each { } rescue nil\n1', 'unused'],
])('%o: %s', async (text, use) => {
  expect(await useOfEach(text)).toBe(use);
});

it.each([
  ['as.map { xs.each { } }', 'used'],
  ['as.sum { |a| 1; if a then xs.each { } end }', 'used'],
  ['as.map { xs.each { }; 1 }', 'unused'],
  ['as.select { xs.each { } }', 'returned'],
  ['as.each { xs.each { } }', 'unused'],
])('the array that %o walks is %s', async (text, use) => {
  expect(await useOfEach(text, useOfIteratorValue)).toBe(use);
});
