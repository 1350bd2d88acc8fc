import { describe, expect, it } from 'vitest';
import { atCapture, type Evidence } from '../../src/findings/evidence';
import { profileEvidence } from '../../src/findings/profileEvidence';
import { buildLineIndex } from '../../src/profile/lineIndex';
import { measureOf } from '../../src/profile/measure';
import type { Detail } from '../../src/profile/profile';
import { originByFolder, profileFromText } from '../support/profileFromText';

function evidence(stacks: string, detail: Detail = 'raw_lines'): Evidence {
  const profile = profileFromText(stacks, { detail });
  const origin = originByFolder(profile);
  return profileEvidence({
    profile,
    measure: measureOf(profile),
    lines: buildLineIndex(profile, origin),
    files: profile.strings.flatMap((file, i) => (file === 'app/a.rb' ? [i] : [])),
    origin,
    path: '/shop/app/a.rb',
  });
}

const at = (line: number, depth = 0): { line: number; depth: number }[] => [{ line, depth }];
const oneLine = `
  A#run@app/a.rb#2:3 > Array#each@<cfunc> > A#run@app/a.rb#2:3 > Hash#keys@<cfunc>   7
  A#run@app/a.rb#2:3 > Array#each@<cfunc> > A#run@app/a.rb#2:3                       2
  A#run@app/a.rb#2:3 > Hash#values@<cfunc>                                           1
`;

