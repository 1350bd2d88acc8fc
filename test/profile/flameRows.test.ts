import { describe, expect, it } from 'vitest';
import { buildCallTree } from '../../src/profile/callTree';
import { type FlameRange, selectFlameRows } from '../../src/profile/flameRows';
import { wholeByLine } from '../../src/profile/treeShape';
import { profileFromText } from '../support/profileFromText';

const profile = profileFromText(`
  A@a.rb:1 > B@b.rb:1 > C@c.rb:1   40
  A@a.rb:1 > B@b.rb:1 > D@d.rb:1   10
  A@a.rb:1 > E@e.rb:1               9
  A@a.rb:1 > F@f.rb:1               1
  G@g.rb:1 > H@h.rb:1              30
  I@i.rb:1                          1
`);
const tree = buildCallTree(profile, { ...wholeByLine, groupBy: 'method' });
const all: FlameRange = { from: 0, to: Number.POSITIVE_INFINITY, minSamples: 0 };

const names = (range: Partial<FlameRange>): string =>
  Array.from(
    selectFlameRows(tree, { ...all, ...range }).frame,
    (frame) => profile.strings[profile.frames.name[frame]!],
  ).join('');

describe('selectFlameRows', () => {
  it('is the whole tree when everything can be seen', () => {
    const rows = selectFlameRows(tree, all);
    expect(names({})).toBe('ABCDEFGHI');
    expect(rows).toMatchObject({ totalSamples: 91, maxDepth: 3, pruned: false, approximate: false, length: 9 });
    for (const column of ['parent', 'depth', 'start', 'total', 'self', 'frame', 'line', 'subtreeEnd'] as const) {
      expect(Array.from(rows[column])).toEqual(Array.from(tree[column]));
    }
  });

  it('leaves out what is too narrow and says so', () => {
    expect(names({ minSamples: 2 })).toBe('ABCDEGH');
    expect(names({ minSamples: 35 })).toBe('ABC');
    expect(selectFlameRows(tree, { ...all, minSamples: 2 }).pruned).toBe(true);
    expect(selectFlameRows(tree, { ...all, minSamples: 1 }).pruned).toBe(false);
  });

  it('takes what overlaps the range, with its ancestors', () => {
    expect(names({ from: 45, to: 55 })).toBe('ABDE');
    expect(names({ from: 60, to: 90 })).toBe('GH');
    expect(names({ from: 40, to: 50 })).toBe('ABD');
  });

  it('does not call a range pruned for what is outside of it', () => {
    expect(selectFlameRows(tree, { from: 0, to: 50, minSamples: 2 }).pruned).toBe(false);
    expect(selectFlameRows(tree, { from: 59, to: 60, minSamples: 2 }).pruned).toBe(true);
  });

  it('speaks of its own rows, each with its parent before it', () => {
    const rows = selectFlameRows(tree, { from: 45, to: 70, minSamples: 5 });
    expect(Array.from(rows.node, (node) => tree.frame[node])).toEqual(Array.from(rows.frame));
    expect(Array.from(rows.parent)).toEqual([-1, 0, 1, 0, -1, 4]);
    expect(Array.from(rows.subtreeEnd)).toEqual([4, 3, 3, 4, 6, 6]);
  });

  it('selects exactly what a full walk finds, for many ranges', () => {
    for (let from = 0; from < 91; from += 7) {
      for (const width of [1, 13, 91]) {
        for (const minSamples of [0, 1, 2, 10, 41]) {
          const range = { from, to: from + width, minSamples };
          const expected = Array.from(tree.frame.keys()).filter(
            (node) =>
              tree.total[node]! >= minSamples &&
              tree.start[node]! < range.to &&
              tree.start[node]! + tree.total[node]! > range.from,
          );
          expect(Array.from(selectFlameRows(tree, range).node)).toEqual(expected);
        }
      }
    }
  });
});
