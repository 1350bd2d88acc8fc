import { expect, it } from 'vitest';
import { isCheapConstant, isLiteral, isPure, isPureBlock } from '../../src/ruby/purity';
import { callNamed, expressionOf, syntaxOf } from '../support/ruby';

it.each([
  'row[:id] > 10',
  'user.age >= limit && user.active?',
  '"#{a} of #{b.size}"',
  'x.start_with?("a")',
  'list.map { |x| x.name }',
  'a ? b.to_s : @c',
  'x.created_at',
  'x.next_month',
  'x.read_at',
  'A::B[1]',
  '[1, { a: 2 }]',
])('pure: %o', async (text) => {
  expect(isPure(expressionOf(await syntaxOf(text)))).toBe(true);
});

it.each([
  '@seen += 1',
  'x = 1',
  'log << x',
  'puts x',
  'x.save',
  'x.save!',
  'x.valid?',
  'seen.add?(x)',
  'queue.pop',
  'x.update(a: 1)',
  '[lambda { x }, retry_count!]',
  'lookup(x)',
  '`ls`',
  'list.each { |x| x }',
  'x.next',
  '[x.shift]',
])('not pure: %o', async (text) => {
  expect(isPure(expressionOf(await syntaxOf(text)))).toBe(false);
});

it.each([
  ['xs.select { |x| x > 1 }', true],
  ['xs.select(&:odd?)', true],
  ['xs.select(&:name)', true],
  ['xs.select { it.odd? }', true],
  ['xs.select { |(a, b), c = 1| a }', true],
  ['xs.select { }', true],
  ['xs.select(&:save)', false],
  ['xs.select(&block)', false],
  ['xs.select { |x| next if x; 1 }', false],
  ['xs.select { |x| @n = x }', false],
])('%o has a pure block: %s', async (text, pure) => {
  expect(isPureBlock(callNamed('select', await syntaxOf(text)))).toBe(pure);
});

it.each([
  ['1', true],
  [':a', true],
  ['"a"', true],
  ['@a', true],
  ['A::B', true],
  ['(1)', true],
  ['a.b', false],
  ['[1]', false],
  ['"#{a}"', false],
])('%o is a cheap constant: %s', async (text, cheap) => {
  expect(isCheapConstant(expressionOf(await syntaxOf(text)))).toBe(cheap);
});

it.each([
  ['[1, "a", { b: nil }]', true],
  ['%w[a b]', true],
  ['1..2', true],
  ['[a]', false],
  ['"#{1}"', false],
])('%o is a literal: %s', async (text, literal) => {
  expect(isLiteral(expressionOf(await syntaxOf(text)))).toBe(literal);
});
