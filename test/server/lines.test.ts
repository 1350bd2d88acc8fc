import { describe, expect, test } from 'vitest';
import { heaviestLines, lineFrames } from '../../src/profile/lineFrames';
import { buildLineIndex, rowOfLine } from '../../src/profile/lineIndex';
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
