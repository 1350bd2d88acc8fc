import { describe, expect, it } from 'vitest';
import type { Lens } from '../../src/profile/lens';
import {
  buildLineIndex,
  type LineIndex,
  lineCallees,
  ownCertainty,
  ownOf,
  rowOfLine,
  rowsOfFile,
  throughCertainty,
} from '../../src/profile/lineIndex';
import type { Detail, Profile } from '../../src/profile/profile';
import { originByFolder, type ProfileText, profileFromText } from '../support/profileFromText';

const LENSES: readonly Lens[] = ['recorded', 'caller', 'mine'];

function indexOf(text: string, options: ProfileText = {}): { profile: Profile; index: LineIndex } {
  const profile = profileFromText(text, options);
  return { profile, index: buildLineIndex(profile, originByFolder(profile)) };
}

/** `file:line` -> `through own/own/own` as recorded, by caller, mine; ~ for estimates, ≤ for bounds. */
function table(text: string, options: ProfileText = {}): Record<string, string> {
  const { profile, index } = indexOf(text, options);
  return Object.fromEntries(
    Array.from(index.file, (file, row) => {
      const own = LENSES.map((lens) => {
        const mark = ownCertainty(index, lens, row) === 'exact' ? '' : '~';
        return mark + Math.round(ownOf(index, lens)[row]! * 10) / 10;
      });
      const bound = throughCertainty(index, row) === 'exact' ? '' : '≤';
      return [`${profile.strings[file]}:${index.line[row]}`, `${bound}${index.through[row]} ${own.join('/')}`];
    }),
  );
}

function brokenLaws({ profile, index }: { profile: Profile; index: LineIndex }): string[] {
  const broken: string[] = [];
  for (const lens of LENSES) {
    const own = ownOf(index, lens);
    const sum = own.reduce((all, each) => all + each, index.elsewhere[lens]);
    if (Math.abs(sum - profile.samples) > 1e-6) broken.push(`${lens}: ${sum} of ${profile.samples} samples`);
    for (let row = 0; row < index.length; row++) {
      if (own[row]! < 0 || own[row]! > index.through[row]! + 1e-9) {
        broken.push(`${lens} row ${row}: own ${own[row]}, through ${index.through[row]}`);
      }
    }
  }
  for (let row = 0; row < index.length; row++) {
    if (index.through[row]! > profile.samples) broken.push(`row ${row}: through ${index.through[row]}`);
  }
  return broken;
}

/** A sync with a block, an instantiation, a gem between, and a C call on a line of its own. */
const SYNC = `
  Job#perform@app/job.rb#1:2 > Cache#rows@app/cache.rb#10:11 > Array#map@<cfunc> > Cache#rows@app/cache.rb#10:12 > Kernel#dup@<cfunc>    40
  Job#perform@app/job.rb#1:2 > Cache#rows@app/cache.rb#10:11 > Array#map@<cfunc> > Cache#rows@app/cache.rb#10:13 > Money.new@app/money.rb#3:4  20
  Job#perform@app/job.rb#1:2 > Cache#rows@app/cache.rb#10:11 > Array#map@<cfunc>                                                          3
  Job#perform@app/job.rb#1:3 > Base.upsert@gems/orm/base.rb#7:8 > String#+@<cfunc>                                                       30
  Job#perform@app/job.rb#1:3 > Base.upsert@gems/orm/base.rb#7:9                                                                           5
  Poll#wait@gems/poll.rb#1:2 > IO.select@<cfunc>                                                                                          2
`;