describe('a line with a block on it', () => {
  it('is asked by depth', () => {
    const asked = evidence(oneLine);
    expect(asked.samplesThrough(at(3))).toBe(10);
    expect(asked.samplesCalled(at(3, 0), /^Hash#keys$/, null)).toBe(0);
    expect(asked.samplesCalled(at(3, 1), /^Hash#keys$/, null)).toBe(7);
    expect(asked.samplesCalled(at(3, 0), /^Hash#values$/, null)).toBe(1);
    expect(asked.samplesCalled(at(3, 0), /^Array#each$/, /^Hash#keys$/)).toBe(9);
    expect(asked.samplesCalled(at(3, 0), /^Array#each$/, /^Set#/)).toBe(0);
    expect(asked.samplesBeneath(at(3, 0), /^Hash#/)).toBe(8);
    expect(asked.samplesOwn(at(3))).toBe(2);
  });

  it('tells what a method makes itself from what its block does', () => {
    const asked = evidence(
      [
        'A#run@app/a.rb#2:3 > Enumerable#map@<cfunc> 1',
        'A#run@app/a.rb#2:3 > Enumerable#map@<cfunc> > Range#each@<cfunc> 2',
        'A#run@app/a.rb#2:3 > Enumerable#map@<cfunc> > Range#each@<cfunc> > A#run@app/a.rb#2:3 4',
        'A#run@app/a.rb#2:3 > Enumerable#map@<cfunc> > Integer#to_s@<cfunc> 8',
      ].join('\n'),
    );
    expect(asked.samplesMade(at(3, 0), /^Enumerable#map$/)).toBe(3);
    expect(asked.samplesMade(at(3, 0), /^Array#map$/)).toBe(0);
  });

  it('runs once per row inside of the block only', () => {
    expect(evidence(oneLine).samplesIterated(at(3, 0))).toBe(0);
    expect(evidence(oneLine).samplesIterated(at(3, 1))).toBe(9);
  });

  it('counts a block that runs later at the depth it has', () => {
    const later = evidence('A#run@app/a.rb#2:3 > Hash#keys@<cfunc> 4');
    expect(later.samplesCalled(at(3, 1), /^Hash#keys$/, null)).toBe(4);
  });
});

describe('an iterator above a line', () => {
  it.each([
    ['A#m@app/b.rb:1 > Array#each@<cfunc> > A#run@app/a.rb#2:3', 5],
    ['A#m@app/b.rb:1 > Integer#times@<internal:numeric>:238 > A#run@app/a.rb#2:3', 5],
    ['A#m@app/b.rb:1 > ActiveRecord::Batches#find_each@/gems/ar.rb:9 > Array#each@<cfunc> > A#run@app/a.rb#2:3', 5],
    ['A#m@app/b.rb:1 > Enumerable#map@<cfunc> > Range#each@<cfunc> > A#run@app/a.rb#2:3', 5],
    ['Sidekiq#go@/gems/s.rb:1 > Array#each@<cfunc> > A#run@app/a.rb#2:3', 0],
    ['A#m@app/b.rb:1 > Store#each@/gems/s.rb:1 > A#run@app/a.rb#2:3', 0],
    ['A#run@app/a.rb#2:3 > Array#each@<cfunc>', 0],
  ])('%s: %i', (stack, samples) => {
    expect(evidence(`${stack} 5`).samplesIterated(at(3))).toBe(samples);
  });
});

describe.each(['raw', 'aggregate'] as const)('without lines (%s)', (detail) => {
  it('asks the method around the line', () => {
    const asked = evidence(
      `A#run@app/a.rb#2:3 > Hash#keys@<cfunc> 6\nA#other@app/a.rb#9:9 > Hash#values@<cfunc> 4`,
      detail,
    );
    expect(asked.samplesCalled(at(4), /^Hash#keys$/, null)).toBe(6);
    expect(asked.samplesCalled(at(4), /^Hash#values$/, null)).toBe(0);
    expect(asked.samplesBeneath(at(10), /^Hash#values$/)).toBe(4);
    expect(asked.samplesBeneath(at(1), /^Hash#/)).toBe(0);
    expect(asked.methodAround(4)).toBe(2);
  });
});

it('asks about all of the method and of the own method that calls it', () => {
  const asked = evidence(`
    A#run@app/a.rb#2:3 > Row.new@<cfunc>       5
    A#run@app/a.rb#2:4 > Base#save@/g/ar.rb:1  5
  `);
  expect(asked.samplesInCallers(at(3), /#save$/)).toBe(5);
  expect(asked.samplesOfMethod(at(3))).toBe(10);
  expect(asked.samplesBeneath(at(3), /#save$/)).toBe(0);

  const called = `
    A#top@app/a.rb#20:21 > A#all@app/a.rb#9:10 > Array#each@<cfunc> > A#all@app/a.rb#9:10 > A#run@app/a.rb#2:3 > Row.new@<cfunc>  5
    A#top@app/a.rb#20:21 > A#all@app/a.rb#9:11 > Base#save@/g/ar.rb:1  4
    A#top@app/a.rb#20:22 > Base#update@/g/ar.rb:1  3`;
  for (const detail of ['raw_lines', 'aggregate'] as const) {
    expect([detail, evidence(called, detail).samplesInCallers(at(3), /#save$/)]).toEqual([detail, 4]);
    expect(evidence(called, detail).samplesInCallers(at(3), /#update$/)).toBe(0);
  }
});

it('follows lines that moved', () => {
  const moved = atCapture(evidence(oneLine), (line) => (line === 13 ? 3 : null));
  expect(moved.samplesThrough(at(13))).toBe(10);
  expect(moved.samplesCalled(at(13, 1), /^Hash#keys$/, null)).toBe(7);
  expect(moved.samplesThrough(at(3))).toBe(0);
  expect(moved.methodAround(3)).toBeNull();
});

it('counts a method once per sample, also without stacks', () => {
  const stacks = `
    A#run@app/a.rb#2:3 > Array#each@<cfunc> > A#run@app/a.rb#2:4 > Row.new@<cfunc>  5
    A#run@app/a.rb#2:4                                                              2
    A#stop@app/a.rb#8:9                                                             1
  `;
  for (const detail of ['raw_lines', 'raw', 'aggregate'] as const)
    expect([detail, evidence(stacks, detail).samplesOfMethod(at(3))]).toEqual([detail, 7]);
});
