import { describe, expect, it } from 'vitest';
import type { Lens } from '../../src/profile/lens';
import { type RollUp, rollUp } from '../../src/profile/rollUp';
import { originByFolder, type ProfileText, profileFromText } from '../support/profileFromText';

const STACKS = `
  Job#run@app/job.rb#1:2 > Orm#save@gems/orm.rb#1:5 > Job#row@app/job.rb#9:9 > Class#new@<cfunc>   10
  Job#run@app/job.rb#1:3 > Orm#load@gems/orm.rb#20:21 > Orm#save@gems/orm.rb#1:5                    6
  Job#run@app/job.rb#1:3 > Row#load@app/row.rb#1:5                                                  2
  Poll#wait@gems/poll.rb#1:2 > IO.select@<cfunc>                                                     1
`;

function byFile(lens: Lens, options: ProfileText = {}): { readonly rows: string[]; readonly sums: RollUp } {
  const profile = profileFromText(STACKS, options);
  const files = [...new Set(profile.frames.file)];
  const ofFrame = profile.frames.file.map((file) => files.indexOf(file));
  const sums = rollUp(profile, { count: files.length, ofFrame }, lens, originByFolder(profile));
  const rows = files.map(
    (file, row) => `${profile.strings[file]} ${sums.own[row]}/${sums.through[row]} ${sums.methods[row]}`,
  );
  return { rows, sums };
}

describe('rollUp', () => {
  it('counts a stack once per file, however often the stack is in it', () => {
    expect(byFile('recorded').rows).toEqual([
      'app/job.rb 0/18 2',
      'gems/orm.rb 6/16 2',
      '<cfunc> 11/11 2',
      'app/row.rb 2/2 1',
      'gems/poll.rb 0/1 1',
    ]);
  });

  it('charges by the lens', () => {
    const { rows, sums } = byFile('mine');
    expect(rows.slice(0, 2)).toEqual(['app/job.rb 16/18 2', 'gems/orm.rb 0/16 2']);
    expect(sums).toMatchObject({ elsewhere: 1, ownExact: true, throughExact: true });
  });

  it.each(['recorded', 'caller', 'mine'] as const)('gives every sample to one group at most: %s', (lens) => {
    for (const detail of ['raw_lines', 'raw', 'aggregate'] as const) {
      const { sums } = byFile(lens, { detail });
      const own = sums.own.reduce((sum, each) => sum + each, 0);
      expect(own + sums.elsewhere).toBeCloseTo(19, 6);
    }
  });

  it('estimates from edges between the heaviest method and all samples', () => {
    const { rows, sums } = byFile('recorded', { detail: 'aggregate' });
    expect(sums).toMatchObject({ ownExact: true, throughExact: false });
    // `job.rb` is entered again through the gem: 18 and 10 more, but no more than all 19.
    expect(rows.slice(0, 3)).toEqual(['app/job.rb 0/19 2', 'gems/orm.rb 6/16 2', '<cfunc> 11/11 2']);
  });

  it('has nothing for a group without samples', () => {
    const profile = profileFromText('A@app/a.rb:1 1');
    const ofFrame = Int32Array.of(1);
    const sums = rollUp(profile, { count: 3, ofFrame }, 'mine', originByFolder(profile));
    expect([[...sums.through], [...sums.heaviest], [...sums.methods]]).toEqual([
      [0, 1, 0],
      [-1, 0, -1],
      [0, 1, 0],
    ]);
  });
});
