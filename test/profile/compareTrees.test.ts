import { describe, expect, it } from 'vitest';
import { changeLevel } from '../../src/profile/changeLevel';
import { comparedStacks } from '../../src/profile/comparedStacks';
import { compareProfiles } from '../../src/profile/compareProfiles';
import { buildComparedTree, type ComparedWidth } from '../../src/profile/compareTrees';
import type { Scaling } from '../../src/profile/comparison';
import { brokenInvariants } from '../../src/profile/integrity';
import { buildLineIndex } from '../../src/profile/lineIndex';
import { measureOf } from '../../src/profile/measure';
import type { Profile } from '../../src/profile/profile';
import { type TreeShape, wholeByLine } from '../../src/profile/treeShape';
import { alignFiles } from '../../src/source/alignFiles';
import { originByFolder, type ProfileText, profileFromText } from '../support/profileFromText';

interface Asked {
  readonly shape?: Partial<TreeShape>;
  readonly width?: ComparedWidth;
  readonly scaling?: Scaling;
}

function compare(before: Profile, after: Profile, scaling: Scaling = { by: 'none' }) {
  const relative = (profile: Profile) => profile.strings.map((file) => (/^(app|lib)\//.test(file) ? file : null));
  const keys = alignFiles(
    { profile: before, relative: relative(before) },
    { profile: after, relative: relative(after) },
  );
  const side = (profile: Profile, fileKeys: readonly string[]) => {
    const origin = originByFolder(profile);
    return { profile, measure: measureOf(profile), origin, lines: buildLineIndex(profile, origin), fileKeys };
  };
  return compareProfiles(side(before, keys.before), side(after, keys.after), { lens: 'mine', scaling });
}

/** `depth name:line before>after level` per box, in the order of the tree. */
function boxes(before: Profile, after: Profile, { shape = {}, width = 'both', scaling }: Asked = {}): string[] {
  const comparison = compare(before, after, scaling);
  const stacks = comparedStacks(comparison);
  if (stacks === null) return ['no stacks'];
  const compared = buildComparedTree(comparison, stacks, { ...wholeByLine, ...shape }, width);
  const { profile, tree } = compared;
  return Array.from({ length: tree.length }, (_, node) => {
    const name = profile.strings[profile.frames.name[tree.frame[node]!]!]!;
    const figures = `${compared.before[node]}>${compared.after[node]} ${compared.level[node]}`;
    return `${tree.depth[node]} ${name}:${tree.line[node]} ${figures}`;
  });
}

const old = (options?: ProfileText) =>
  profileFromText(
    'A#a@app/a.rb#5:6 > Kernel#dup@<cfunc> 60\nA#a@app/a.rb#5:8 > B#b@app/b.rb#1:2 30\nA#a@app/a.rb#5:8 10',
    options,
  );
const now = (options?: ProfileText) =>
  profileFromText(
    'A#a@app/a.rb#7:10 > B#b@app/b.rb#1:2 30\nA#a@app/a.rb#7:10 12\nA#a@app/a.rb#7:11 > C#c@app/c.rb#1:2 8',
    options,
  );

describe('buildComparedTree', () => {
  it('has what either side has, the same boxes with both figures, wide as the larger one', () => {
    expect(boxes(old(), now())).toEqual([
      '0 A#a:-6 60>0 -3',
      '1 Kernel#dup:0 60>0 -3',
      '0 A#a:10 40>42 2',
      '1 B#b:2 30>30 0',
      '0 A#a:11 0>8 3',
      '1 C#c:2 0>8 3',
    ]);
  });

  it('is as wide as one side, without what that side has not', () => {
    const names = (asked: Asked) => boxes(old(), now(), asked).map((box) => box.split(' ').slice(1, 3).join(' '));
    expect(names({ width: 'after' })).toEqual(['A#a:10 40>42', 'B#b:2 30>30', 'A#a:11 0>8', 'C#c:2 0>8']);
    expect(names({ width: 'before' })).toEqual(['A#a:-6 60>0', 'Kernel#dup:0 60>0', 'A#a:10 40>42', 'B#b:2 30>30']);
  });

  it('joins lines by method, and where one side has no lines', () => {
    const byMethod = ['0 A#a:0 100>50 -3', '1 Kernel#dup:0 60>0 -3', '1 B#b:0 30>30 0', '1 C#c:0 0>8 3'];
    expect(boxes(old(), now(), { shape: { groupBy: 'method' } })).toEqual(byMethod);
    expect(boxes(old({ detail: 'raw' }), now())).toEqual(byMethod);
    expect(boxes(old(), now({ detail: 'aggregate' }))).toEqual(['no stacks']);
  });

  it('turns round', () => {
    expect(boxes(old(), now(), { shape: { groupBy: 'method', direction: 'callers' } })).toEqual([
      '0 Kernel#dup:0 60>0 -3',
      '1 A#a:0 60>0 -3',
      '0 B#b:0 30>30 0',
      '1 A#a:0 30>30 0',
      '0 A#a:0 10>12 2',
      '0 C#c:0 0>8 3',
      '1 A#a:0 0>8 3',
    ]);
  });

  it('scales the figures before to those after', () => {
    const scaled = boxes(old(), now(), { shape: { groupBy: 'method' }, scaling: { by: 'total' }, width: 'after' });
    expect(scaled).toEqual(['0 A#a:0 50>50 0', '1 B#b:0 15>30 3', '1 C#c:0 0>8 3']);
  });

  it('is all zero for the same profile, and chance is no change', () => {
    for (const width of ['before', 'after', 'both'] as const) {
      expect(boxes(now(), now(), { width }).every((box) => box.endsWith(' 0'))).toBe(true);
    }
    const sampled = (count: number) => profileFromText(`A#a@app/a.rb#1:2 ${count}`, { interval: 53 });
    expect(boxes(sampled(100), sampled(120))).toEqual(['0 A#a:2 100>120 0']);
    expect(boxes(sampled(100), sampled(150))).toEqual(['0 A#a:2 100>150 3']);
  });

  it('takes an empty side', () => {
    expect(boxes(profileFromText(''), now(), { width: 'before' })).toEqual([]);
    expect(boxes(profileFromText(''), now()).length).toBe(4);
  });
});

describe('comparedStacks', () => {
  it('makes sound profiles', () => {
    const stacks = comparedStacks(compare(old(), now()))!;
    expect(brokenInvariants(stacks.after)).toEqual([]);
    // Lines that are gone are negative, and nothing else is wrong.
    for (const profile of [stacks.before, stacks.both]) {
      expect(brokenInvariants(profile).filter((broken) => !/^stacks\.line\[\d+\] is -/.test(broken))).toEqual([]);
    }
    expect([stacks.before.samples, stacks.after.samples, stacks.both.samples]).toEqual([100, 50, 110]);
  });
});

it('changeLevel grows with the part of the whole', () => {
  expect([0, 1, 2, 10, 49, 50, -1, -2, -10, -600].map((delta) => changeLevel(delta, 1000))).toEqual([
    0, 0, 1, 2, 2, 3, 0, -1, -2, -3,
  ]);
  expect(changeLevel(5, 0)).toBe(0);
});
