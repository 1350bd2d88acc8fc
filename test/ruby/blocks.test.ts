import { describe, expect, it } from 'vitest';
import {
  blockOf,
  breaksWithValue,
  jumps,
  parameterNames,
  singleExpression,
  symbolOfBlock,
  touches,
} from '../../src/ruby/blocks';
import { callNamed, syntaxOf } from '../support/ruby';

it.each([
  ['f { }', []],
  ['f { |a| }', ['a']],
  ['f { |a, b| }', ['a', 'b']],
  ['f { it }', ['it']],
  ['f { _1 + _2 }', ['_1', '_2']],
  ['f { |a, (b, c)| }', null],
  ['f { |a = 1| }', null],
  ['f { |*a| }', null],
  ['f { |a:| }', null],
  ['f { |a; b| }', null],
  ['f { |a, &b| }', null],
])('%o takes %j', async (text, names) => {
  expect(parameterNames(blockOf(callNamed('f', await syntaxOf(text)))!)).toEqual(names);
});

it.each([
  ['f { 1 }', '1'],
  ['f do\n  a.b\nend', 'a.b'],
  ['f { }', null],
  ['f { 1; 2 }', null],
  ['f do\n  1\nrescue\n  2\nend', null],
])('%o is %s', async (text, source) => {
  const syntax = await syntaxOf(text);
  const node = singleExpression(blockOf(callNamed('f', syntax))!);
  expect(node && syntax.sourceOf(node.location)).toBe(source);
});

it('knows &:name', async () => {
  expect(symbolOfBlock(callNamed('f', await syntaxOf('f(&:name)')))).toBe('name');
  expect(symbolOfBlock(callNamed('f', await syntaxOf('f(&name)')))).toBeNull();
  expect(symbolOfBlock(callNamed('f', await syntaxOf('f { name }')))).toBeNull();
});

it.each([
  ['f { break }', true, false],
  ['f { break 1 }', true, true],
  ['f { next 1 }', true, false],
  ['f { g { break 1 } }', false, false],
  ['f { 1 }', false, false],
])('%o jumps: %s, with a value: %s', async (text, jump, value) => {
  const block = blockOf(callNamed('f', await syntaxOf(text)))!;
  expect([jumps(block), breaksWithValue(block)]).toEqual([jump, value]);
});

describe('a block', () => {
  it.each([
    ['h.each { |k| h[k] }', false],
    ['h.each { |k| h.key?(k) }', false],
    ['h.each { |k| x << k }', false],
    ['h.each { |k| h[k] = 1 }', true],
    ['h.each { |k| h.delete(k) }', true],
    ['h.each { |k| save(h) }', true],
    ['h.each { |k| h }', true],
    ['@h.each { |k| @h[k] += 1 }', true],
    ['a.b.each { |k| a.b[k] = 1 }', true],
    ['h.each { |k| i.delete(k) }', false],
  ])('%o touches the collection: %s', async (text, touched) => {
    const syntax = await syntaxOf(`h = i = {}\n${text}`);
    const each = callNamed('each', syntax);
    expect(touches(each.block!, each.receiver!, syntax)).toBe(touched);
  });
});
