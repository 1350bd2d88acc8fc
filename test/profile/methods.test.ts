import { describe, expect, it } from 'vitest';
import type { Lens } from '../../src/profile/lens';
import { methodTable } from '../../src/profile/methods';
import { originByFolder, type ProfileText, profileFromText } from '../support/profileFromText';

const STACKS = `
  Job#run@app/job.rb#1:2 > Orm#save@gems/orm.rb#1:5 > Class#new@<cfunc>            10
  Job#run@app/job.rb#1:3 > Row#load@app/row.rb#1:5 > Array#map@<cfunc>              6
  Job#run@app/job.rb#1:3 > Row#load@app/row.rb#1:5 > Job#run@app/job.rb#1:3         2
  Poll#wait@gems/poll.rb#1:2 > IO.select@<cfunc>                                    1
`;

function rows(lens: Lens, options: ProfileText = {}): string[] {
  const profile = profileFromText(STACKS, options);
  const table = methodTable(profile, lens, originByFolder(profile));
  return Array.from(
    table.frame,
    (frame, row) => `${profile.strings[profile.frames.name[frame]!]} ${table.self[row]}/${table.total[row]}`,
  );
}

describe('methodTable', () => {
  it('shows what StackProf recorded, heaviest first', () => {
    expect(rows('recorded')).toEqual([
      'Class#new 10/10',
      'Array#map 6/6',
      'Job#run 2/18',
      'IO.select 1/1',
      'Orm#save 0/10',
      'Row#load 0/8',
      'Poll#wait 0/1',
    ]);
  });

  it('charges C functions to their Ruby callers', () => {
    expect(rows('caller').slice(0, 4)).toEqual(['Orm#save 10/10', 'Row#load 6/8', 'Job#run 2/18', 'Poll#wait 1/1']);
  });

  it('charges everything below to the deepest method of the workspace', () => {
    expect(rows('mine').slice(0, 3)).toEqual(['Job#run 12/18', 'Row#load 6/8', 'Class#new 0/10']);
    const profile = profileFromText(STACKS);
    const table = methodTable(profile, 'mine', originByFolder(profile));
    expect(table).toMatchObject({ elsewhere: 1, exact: true });
  });

  it('says when charges are made from edges', () => {
    const profile = profileFromText(STACKS, { detail: 'aggregate' });
    const origin = originByFolder(profile);
    expect(methodTable(profile, 'recorded', origin).exact).toBe(true);
    const table = methodTable(profile, 'mine', origin);
    expect(table.exact).toBe(false);
    const charged = table.self.reduce((sum, each) => sum + each, 0);
    expect(charged + table.elsewhere).toBeCloseTo(19, 6);
  });
});
