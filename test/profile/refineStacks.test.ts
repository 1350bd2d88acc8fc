import { describe, expect, it } from 'vitest';
import { brokenInvariants } from '../../src/profile/integrity';
import { Origin } from '../../src/profile/origin';
import { FrameKind, type Profile } from '../../src/profile/profile';
import type { FilterSubject, FrameFacts, Refinement } from '../../src/profile/refinement';
import { type RefinedProfile, refineStacks } from '../../src/profile/refineStacks';
import { frameNamed, originByFolder, profileFromText } from '../support/profileFromText';

const STACKS = `
  Job#run@app/job.rb#1:2 > Array#each@<cfunc> > Row#load@app/row.rb#1:5 > Class#new@<cfunc>   6
  Job#run@app/job.rb#1:3 > Array#each@<cfunc> > Row#load@app/row.rb#1:6                       3
  Job#run@app/job.rb#1:4 > Base#save@/gems/record/base.rb#1:9 > Row#dump@app/row.rb#20:21     2
  Job#run@app/job.rb#1:4                                                                      1
  Poll#wait@/gems/poll.rb#1:2 > Array#each@<cfunc>                                            8
`;

const profile = profileFromText(STACKS, { samples: 25 });

function factsOf(of: Profile): FrameFacts {
  return {
    origin: originByFolder(of),
    package: of.strings.map((text) => (text.startsWith('app/') ? 'app' : text.startsWith('<') ? 'ruby' : 'record')),
  };
}

function refine(refinement: Refinement, of: Profile = profile): RefinedProfile {
  return refineStacks(of, refinement, factsOf(of));
}

/** `A:2 > B 5`, stacks that have own samples. */
function stacksOf({ stacks, frames, strings }: Profile): string[] {
  const path = (node: number): string => {
    const name = strings[frames.name[stacks.frame[node]!]!]!;
    const here = stacks.line[node]! > 0 ? `${name}:${stacks.line[node]}` : name;
    return stacks.parent[node]! < 0 ? here : `${path(stacks.parent[node]!)} > ${here}`;
  };
  const rows: string[] = [];
  for (let node = 0; node < stacks.length; node++) {
    if (stacks.self[node]! > 0) rows.push(`${path(node)} ${stacks.self[node]}`);
  }
  return rows;
}

const frame = (name: string): FilterSubject => ({ by: 'frame', frame: frameNamed(profile, name) });
const each = frame('Array#each');

