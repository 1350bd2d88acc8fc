import { expect, it } from 'vitest';
import { sitesOf } from '../../src/ruby/sites';
import { callNamed, syntaxOf } from '../support/ruby';

it.each([
  ['x', 1, 0],
  ['rows.each { x }', 1, 1],
  ['as.each { bs.each { x } }', 1, 2],
  ['rows.each do\n  x\nend', 2, 0],
  ['rows\n  .each { x }', 2, 1],
  ['rows\n  .each do\n    x\n  end', 3, 0],
  ['-> { x }', 1, 1],
  ['rows.each { def m = x }', 1, 0],
])('%o: line %i, depth %i', async (text, line, depth) => {
  const syntax = await syntaxOf(text);
  expect(sitesOf(callNamed('x', syntax), [line], syntax)).toEqual([{ line, depth }]);
});
