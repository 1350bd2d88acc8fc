import { expect, it } from 'vitest';
import { type Place, sourceAs } from '../../src/ruby/precedence';
import { expressionOf, syntaxOf } from '../support/ruby';

it.each<[string, Place[]]>([
  ['a', []],
  ['a.b(1)', []],
  ['[1]', []],
  ['a[1]', []],
  ['"x"', []],
  ['a + b', ['receiver']],
  ['-a', ['receiver']],
  ['!a', ['receiver']],
  ['a << b', ['receiver', 'operand']],
  ['a == b', ['receiver', 'operand']],
  ['a || b', ['receiver', 'operand']],
  ['a ? b : c', ['receiver', 'operand']],
  ['x = 1', ['receiver', 'operand']],
  ['x += 1', ['receiver', 'operand']],
  ['@x ||= 1', ['receiver', 'operand']],
  ['a.b = 1', ['receiver', 'operand']],
  ['1..2', ['receiver', 'operand']],
  ['a and b', ['receiver', 'operand', 'argument']],
  ['not a', ['receiver', 'operand', 'argument']],
  ['a if b', ['receiver', 'operand', 'argument']],
  ['a rescue b', ['receiver', 'operand', 'argument']],
  ['foo 1', ['receiver', 'operand', 'argument']],
  ['a.foo 1', ['receiver', 'operand', 'argument']],
  ['if a then b end', []],
  ['(a; b)', []],
  ['a { b }', []],
  ['a.map { b }', []],
])('%o needs brackets as %j', async (text, places) => {
  const syntax = await syntaxOf(text);
  const all: Place[] = ['receiver', 'operand', 'argument'];
  expect(all.filter((place) => sourceAs(expressionOf(syntax), place, syntax) === `(${text})`)).toEqual(places);
});
