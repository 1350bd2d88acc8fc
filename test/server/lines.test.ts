import { describe, expect, test } from 'vitest';
import { buildLineIndex, ownOf, rowOfLine } from '../../src/profile/lineIndex';
import type { Profile } from '../../src/profile/profile';
import { heaviestLines, lineFrames } from '../../src/server/lineFrames';
import { mainCallees } from '../../src/server/mainCallees';
import { originByFolder, profileFromText } from '../support/profileFromText';

const text = `
  Job#perform@app/job.rb#1:2 > Array#each@<cfunc> > Job#perform@app/job.rb#1:3 > Class#new@<cfunc>                5
  Job#perform@app/job.rb#1:2 > Array#each@<cfunc> > Job#perform@app/job.rb#1:3 > Hash#dup@<cfunc>                 2
  Job#perform@app/job.rb#1:2 > Array#each@<cfunc>                                                                 1
  Job#perform@app/job.rb#1:4 > Store#save@app/store.rb#1:2 > Redis#call@gems/redis.rb#9:9 > String#dup@<cfunc>    9
  Job#perform@app/job.rb#1:4 > Redis#call@gems/redis.rb#9:9                                                       3
  Job.build@app/job.rb#1:3                                                                                        1
`;

const rowAt = (profile: Profile, file: string, line: number): number =>
  rowOfLine(buildLineIndex(profile, originByFolder(profile)), profile.strings.indexOf(file), line);
const nameOf = ({ strings, frames }: Profile, frame: number): string | null =>
  frame < 0 ? null : strings[frames.name[frame]!]!;

describe('the main callee of a line', () => {
  const profile = profileFromText(text);
  const origin = originByFolder(profile);
  const index = buildLineIndex(profile, origin);

  test("is what makes most of the line's own samples, not what it passes through", () => {
    const { frame, samples } = mainCallees(profile, index, origin, 'mine');
    const at = (file: string, line: number): [string | null, number] => {
      const row = rowAt(profile, file, line);
      return [nameOf(profile, frame[row]!), samples[row]!];
    };
    expect(at('app/job.rb', 3)).toEqual(['Class#new', 5]);
    expect(at('app/job.rb', 2)).toEqual(['Array#each', 1]);
    expect(at('app/job.rb', 4)).toEqual(['Redis#call', 3]);
    expect(at('app/store.rb', 2)).toEqual(['Redis#call', 9]);
  });

  test('never has more samples than the line has of its own', () => {
    for (const lens of ['recorded', 'caller', 'mine'] as const) {
      const own = ownOf(index, lens);
      mainCallees(profile, index, origin, lens).samples.forEach((samples, row) => {
        expect(samples).toBeLessThanOrEqual(own[row]!);
      });
    }
  });

  test('is not guessed where stacks have no lines', () => {
    const raw = profileFromText(text, { detail: 'raw' });
    const { frame } = mainCallees(raw, buildLineIndex(raw, originByFolder(raw)), originByFolder(raw), 'mine');
    expect(frame.every((callee) => callee === -1)).toBe(true);
  });
});

describe('the method around a line', () => {
  test.each(['raw_lines', 'raw', 'aggregate'] as const)('with detail %s', (detail) => {
    const profile = profileFromText(text, { detail });
    const index = buildLineIndex(profile, originByFolder(profile));
    const rows = [rowAt(profile, 'app/job.rb', 3), rowAt(profile, 'app/store.rb', 2)];
    expect(lineFrames(profile, index, rows).map((frame) => nameOf(profile, frame))).toEqual([
      'Job#perform',
      'Store#save',
    ]);
  });
});

test('the heaviest line of each method of a file', () => {
  const profile = profileFromText(text);
  const index = buildLineIndex(profile, originByFolder(profile));
  const lines = heaviestLines(profile, index, [profile.strings.indexOf('app/job.rb')]);
  // Job.build is sampled on line 3 only, where Job#perform has more.
  expect([...lines].map(([frame, line]) => [nameOf(profile, frame), line])).toEqual([['Job#perform', 4]]);
});
