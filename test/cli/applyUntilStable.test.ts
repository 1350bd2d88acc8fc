import { describe, expect, it } from 'vitest';
import { applyUntilStable } from '../../src/cli/applyUntilStable';
import type { Finding } from '../../src/findings/judge';
import type { Safety } from '../../src/ruby/pattern';

/** A finding for every word `from`, whose fix writes `to`. */
function finder(rules: ReadonlyArray<{ from: string; to: string; safety?: Safety }>): (text: string) => Finding[] {
  return (text) =>
    rules.flatMap(({ from, to, safety = 'safe' }) =>
      text.split('\n').flatMap((lineText, line) => {
        const character = lineText.indexOf(from);
        return character < 0 ? [] : [finding(line, character, from, to, safety)];
      }),
    );
}

function finding(line: number, character: number, id: string, newText: string, safety: Safety): Finding {
  const range = { start: { line, character }, end: { line, character: character + id.length } };
  return {
    ...{ id, file: '/a.rb', range, share: null, objects: null, gain: 'objects', savedObjects: null, safety },
    ...{ severity: 'warning', confidence: 'high', title: id, explanation: '', alternatives: [], related: [] },
    fix: { title: `${id} -> ${newText}`, edits: [{ range, newText }] },
  };
}

const always = (): boolean => true;
const ids = (made: ReadonlyArray<{ finding: Finding }>): string[] => made.map((one) => one.finding.id);

describe('applyUntilStable', () => {
  it('makes fixes of different lines at once and those of one line one after the other, safe ones first', () => {
    const find = finder([
      { from: 'b', to: 'B', safety: 'review' },
      { from: 'a', to: 'A' },
    ]);
    const { text, made } = applyUntilStable('b a\nb', find, always);
    expect(text).toBe('B A\nB');
    expect(ids(made)).toEqual(['b', 'a', 'b']);
    expect(made.map((one) => one.finding.range.start.line)).toEqual([1, 0, 0]);
  });

  it('makes the fix that adds lines last', () => {
    const find = finder([
      { from: 'a', to: 'do\nA\nend' },
      { from: 'b', to: 'B', safety: 'review' },
    ]);
    expect(ids(applyUntilStable('a b', find, always).made)).toEqual(['b', 'a']);
  });

  it('looks again at what it made', () => {
    expect(
      applyUntilStable(
        'one',
        finder([
          { from: 'one', to: 'two' },
          { from: 'two', to: 'three' },
        ]),
        always,
      ).text,
    ).toBe('three');
  });

  it('does nothing the second time', () => {
    const find = finder([
      { from: 'x', to: 'yy' },
      { from: 'y', to: 'z' },
    ]);
    const once = applyUntilStable('x x\nx y', find, always).text;
    expect(applyUntilStable(once, find, always)).toEqual({ text: once, made: [] });
  });

  it('leaves out a fix that breaks the syntax, not the others', () => {
    const find = finder([
      { from: 'a', to: '(' },
      { from: 'b', to: 'B' },
    ]);
    const { text, made } = applyUntilStable('a\nb', find, (made) => !made.includes('('));
    expect(text).toBe('a\nB');
    expect(ids(made)).toEqual(['b']);
  });

  it('ends where rewrites undo each other', () => {
    expect(
      applyUntilStable(
        'a',
        finder([
          { from: 'a', to: 'b' },
          { from: 'b', to: 'a' },
        ]),
        always,
      ).text,
    ).toBe('b');
  });
});
