import { describe, expect, it } from 'vitest';
import { callersOf } from '../../src/profile/callers';
import { frameNamed, type ProfileText, profileFromText } from '../support/profileFromText';

const STACKS = `
  Job#run@app/job.rb#1:2 > Array#each@<cfunc> > Row#save@app/row.rb#1:5 > Array#each@<cfunc> > Row#save@app/row.rb#1:6 > Array#each@<cfunc>   4
  Job#run@app/job.rb#1:2 > Array#each@<cfunc> > Row#save@app/row.rb#1:5 > Class#new@<cfunc>    3
  Job#run@app/job.rb#1:3 > Row#save@app/row.rb#1:5                                            2
  Row#save@app/row.rb#1:5 > Class#new@<cfunc>                                                 1
`;

function callsOf(name: string, options: ProfileText = {}) {
  const profile = profileFromText(STACKS, options);
  const named = (rows: ReadonlyArray<{ frame: number; samples: number }>) =>
    rows.map(({ frame, samples }) => `${profile.strings[profile.frames.name[frame]!]} ${samples}`);
  const { callers, callees, self, total, exact } = callersOf(profile, frameNamed(profile, name));
  return { callers: named(callers), callees: named(callees), self, total, exact };
}

describe('callersOf', () => {
  it('counts a sample once per caller and once per callee', () => {
    expect(callsOf('Row#save')).toEqual({
      callers: ['Array#each 7', 'Job#run 2'],
      callees: ['Array#each 4', 'Class#new 4'],
      self: 2,
      total: 10,
      exact: true,
    });
  });

  it('takes edges without stacks, never above either method', () => {
    // StackProf counts Array#each -> Row#save twice in each of the four samples of the recursion: 8 + 3.
    expect(callsOf('Row#save', { detail: 'aggregate' })).toEqual({
      callers: ['Array#each 7', 'Job#run 2'],
      callees: ['Array#each 7', 'Class#new 4'],
      self: 2,
      total: 10,
      exact: false,
    });
  });

  it('has no callers for a root and no callees for a leaf', () => {
    expect(callsOf('Job#run').callers).toEqual([]);
    expect(callsOf('Class#new').callees).toEqual([]);
  });

  it('knows a method that calls itself', () => {
    const profile = profileFromText('A#a@app/a.rb#1:2 > A#a@app/a.rb#1:2 > A#a@app/a.rb#1:3   5');
    const { callers, callees } = callersOf(profile, 0);
    expect([callers, callees]).toEqual([[{ frame: 0, samples: 5 }], [{ frame: 0, samples: 5 }]]);
  });
});
