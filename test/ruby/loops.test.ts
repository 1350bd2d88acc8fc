import { describe, expect, it } from 'vitest';
import { loopOf, outermostLoopOf } from '../../src/ruby/loops';
import { callNamed, syntaxOf } from '../support/ruby';

describe('the loop around a call of `x`', () => {
  it.each([
    ['rows.each { x }', 'each'],
    ['rows.each do |row|\n  x\nend', 'each'],
    ['rows.map { |r| r.tap { x } }', 'map'],
    ['rows.each { transaction { x } }', 'each'],
    ['a.each { b.map { x } }', 'map'],
    ['3.times { x }', 'times'],
    ['User.find_each { |u| x }', 'find_each'],
    ['while y\n  x\nend', 'while'],
    ['x while y', 'while'],
    ['y until x', 'until'],
    ['for a in b\n  x\nend', 'for'],
    ['for a in x\n  y\nend', null],
    ['x.each { y }', null],
    ['rows.each(x) { y }', null],
    ['transaction { x }', null],
    ['rows.each { -> { x } }', null],
    ['rows.each { define_method(:a) { x } }', null],
    ['rows.each do\n  def m\n    x\n  end\nend', null],
  ])('%o: %s', async (text, expected) => {
    const syntax = await syntaxOf(text);
    const loop = loopOf(callNamed('x', syntax), syntax);
    const name = loop && ('name' in loop.node ? loop.node.name : syntax.sourceOf(loop.node.location));
    if (expected === null) expect(loop).toBeNull();
    else expect(name).toContain(expected);
  });
});

it('knows the outermost loop', async () => {
  const syntax = await syntaxOf('as.each { bs.map { x } }');
  expect(outermostLoopOf(callNamed('x', syntax), syntax)?.node).toBe(callNamed('each', syntax));
});