describe('buildLineIndex with stacks that know their lines', () => {
  it('charges each sample under three lenses and counts a line once per sample', () => {
    expect(table(SYNC)).toEqual({
      'app/job.rb:2': '63 0/0/0',
      'app/job.rb:3': '35 0/0/35',
      'app/cache.rb:11': '63 0/3/3',
      'app/cache.rb:12': '40 0/40/40',
      'app/cache.rb:13': '20 0/0/0',
      'app/money.rb:4': '20 20/20/20',
      'gems/orm/base.rb:8': '30 0/30/0',
      'gems/orm/base.rb:9': '5 5/5/0',
      'gems/poll.rb:2': '2 0/2/0',
    });
    expect(indexOf(SYNC).index.elsewhere).toEqual({ recorded: 75, caller: 0, mine: 2 });
  });

  it('counts recursion and one-line blocks once', () => {
    expect(
      table(`
        T#walk@app/t.rb#1:2 > Array#each@<cfunc> > T#walk@app/t.rb#1:2 > Array#each@<cfunc> > T#walk@app/t.rb#1:2   7
        T#walk@app/t.rb#1:2 > T#walk@app/t.rb#1:3 > T#walk@app/t.rb#1:2                                             5
      `),
    ).toEqual({ 'app/t.rb:2': '12 12/12/12', 'app/t.rb:3': '5 0/0/0' });
  });

  it('passes over frames without a line', () => {
    // A JIT leaves the topmost Ruby frame without its line: the caller below answers.
    expect(table('A#a@app/a.rb#1:2 > B#b@app/b.rb#1 > Class#new@<cfunc>   4')).toEqual({ 'app/a.rb:2': '4 0/4/4' });
  });

  it('does not take lines of a template for lines of the file that renders it', () => {
    expect(
      table(`
        M#body@app/m.rb#19:21 > ERB#result@gems/erb.rb#5:9 > Kernel#eval@<cfunc> > M#body@app/m.rb#19:3 > String#+@<cfunc>   6
        M#body@app/m.rb#19:21 > ERB#result@gems/erb.rb#5:9 > Kernel#eval@<cfunc> > M#body@app/m.rb#19:1                      2
      `),
    ).toEqual({ 'app/m.rb:21': '8 0/0/8', 'gems/erb.rb:9': '8 0/8/0' });
  });

  it('charges core methods written in Ruby to who calls them, yet keeps their lines', () => {
    expect(table('A#a@app/a.rb#1:2 > Array#pack@<internal:pack>#7:8   4')).toEqual({
      'app/a.rb:2': '4 0/4/4',
      '<internal:pack>:8': '4 4/0/0',
    });
  });

  it('leaves samples without a stack to nobody', () => {
    const { index } = indexOf('A#a@app/a.rb#1:2   4', { samples: 5 });
    expect(index.elsewhere).toEqual({ recorded: 1, caller: 1, mine: 1 });
  });

  it('finds rows by file and line', () => {
    const { profile, index } = indexOf(SYNC);
    const file = profile.strings.indexOf('app/cache.rb');
    const { from, to } = rowsOfFile(index, file);
    expect(Array.from(index.line.slice(from, to))).toEqual([11, 12, 13]);
    expect(rowOfLine(index, file, 12)).toBe(from + 1);
    expect(rowOfLine(index, file, 14)).toBe(-1);
    expect(rowsOfFile(index, 9999)).toEqual({ from: index.length, to: index.length });
  });
});

describe('buildLineIndex with line sums only', () => {
  it('finds what the sums allow: stacks without lines', () => {
    expect(table(SYNC, { detail: 'raw' })).toEqual({
      'app/job.rb:2': '63 0/0/~0',
      'app/job.rb:3': '35 0/0/~35',
      'app/cache.rb:11': '≤63 0/~3/~3',
      'app/cache.rb:12': '≤40 0/~40/~40',
      'app/cache.rb:13': '≤20 0/~0/~0',
      'app/money.rb:4': '20 20/20/20',
      'gems/orm/base.rb:8': '30 0/30/0',
      'gems/orm/base.rb:9': '5 5/5/0',
      'gems/poll.rb:2': '2 0/2/0',
    });
  });

  it('clamps what StackProf counted per appearance', () => {
    const text = `
      T#walk@app/t.rb#1:2 > Array#each@<cfunc> > T#walk@app/t.rb#1:2 > String#+@<cfunc>   7
      T#walk@app/t.rb#1:4 > String#*@<cfunc>                                              3
    `;
    expect(table(text, { detail: 'raw' })).toEqual({ 'app/t.rb:2': '≤10 0/~7/~7', 'app/t.rb:4': '≤3 0/~3/~3' });
    // A method with one line passes through it in every one of its samples, however often it stands there.
    expect(table('T#walk@app/t.rb#1:2 > T#walk@app/t.rb#1:2 > T#walk@app/t.rb#1:2   7', { detail: 'raw' })).toEqual({
      'app/t.rb:2': '7 7/7/7',
    });
  });

  it('charges through edges when there are no stacks', () => {
    const rows = table(SYNC, { detail: 'aggregate' });
    expect(rows['app/cache.rb:12']).toBe('≤40 0/~40/~40');
    expect(rows['app/job.rb:3']).toBe('35 0/~0/~35');
    expect(rows['gems/poll.rb:2']).toBe('2 0/~2/0');
    expect(indexOf(SYNC, { detail: 'aggregate' }).index.elsewhere.mine).toBeCloseTo(2, 6);
  });

  it('gives evaluated lines to the line that evaluates', () => {
    const text = `
      M#body@app/m.rb#19:21 > ERB#result@gems/erb.rb#5:9 > Kernel#eval@<cfunc> > M#body@app/m.rb#19:3 > String#+@<cfunc>   6
    `;
    expect(table(text, { detail: 'raw' })['app/m.rb:21']).toBe('≤6 0/6/6');
    expect(table(text, { detail: 'raw' })['app/m.rb:3']).toBeUndefined();
  });

  it('has no lines where the file has none', () => {
    const { index } = indexOf(SYNC, { detail: 'aggregate', sums: false });
    expect(index.length).toBe(0);
    expect(index.elsewhere).toEqual({ recorded: 100, caller: 100, mine: 100 });
  });

  it('ends where edges go in circles', () => {
    const cycle = `
      A@<cfunc> > B@<cfunc> > A@<cfunc> > B@<cfunc> > A@<cfunc>           90
      M#m@app/m.rb#1:2 > A@<cfunc> > B@<cfunc> > A@<cfunc>                10
    `;
    const made = indexOf(cycle, { detail: 'aggregate' });
    expect(brokenLaws(made)).toEqual([]);
    expect(made.index.ownMine[0]).toBeCloseTo(10, 6);
  });
});

