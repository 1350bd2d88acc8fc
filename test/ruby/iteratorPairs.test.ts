import { describe, expect, it } from 'vitest';
import {
  callsNil,
  hasGivenBlock,
  isIterator,
  iteratorBefore,
  splitsElements,
  takesOne,
} from '../../src/ruby/iteratorPairs';
import { callNamed, syntaxOf } from '../support/ruby';

describe('iteratorBefore', () => {
  it.each([
    ['a.map { |x| x }.last', true],
    ['a.map(&:b).last', true],
    ['a&.map(&b)&.last', true],
    ['a.map.last', false],
    ['map { |x| x }.last', false],
    ['a.map(1) { |x| x }.last', false],
    ['a.select { |x| x }.last', false],
    ['a.lazy.map { |x| x }.last', false],
    ['a.map { |x| break x }.last', false],
    ['last(a.map { |x| x })', false],
  ])('%o: %o', async (text, expected) => {
    const syntax = await syntaxOf(text);
    const found = iteratorBefore(callNamed('last', syntax), /^map$/);
    expect(found?.name ?? null).toBe(expected ? 'map' : null);
    if (expected) expect(isIterator(callNamed('map', syntax), /^map$/)).toBe(true);
  });

  it.each([
    ['a&.map(&:b).last', true],
    ['a&.map(&:b)&.last', false],
    ['a.map(&:b)&.last', false],
    ['a.map(&:b).last', false],
  ])('%o calls its last method on nil: %o', async (text, expected) => {
    const syntax = await syntaxOf(text);
    expect(callsNil(callNamed('map', syntax), callNamed('last', syntax))).toBe(expected);
  });
});

describe('blocks', () => {
  it.each([
    ['a.map { |x| x }', true],
    ['a.map { |(x, y)| x }', true],
    ['a.map { |*x| x }', true],
    ['a.map { |x = 1| x }', true],
    ['a.map { it }', true],
    ['a.map { _1 }', true],
    ['a.map(&:b)', true],
    ['a.map { |x, y| x }', false],
    ['a.map { |x, (y, z)| x }', false],
    ['a.map { |x, *y| x }', true],
    ['a.map { _2 }', false],
    ['a.map { 1 }', false],
  ])('%o takes one thing per element: %o', async (text, expected) => {
    expect(takesOne(callNamed('map', await syntaxOf(text)))).toBe(expected);
  });

  it.each([
    ['a.each_with_index.map { |x| x }', true],
    ['a.each_with_index.map { |(x, i)| x }', true],
    ['a.each_with_index.map { |x, i| x }', false],
    ['a.map.with_index.map { |x| x }', true],
    ['a.each_slice(2).map { |x| x }', false],
    ['a.b.map { |x| x }', false],
  ])('%o is given something else by other iterators: %o', async (text, expected) => {
    const syntax = await syntaxOf(text);
    expect(splitsElements(callNamed('map', syntax))).toBe(expected);
  });

  it.each([
    ['a.map(&b)', true],
    ['a.map(&method(:b))', true],
    ['a.map(&:b)', false],
    ['a.map { |x| x }', false],
    ['a.map', false],
  ])('%o was given its block: %o', async (text, expected) => {
    expect(hasGivenBlock(callNamed('map', await syntaxOf(text)))).toBe(expected);
  });
});
