import { describe, expect, it } from 'vitest';
import { compareProfiles } from '../../src/profile/compareProfiles';
import type { CompareOptions, Comparison } from '../../src/profile/comparison';
import { buildLineIndex } from '../../src/profile/lineIndex';
import { measureOf } from '../../src/profile/measure';
import type { Profile } from '../../src/profile/profile';
import { alignFiles } from '../../src/source/alignFiles';
import { originByFolder, type ProfileText, profileFromText } from '../support/profileFromText';

const OPTIONS: CompareOptions = { lens: 'mine', scaling: { by: 'none' } };

function compare(before: Profile, after: Profile, options: Partial<CompareOptions> = {}): Comparison {
  const relative = (profile: Profile) => profile.strings.map((file) => (/^(app|lib)\//.test(file) ? file : null));
  const keys = alignFiles(
    { profile: before, relative: relative(before) },
    { profile: after, relative: relative(after) },
  );
  const side = (profile: Profile, fileKeys: readonly string[]) => {
    const origin = originByFolder(profile);
    return { profile, measure: measureOf(profile), origin, lines: buildLineIndex(profile, origin), fileKeys };
  };
  return compareProfiles(side(before, keys.before), side(after, keys.after), { ...OPTIONS, ...options });
}

/** `name before>after` of the methods, by what goes through; `Name new 0>5`. */
function methods({ methods, sides }: Comparison): string[] {
  return methods
    .map(({ before, after, fate, through }) => {
      const [{ profile }, frame] = after < 0 ? [sides.before, before] : [sides.after, after];
      return `${profile.strings[profile.frames.name[frame]!]!} ${fate} ${through.before}>${through.after}`;
    })
    .sort();
}

function lines({ lines, sides }: Comparison): string[] {
  const at = (side: 'before' | 'after', row: number): string => (row < 0 ? '-' : String(sides[side].lines.line[row]!));
  return lines
    .map(
      ({ before, after, fate, own }) =>
        `${at('before', before)}>${at('after', after)} ${fate} ${own.before}>${own.after}`,
    )
    .sort();
}

const SYNC = `
  SyncJob#perform@app/sync.rb#5:6 > Array#map@<cfunc> > Kernel#dup@<cfunc>          5
  SyncJob#perform@app/sync.rb#5:8 > Money#initialize@app/money.rb#2:3               2
  SyncJob#perform@app/sync.rb#5:9 > Class#new@<cfunc> > Money#initialize@app/money.rb#2:4   3
`;

describe('compareProfiles', () => {
  it.each<ProfileText>([
    {},
    { detail: 'raw' },
    { detail: 'aggregate' },
    { interval: 7 },
    { mode: 'wall', interval: 1000 },
  ])('finds no change in the same profile: %o', (text) => {
    const comparison = compare(profileFromText(SYNC, text), profileFromText(SYNC, text));
    expect(comparison.methods.length).toBe(5);
    expect(comparison.lines.length).toBe(5);
    for (const row of [...comparison.methods, ...comparison.lines]) {
      expect(row.fate).toBe('same');
      expect(row.own.after).toBe(row.own.before);
      expect(row.through.after).toBe(row.through.before);
    }
  });

  it('says the opposite when turned round', () => {
    const before = profileFromText(SYNC);
    const after = profileFromText(`
      SyncJob#perform@app/sync.rb#7:9 > Array#map@<cfunc> > Kernel#dup@<cfunc>   1
      SyncJob#perform@app/sync.rb#7:10 > Struct.new@<cfunc>                      9
      SyncJob#perform@app/sync.rb#7:12 > Money#initialize@app/money.rb#2:3       4
    `);
    const [there, back] = [compare(before, after), compare(after, before)];
    const opposite = { new: 'vanished', vanished: 'new', grown: 'shrunk', shrunk: 'grown', same: 'same' } as const;
    for (const of of ['methods', 'lines'] as const) {
      const forth = there[of].map(({ before, after, fate, own }) => ({ before, after, fate, own }));
      const turned = back[of].map(({ before, after, fate, own }) => ({
        before: after,
        after: before,
        fate: opposite[fate],
        own: { before: own.after, after: own.before },
      }));
      expect(new Set(turned.map((row) => JSON.stringify(row)))).toEqual(
        new Set(forth.map((row) => JSON.stringify(row))),
      );
    }
  });

  it('takes a definition that moved for the same one, with its lines', () => {
    const before = profileFromText('A#a@app/a.rb#5:6 5\nA#a@app/a.rb#5:8 > Kernel#dup@<cfunc> 3');
    const after = profileFromText('A#a@app/a.rb#25:26 5\nA#a@app/a.rb#25:28 > Kernel#dup@<cfunc> 3');
    expect(methods(compare(before, after))).toEqual(['A#a same 8>8', 'Kernel#dup same 3>3']);
    expect(lines(compare(before, after))).toEqual(['6>26 same 5>5', '8>28 same 3>3']);
  });

  it('follows lines that moved within their method', () => {
    const before = profileFromText('A#a@app/a.rb#5:6 5\nA#a@app/a.rb#5:8 > Kernel#dup@<cfunc> 3');
    const after = profileFromText(
      'A#a@app/a.rb#5:6 > String#*@<cfunc> 9\nA#a@app/a.rb#5:9 5\nA#a@app/a.rb#5:11 > Kernel#dup@<cfunc> 3',
    );
    expect(lines(compare(before, after))).toEqual(['->6 new 0>9', '6>9 same 5>5', '8>11 same 3>3']);
  });

  it('takes a rewritten line in its place for the same one, and unlike lines elsewhere for two', () => {
    const before = profileFromText('A#a@app/a.rb#5:6 > Kernel#dup@<cfunc> 50\nA#a@app/a.rb#5:9 > Array#map@<cfunc> 50');
    const after = profileFromText('A#a@app/a.rb#5:6 > Integer#+@<cfunc> 4\nA#a@app/a.rb#5:10 > Hash#to_a@<cfunc> 40');
    expect(lines(compare(before, after))).toEqual(['->10 new 0>40', '6>6 shrunk 50>4', '9>- vanished 50>0']);
  });

  it('does not see addresses, numbers of templates, versions of gems and folders', () => {
    const stack = (address: string, gem: string, root: string) =>
      profileFromText(`
        #<Class:0x${address}>#_app_views_x_html_erb___${address}_6160@${root}/views/x.html.erb#1:1 > #<Module:0x${address}>#m@/usr/gems/rack-${gem}/lib/rack/a.rb#4:5  5
        Job#a@${root}/jobs/a.rb#1:2 > B.b@(eval at ${root}/jobs/a.rb:12)#1:1  5
      `);
    const comparison = compare(stack('1234', '3.1.2', '/app/src'), stack('98765', '3.2.0', '/srv/releases/2026/src'));
    expect(comparison.methods.map(({ fate }) => fate)).toEqual(['same', 'same', 'same', 'same']);
    expect(comparison.lines.every(({ fate }) => fate === 'same')).toBe(true);
  });

  it('takes a core method for the same one in C and in Ruby', () => {
    const before = profileFromText('A#a@app/a.rb#1:2 > Array#each@<cfunc> 5');
    const after = profileFromText('A#a@app/a.rb#1:2 > Array#each@<internal:array>#20:24 5');
    expect(methods(compare(before, after))).toEqual(['A#a same 5>5', 'Array#each same 5>5']);
  });

  it.each(['raw_lines', 'raw', 'aggregate'] as const)(
    'does not see that a Ruby has no frame of Class#new: %s',
    (detail) => {
      const before = profileFromText(
        'A#a@app/a.rb#1:2 > Class#new@<cfunc> > A#initialize@app/a.rb#9:10 5\nA#a@app/a.rb#1:2 > Class#new@<cfunc> 7',
        { detail },
      );
      const after = profileFromText('A#a@app/a.rb#1:2 > A#initialize@app/a.rb#9:10 5\nA#a@app/a.rb#1:2 7', { detail });
      for (const lens of ['recorded', 'caller', 'mine'] as const) {
        const comparison = compare(before, after, { lens });
        expect(methods(comparison)).toEqual(['A#a same 12>12', 'A#initialize same 5>5']);
        expect(comparison.methods.every(({ own }) => own.before === own.after)).toBe(true);
      }
    },
  );

  it('counts a sample once in a method of several frames', () => {
    const before = profileFromText('#<Class:0x1>#a@app/a.rb#1:2 > #<Class:0x2>#a@app/a.rb#1:2 5');
    expect(methods(compare(before, before))).toEqual(['#<Class:0x1>#a same 5>5']);
  });

  it('leaves changes within the sampling error out', () => {
    const changed = (count: number) =>
      profileFromText(`A#a@app/a.rb#1:2 100\nA#b@app/a.rb#5:6 ${count}`, { interval: 53 });
    const before = profileFromText('A#a@app/a.rb#1:2 110', { interval: 53 });
    expect(methods(compare(before, changed(3)))).toEqual(['A#a same 5830>5300', 'A#b same 0>159']);
    expect(methods(compare(before, changed(5)))).toEqual(['A#a same 5830>5300', 'A#b new 0>265']);
  });

  it('does not believe own of lines that is shared out, unless what goes through changed too', () => {
    // Both lines call both methods, so without lines nobody knows which makes what.
    const calls = [
      'A#a@app/a.rb#1:2 > B#b@/gems/b-1/b.rb#1:2 6',
      'A#a@app/a.rb#1:3 > B#b@/gems/b-1/b.rb#1:2 > C#c@app/c.rb#1:2 6',
      'A#a@app/a.rb#1:3 > D#d@/gems/b-1/b.rb#4:5 2',
      'A#a@app/a.rb#1:2 > D#d@/gems/b-1/b.rb#4:5 > C#c@app/c.rb#1:2 9',
    ].join('\n');
    const changed = (text: string) =>
      compare(profileFromText(calls), profileFromText(text, { detail: 'raw' })).lines.filter(
        ({ fate }) => fate !== 'same',
      ).length;
    expect(changed(calls)).toBe(0);
    expect(changed(calls.replaceAll(' 6', ' 60'))).toBeGreaterThan(0);
  });

  it('scales by totals and by jobs', () => {
    const before = profileFromText('A#a@app/a.rb#1:2 100\nA#b@app/b.rb#5:6 100');
    const after = profileFromText('A#a@app/a.rb#1:2 50\nA#b@app/b.rb#5:6 50');
    expect(methods(compare(before, after))).toEqual(['A#a shrunk 100>50', 'A#b shrunk 100>50']);
    const byTotal = compare(before, after, { scaling: { by: 'total' } });
    expect(methods(byTotal)).toEqual(['A#a same 100>100', 'A#b same 100>100']);
    expect(byTotal.total).toEqual({ before: 200, after: 200 });
    const byJobs = compare(before, after, { scaling: { by: 'jobs', before: 10, after: 5 } });
    expect(methods(byJobs)).toEqual(['A#a same 10>10', 'A#b same 10>10']);
  });

  it('takes two empty profiles', () => {
    const comparison = compare(profileFromText(''), profileFromText(''), { scaling: { by: 'total' } });
    expect(comparison).toMatchObject({ methods: [], lines: [], total: { before: 0, after: 0 } });
  });
});
