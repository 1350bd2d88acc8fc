import { describe, expect, it } from 'vitest';
import { escapesBefore } from '../../src/ruby/escapes';
import { valueBefore, variableOf } from '../../src/ruby/locals';
import { loopOf } from '../../src/ruby/loops';
import { endOf } from '../../src/ruby/syntax';
import { callNamed, syntaxOf, writeOf } from '../support/ruby';

/** Whether `h`, built up by a call of `turn` in a loop, is seen by somebody else before the loop ends. */
async function escapes(text: string): Promise<boolean> {
  const syntax = await syntaxOf(text);
  const loop = loopOf(callNamed('turn', syntax), syntax)!;
  return escapesBefore(variableOf(writeOf('h', syntax), syntax)!, endOf(loop.node.location), syntax);
}

describe('an object', () => {
  it.each([
    'h = {}\nrows.each { turn }\nh',
    'h = {}\nrows.each { turn }\nsave(h)',
    'h = {}\nrows.each { turn; h[1] = 2 }',
    'h = {}\nrows.each { turn; h.size > 3 }',
    'h = {}\nrows.each { turn; puts "#{h}" }',
    'h = {}\nrows.each { turn; break if h.empty? }',
    'h = {}\nrows.each { turn; return h if h.full? }',
    'h = {}\nrows.each { turn; h }',
    'h = {}\nrows.each { turn; h << 1 }',
    'h = {}\nrows.each { turn; x if h }',
    'h = {}\nrows.each { |h| turn; save(h) }',
    'h = {}\nwhile a\n  turn\n  h\nend',
    'h = {}\nfor row in rows\n  turn\n  h\nend',
  ])('stays: %o', async (text) => {
    expect(await escapes(text)).toBe(false);
  });

  it.each([
    'h = {}\nsave(h)\nrows.each { turn }',
    'h = {}\n@h = h\nrows.each { turn }',
    'h = {}\nrows.each { turn; all << h }',
    'h = {}\nrows.each { turn; save(h) }',
    'h = {}\nrows.each { turn; x = h }',
    'h = {}\nrows.each { turn; [h] }',
    'h = {}\nrows.each { turn; a[1] = h }',
    'def m\n  h = {}\n  rows.each { turn; yield h }\nend',
    'h = {}\nrows.map { turn; h }',
    'h = {}\nrows.map { turn; h << 1 }',
    'h = {}\nrows.map { turn; x ? h : nil }',
    'h = {}\nrows.each { turn; x = h.freeze }',
    'h = {}\nrows.each { turn; f = -> { h } }',
    'h = {}\nrows.each { turn; y = x || h }',
    'h = {}\nrows.each { turn; save(*h) }',
    'h = {}\nrows.each { turn; save(**h) }',
    'h = {}\nrows.each { turn; y = { h: } }',
  ])('escapes: %o', async (text) => {
    expect(await escapes(text)).toBe(true);
  });
});

describe('the value before a loop', () => {
  it.each([
    ['h = {}\nrows.each { turn }', '{}'],
    ['def m\n  h = {}\n  rows.each { turn }\nend', '{}'],
    ['h = {}\nrows.each { turn; h = h.merge(a) }', '{}'],
    ['h = {}\ntransaction { rows.each { turn } }', '{}'],
    ['h = {}\nrows.each { turn }\nh = 1', '{}'],
    ['h = {} if a\nrows.each { turn; h }', null],
    ['h = 1\nh = {}\nrows.each { turn; h }', null],
    ['x = h = {}\nrows.each { turn; h }', null],
    ['h ||= {}\nrows.each { turn; h }', null],
    ['def m(h)\n  rows.each { turn; h }\nend', null],
    ['rows.each { turn; h = {} }', null],
  ])('%o: %s', async (text, expected) => {
    const syntax = await syntaxOf(text);
    const loop = loopOf(callNamed('turn', syntax), syntax)!;
    const names = syntax.nodes.filter((node) => 'name' in node && node.name === 'h');
    const variable = names.map((node) => variableOf(node, syntax)).find((found) => found !== null)!;
    const value = valueBefore(variable, loop.node, syntax)?.value ?? null;
    expect(value && syntax.sourceOf(value.location)).toBe(expected);
  });
});