describe('every level of detail', () => {
  const random = (seed: number) => () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
  const someStacks = (seed: number): string => {
    const next = random(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
    const frames = ['A#a@app/a.rb#1', 'A#b@app/a.rb#9', 'B#b@app/b.rb#1', 'G.g@gems/g.rb#1', 'C@<cfunc>', 'D@<cfunc>'];
    return Array.from({ length: 12 }, () => {
      const stack = Array.from({ length: 1 + Math.floor(next() * 7) }, () => {
        const frame = pick(frames);
        const first = Number(/#(\d+)$/.exec(frame)?.[1] ?? 0);
        return first === 0 ? frame : `${frame}:${first + Math.floor(next() * 4)}`;
      });
      return `${stack.join(' > ')}   ${1 + Math.floor(next() * 9)}`;
    }).join('\n');
  };

  it('keeps own within through and loses no sample', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const text = someStacks(seed);
      for (const detail of ['raw_lines', 'raw', 'aggregate'] satisfies Detail[]) {
        expect(brokenLaws(indexOf(text, { detail })), `${detail} of\n${text}`).toEqual([]);
      }
    }
  });

  it('agrees with the truth wherever it claims to be exact, and never exceeds a bound', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const text = someStacks(seed);
      const truth = indexOf(text);
      for (const detail of ['raw', 'aggregate'] satisfies Detail[]) {
        const { profile, index } = indexOf(text, { detail });
        for (let row = 0; row < index.length; row++) {
          const file = truth.profile.strings.indexOf(profile.strings[index.file[row]!]!);
          const same = rowOfLine(truth.index, file, index.line[row]!);
          const where = `${detail} ${profile.strings[index.file[row]!]}:${index.line[row]} of\n${text}`;
          expect(index.ownRecorded[row], where).toBe(truth.index.ownRecorded[same]);
          expect(index.through[row], where).toBeGreaterThanOrEqual(truth.index.through[same]!);
          if (throughCertainty(index, row) === 'exact')
            expect(index.through[row], where).toBe(truth.index.through[same]);
          for (const lens of LENSES) {
            if (ownCertainty(index, lens, row) !== 'exact') continue;
            expect(ownOf(index, lens)[row], `${lens} ${where}`).toBeCloseTo(ownOf(truth.index, lens)[same]!, 6);
          }
        }
      }
    }
  });

  it('parts the samples through a line among its callees and itself', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const { profile, index } = indexOf(someStacks(seed));
      const rows = Array.from({ length: index.length }, (_, row) => row);
      lineCallees(profile, index, rows).forEach((callees, row) => {
        const called = callees.reduce((sum, callee) => sum + callee.samples, 0);
        expect(called + index.ownRecorded[row]!).toBe(index.through[row]);
      });
    }
  });
});

describe('lineCallees', () => {
  const callees = (text: string, at: string, options: ProfileText = {}): string[] => {
    const { profile, index } = indexOf(text, options);
    const [file, line] = at.split(':');
    const row = rowOfLine(index, profile.strings.indexOf(file!), Number(line));
    const [list] = lineCallees(profile, index, [row]);
    return list!.map(({ frame, samples }) => `${profile.strings[profile.frames.name[frame]!]} ${samples}`);
  };

  it('takes the callee under the deepest occurrence', () => {
    const text = `
      T#walk@app/t.rb#1:2 > Array#each@<cfunc> > T#walk@app/t.rb#1:2 > String#+@<cfunc>   7
      T#walk@app/t.rb#1:2 > Array#each@<cfunc>                                            2
      T#walk@app/t.rb#1:2 > T#walk@app/t.rb#1:2                                           1
      T#walk@app/t.rb#1:3 > Hash#to_a@<cfunc>                                             5
    `;
    expect(callees(text, 'app/t.rb:2')).toEqual(['String#+ 7', 'Array#each 2']);
    expect(callees(text, 'app/t.rb:3')).toEqual(['Hash#to_a 5']);
  });

  it('answers without lines in the stacks only for the one line of a method', () => {
    const text = `
      A#one@app/a.rb#1:2 > Class#new@<cfunc>   6
      A#one@app/a.rb#1:2 > Hash#dup@<cfunc>    2
      A#one@app/a.rb#1:2                       1
      B#two@app/b.rb#1:2 > Class#new@<cfunc>   3
      B#two@app/b.rb#1:3 > Class#new@<cfunc>   4
    `;
    for (const detail of ['raw', 'aggregate'] satisfies Detail[]) {
      expect(callees(text, 'app/a.rb:2', { detail })).toEqual(['Class#new 6', 'Hash#dup 2']);
      expect(callees(text, 'app/b.rb:2', { detail })).toEqual([]);
    }
  });
});
