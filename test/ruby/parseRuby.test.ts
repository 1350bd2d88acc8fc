import { CallNode } from '@ruby/prism/src/nodes.js';
import { describe, expect, it } from 'vitest';
import { Syntax } from '../../src/ruby/syntax';
import { applyEdits } from '../../src/ruby/textRange';
import { Utf16Positions } from '../../src/ruby/utf16Positions';
import { prism } from '../support/prism';
import { randomSource } from '../support/randomSource';

async function callsIn(text: string, version: string | null = null): Promise<string[]> {
  const parsed = (await prism()).parse(text, version);
  if (!parsed) return ['unparsed'];
  return new Syntax(parsed).nodes.filter((node) => node instanceof CallNode).map((call) => call.name);
}

describe('parse', () => {
  it('reads branches that stand in lists', async () => {
    expect(await callsIn('case x\nwhen 1 then a.each\nelse b.map\nend')).toEqual(
      expect.arrayContaining(['each', 'map']),
    );
    expect(await callsIn('def m(a = b.c, *)\nrescue d.e\n  f.g\nend')).toEqual(expect.arrayContaining(['c', 'e', 'g']));
  });

  it.each(['[', '(', '{a: ', 'a { ', 'if a; '])(
    'survives %o nested thousands of times, and parses on',
    async (open) => {
      const parser = await prism();
      parser.parse(open.repeat(5000), null);
      expect(parser.parse('1', null)?.errors).toBe(0);
    },
  );

  it('survives a chain of thousands of calls, and parses on', async () => {
    const parser = await prism();
    const parsed = parser.parse(`a${'.b'.repeat(1500)}`, null);
    if (parsed) expect(new Syntax(parsed).nodes.length).toBeGreaterThan(1500);
    parser.parse(`a${'.b'.repeat(20000)}`, null);
    expect(parser.parse('1', null)?.errors).toBe(0);
  });

  it.each([
    '1.9.3',
    '2.7',
    '3.2.4',
    '3.3.8',
    '3.4.1',
    '3.5.0',
    '4.0.0',
    '4.1.0',
    '9.9',
    'ruby 3.1.2p20',
    'jruby',
    '',
    null,
  ])('takes version %o', async (version) => {
    expect(await callsIn('a.b', version)).toContain('b');
  });

  it('ignores the encoding a file declares: an editor’s text is Unicode', async () => {
    const parsed = (await prism()).parse('# coding: euc-jp\nx = "日本"\n', null);
    expect(parsed?.errors).toBe(0);
  });

  it('gives a tree for broken text', async () => {
    const parsed = (await prism()).parse('def a\n  u.each { |x| x.\nend', null);
    expect(parsed?.errors).toBeGreaterThan(0);
  });

  it('never throws, whatever the text', async () => {
    const parser = await prism();
    const random = randomSource(11);
    const source =
      'class A\n  def b(c, d: 1)\n    User.all.each { |u| u.touch "#{c}" if d }\n  rescue => e\n    %w[é 😀]\n  end\nend\n';
    for (let round = 0; round < 400; round++) {
      const from = Math.floor(random() * source.length);
      const to = from + Math.floor(random() * 12);
      const junk = String.fromCharCode(...Array.from({ length: 3 }, () => Math.floor(random() * 0xffff)));
      const parsed = parser.parse(source.slice(0, from) + junk + source.slice(to), null);
      if (parsed) expect(new Syntax(parsed).nodes.length).toBeGreaterThan(0);
    }
    expect(parser.parse(source, null)?.errors).toBe(0);
  });
});

describe('positions', () => {
  it('counts UTF-16 units where Prism counts UTF-8 bytes', async () => {
    const parsed = (await prism()).parse('x = "😀é"; users.each\n"日本"; b.c', null)!;
    const syntax = new Syntax(parsed);
    const calls = syntax.nodes.filter((node) => node instanceof CallNode);
    const each = calls.find((call) => call.name === 'each')!;
    expect(syntax.rangeOf(each.messageLoc!)).toEqual({
      start: { line: 0, character: 17 },
      end: { line: 0, character: 21 },
    });
    const c = calls.find((call) => call.name === 'c')!;
    expect(syntax.rangeOf(c.messageLoc!)).toEqual({ start: { line: 1, character: 8 }, end: { line: 1, character: 9 } });
    expect(syntax.lineOf(c.messageLoc!)).toBe(2);
    expect(syntax.sourceOf(each.location)).toBe('users.each');
  });

  it('counts a byte order mark and lone surrogates', () => {
    const positions = new Utf16Positions('\uFEFFa\ud800b\r\nc');
    expect(positions.positionAt(3)).toEqual({ line: 0, character: 1 });
    expect(positions.positionAt(7)).toEqual({ line: 0, character: 3 });
    expect(positions.positionAt(10)).toEqual({ line: 1, character: 0 });
    expect(positions.positionAt(99)).toEqual({ line: 1, character: 1 });
  });

  it('agrees with encoding the text up to there', () => {
    const random = randomSource(3);
    const alphabet = ['a', '\n', 'é', '日', '😀', '\r\n', ' '];
    for (let round = 0; round < 100; round++) {
      const text = Array.from({ length: 20 }, () => alphabet[Math.floor(random() * alphabet.length)]!).join('');
      const positions = new Utf16Positions(text);
      let unit = 0;
      for (const character of text) {
        const byte = new TextEncoder().encode(text.slice(0, unit)).length;
        const above = text.slice(0, unit).split('\n');
        expect(positions.unitAt(byte)).toBe(unit);
        expect(positions.positionAt(byte)).toEqual({ line: above.length - 1, character: above.at(-1)!.length });
        unit += character.length;
      }
    }
  });
});

describe('applyEdits', () => {
  it('replaces in any order, also on lines that end with a carriage return', () => {
    const edits = [
      { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } }, newText: 'B' },
      { range: { start: { line: 0, character: 1 }, end: { line: 0, character: 2 } }, newText: '' },
    ];
    expect(applyEdits('axe\r\nb', edits)).toBe('ae\r\nB');
  });
});
