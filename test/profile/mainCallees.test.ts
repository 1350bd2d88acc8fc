import { describe, expect, it } from 'vitest';
import { buildLineIndex, ownOf, rowOfLine } from '../../src/profile/lineIndex';
import { mainCallees } from '../../src/profile/mainCallees';
import type { Profile } from '../../src/profile/profile';
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

  it("is what makes most of the line's own samples, not what it passes through", () => {
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

  it('never has more samples than the line has of its own', () => {
    for (const lens of ['recorded', 'caller', 'mine'] as const) {
      const own = ownOf(index, lens);
      mainCallees(profile, index, origin, lens).samples.forEach((samples, row) => {
        expect(samples).toBeLessThanOrEqual(own[row]!);
      });
    }
  });

  it.each(['raw', 'aggregate'] as const)(
    'is not guessed with detail %s, but known for the one line of a method',
    (detail) => {
      const sums = profileFromText(text, { detail });
      const rows = buildLineIndex(sums, originByFolder(sums));
      const { frame, samples } = mainCallees(sums, rows, originByFolder(sums), 'mine');
      expect(nameOf(sums, frame[rowAt(sums, 'app/store.rb', 2)]!)).toBe('Redis#call');
      expect(frame[rowAt(sums, 'app/job.rb', 4)]).toBe(-1);
      samples.forEach((each, row) => {
        expect(each).toBeLessThanOrEqual(rows.ownMine[row]!);
      });
    },
  );
});
