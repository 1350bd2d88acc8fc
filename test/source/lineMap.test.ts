import { describe, expect, it } from 'vitest';
import { diffLines } from '../../src/source/diffLines';
import { type LineMap, openLineMap } from '../../src/source/lineMap';
import { randomSource } from '../support/randomSource';

const text = ['def a', '  one', '  two', '  three', 'end', '', 'def b', '  one', 'end'].join('\n');

/** Where each line of the opened text is: its number from 0, `~` when stale, `-` when it is gone. */
function places(map: LineMap): string {
  return text
    .split('\n')
    .map((_, i) => map.lineNow(i + 1))
    .map((at) => (at === null ? '-' : `${at.stale ? '~' : ''}${at.line}`))
    .join(' ');
}

function edit(change: (lines: string[]) => void): string {
  const lines = text.split('\n');
  change(lines);
  return lines.join('\n');
}

describe('an edited document', () => {
  it.each<[string, (lines: string[]) => void, string]>([
    ['nothing', () => {}, '0 1 2 3 4 5 6 7 8'],
    ['a line typed in', (l) => l.splice(2, 0, '  new'), '0 1 3 4 5 6 7 8 9'],
    ['a line changed', (l) => (l[2] = '  two + 1'), '0 1 ~2 3 4 5 6 7 8'],
    ['a line broken in two', (l) => l.splice(2, 1, '  tw', 'o'), '0 1 ~2 4 5 6 7 8 9'],
    ['two lines joined', (l) => l.splice(2, 2, '  two three'), '0 1 ~2 - 3 4 5 6 7'],
    ['a line removed', (l) => l.splice(2, 1), '0 1 - 2 3 4 5 6 7'],
    ['two places at once', (l) => l.splice(0, 8, '# top', ...l.slice(0, 7)), '1 2 3 4 5 6 7 - 8'],
    ['only the indentation', (l) => (l[2] = '      two'), '0 1 2 3 4 5 6 7 8'],
    ['all of it', (l) => l.splice(0, 9, 'x'), '~0 - - - - - - - -'],
  ])('%s', (_, change, expected) => {
    const map = openLineMap([], text);
    map.update(edit(change));
    expect(places(map)).toBe(expected);
  });

  it('is as it was after the edit is taken back', () => {
    const map = openLineMap([], text);
    map.update(edit((lines) => lines.splice(1, 4)));
    expect(map.lineNow(3)).toBeNull();
    map.update(text);
    expect(places(map)).toBe('0 1 2 3 4 5 6 7 8');
  });

  it('finds its way back', () => {
    const map = openLineMap([], text);
    map.update(edit((lines) => lines.splice(2, 1, '  changed', '  new')));
    expect(map.lineThen(1)).toEqual({ line: 2, stale: false });
    expect(map.lineThen(2)).toEqual({ line: 3, stale: true });
    expect(map.lineThen(3)).toBeNull();
    expect(map.lineThen(4)).toEqual({ line: 4, stale: false });
  });

  it('adds to a drift that was there when it was opened', () => {
    const map = openLineMap([{ name: 'A#b', line: 5 }], text);
    expect(map.drift).toContain('b moved from line 5 to 7');
    expect(map.lineNow(6)).toEqual({ line: 7, stale: false });
    map.update(edit((lines) => lines.unshift('# top')));
    expect(map.lineNow(6)).toEqual({ line: 8, stale: false });
    expect(map.lineThen(8)).toEqual({ line: 6, stale: false });
  });
});

describe('laws, under random edits', () => {
  const random = randomSource(7);
  const pick = (below: number): number => Math.floor(random() * below);
  const words = ['end', '', 'a', 'b', '  c', 'def x'];

  it('keeps order, never puts two lines in one place, and lines that are not stale have their text', () => {
    for (let round = 0; round < 300; round++) {
      const opened = Array.from({ length: pick(30) }, () => words[pick(words.length)]!);
      const map = openLineMap([], opened.join('\n'));
      const lines = [...opened];
      for (let step = 0; step < 4; step++) {
        const inserted = Array.from({ length: pick(4) }, () => words[pick(words.length)]!);
        lines.splice(pick(lines.length + 1), pick(4), ...inserted);
        const now = lines.join('\n');
        map.update(now);
        const current = now.split('\n');
        let last = -1;
        opened.forEach((line, i) => {
          const at = map.lineNow(i + 1);
          if (!at) return;
          expect(at.line).toBeGreaterThan(last);
          expect(at.line).toBeLessThan(current.length);
          last = at.line;
          if (!at.stale) expect(current[at.line]!.trim()).toBe(line.trim());
          expect(map.lineThen(at.line)).toEqual({ line: i + 1, stale: at.stale });
        });
      }
      map.update(opened.join('\n'));
      for (let i = 0; i < opened.length; i++) expect(map.lineNow(i + 1)).toEqual({ line: i, stale: false });
    }
  });

  it('keeps as many lines as any alignment could', () => {
    for (let round = 0; round < 300; round++) {
      const make = (): string[] => Array.from({ length: pick(14) }, () => words[pick(words.length)]!.trim());
      const before = make();
      const after = make();
      const kept = diffLines(before, after).filter((line) => line >= 0).length;
      expect(kept).toBe(longestCommon(before, after));
    }
  });

  it('gives up on texts that have little in common, but keeps head and tail', () => {
    const before = Array.from({ length: 3000 }, (_, i) => `before ${i}`);
    const after = Array.from({ length: 3000 }, (_, i) => `after ${i}`);
    const match = diffLines(['head', ...before, 'tail'], ['head', ...after, 'tail']);
    expect(match[0]).toBe(0);
    expect(match[3001]).toBe(3001);
    expect(match.filter((line) => line >= 0)).toHaveLength(2);
  });
});

function longestCommon(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      table[i]![j] = a[i - 1] === b[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!);
    }
  }
  return table[a.length]![b.length]!;
}