describe('refineStacks', () => {
  it('returns the profile itself without filters, and without stacks', () => {
    expect(refine([]).profile).toBe(profile);
    const sums = profileFromText(STACKS, { detail: 'aggregate' });
    expect(refine([{ kind: 'foldRecursion' }], sums).profile).toBe(sums);
  });

  it('focuses on stacks with a frame', () => {
    const focused = refine([{ kind: 'focus', of: frame('Row#load') }]).profile;
    expect(focused.samples).toBe(9);
    expect(stacksOf(focused)).toEqual([
      'Job#run:2 > Array#each > Row#load:5 > Class#new 6',
      'Job#run:3 > Array#each > Row#load:6 3',
    ]);
  });

  it('ignores stacks with a frame, and keeps samples without a stack', () => {
    const rest = refine([{ kind: 'ignore', of: each }]).profile;
    expect(rest.samples).toBe(25 - 17);
    expect(stacksOf(rest)).toEqual(['Job#run:4 1', 'Job#run:4 > Base#save:9 > Row#dump:21 2']);
  });

  it('hides frames: their samples are their caller’s, and what stood below them moves up and merges', () => {
    expect(stacksOf(refine([{ kind: 'hide', of: { by: 'kind', kind: FrameKind.C } }]).profile)).toEqual([
      'Poll#wait:2 8',
      'Job#run:2 > Row#load:5 6',
      'Job#run:3 > Row#load:6 3',
      'Job#run:4 1',
      'Job#run:4 > Base#save:9 > Row#dump:21 2',
    ]);
  });

  it('shows only the code that is meant: what it calls is its own', () => {
    const mine = refine([{ kind: 'show', of: { by: 'origin', origin: Origin.Mine } }]).profile;
    expect(mine.samples).toBe(25);
    expect(stacksOf(mine)).toEqual([
      'Job#run:2 > Row#load:5 6',
      'Job#run:3 > Row#load:6 3',
      'Job#run:4 1',
      'Job#run:4 > Row#dump:21 2',
    ]);
  });

  it('takes files, packages and texts', () => {
    const of = (subject: FilterSubject): number => refine([{ kind: 'focus', of: subject }]).profile.samples;
    expect(of({ by: 'file', file: 'app/row.rb' })).toBe(11);
    expect(of({ by: 'package', package: 'record' })).toBe(10);
    expect(of({ by: 'text', text: 'row#' })).toBe(11);
    expect(of({ by: 'text', text: '/^Row#(load|dump)$/' })).toBe(11);
    expect(of({ by: 'text', text: '' })).toBe(0);
  });

  it('says which regular expression it cannot use, and goes on with the other filters', () => {
    const { profile: left, problem } = refine([
      { kind: 'ignore', of: { by: 'text', text: '/(/' } },
      { kind: 'focus', of: frame('Poll#wait') },
    ]);
    expect(problem).toMatch(/expression/);
    expect(left.samples).toBe(8);
  });

  it('folds recursion, through blocks and through other methods', () => {
    const recursive = profileFromText(`
      Tree#walk@app/tree.rb#1:2 > Array#each@<cfunc> > Tree#walk@app/tree.rb#1:3 > Array#each@<cfunc> > Leaf#new@app/leaf.rb#1:1   4
      Tree#walk@app/tree.rb#1:2 > Array#each@<cfunc> > Tree#walk@app/tree.rb#1:3                                                   2
      Tree#walk@app/tree.rb#1:2 > Leaf#new@app/leaf.rb#1:1                                                                        1
      Tree#walk@app/tree.rb#1:9                                                                                                   5
    `);
    const folded = refine([{ kind: 'foldRecursion' }], recursive).profile;
    expect(stacksOf(folded)).toEqual([
      'Tree#walk:2 2',
      'Tree#walk:2 > Array#each > Leaf#new:1 4',
      'Tree#walk:2 > Leaf#new:1 1',
      'Tree#walk:9 5',
    ]);
    expect(refine([{ kind: 'foldRecursion' }], folded).profile.stacks).toEqual(folded.stacks);
  });

  it('brings sums per line down with their method where stacks have no lines', () => {
    const raw = profileFromText(STACKS, { detail: 'raw' });
    const { frameLines, frames } = refine([{ kind: 'focus', of: each }], raw).profile;
    const job = frameNamed(raw, 'Job#run');
    const rows = Array.from(frameLines.line.subarray(frameLines.offset[job]!, frameLines.offset[job + 1]!));
    expect(rows).toEqual([2, 3, 4]);
    expect(frames.total[job]).toBe(9);
    expect(frameLines.total[frameLines.offset[job]!]).toBeCloseTo((6 * 9) / 12);
  });

  const subjects: FilterSubject[] = [
    each,
    { by: 'kind', kind: FrameKind.C },
    { by: 'origin', origin: Origin.Mine },
    { by: 'text', text: 'r' },
    { by: 'text', text: 'nothing has this' },
  ];

  it.each(subjects)('keeps the laws for %o', (of) => {
    const focused = refine([{ kind: 'focus', of }]).profile;
    const rest = refine([{ kind: 'ignore', of }]).profile;
    expect(focused.samples + rest.samples).toBe(profile.samples);
    const hidden = refine([{ kind: 'hide', of }]).profile;
    const shown = refine([{ kind: 'show', of }]).profile;
    expect([hidden.samples, shown.samples]).toEqual([25, 25]);
    expect(
      refine([
        { kind: 'hide', of },
        { kind: 'show', of },
      ]).profile.stacks.length,
    ).toBe(0);
    expect(
      refine([
        { kind: 'focus', of },
        { kind: 'hide', of },
      ]).profile.samples,
    ).toBe(focused.samples);
    for (const each of [focused, rest, hidden, shown]) expect(brokenInvariants(each)).toEqual([]);
  });
});
