import { describe, expect, it } from 'vitest';
import { fallsInStep, numberProblems, safeIntervalNear } from '../../src/profile/problems';
import { type ProfileText, profileFromText } from '../support/profileFromText';

const STACKS = `
  A#a@app/a.rb#1:2 > Array#each@<cfunc> > A#a@app/a.rb#1:3   4
  B#b@app/b.rb#1:2                                           1
`;
const FLAT = 'A#a@app/a.rb#1:2 > B#b@app/b.rb#1:2   5';

const codes = (text: string, options: ProfileText = {}): string[] =>
  numberProblems(profileFromText(text, options)).map((problem) => problem.code);

describe('numberProblems', () => {
  it('has nothing to say about an exact profile', () => {
    expect(codes(STACKS, { interval: 53, missedSamples: 5 * 52 })).toEqual([]);
  });

  it('warns of intervals that fall in step with loops', () => {
    expect(numberProblems(profileFromText(STACKS, { interval: 50, missedSamples: 5 * 49 }))).toEqual([
      {
        code: 'round-interval',
        message: 'Captured at interval 50: lines in tight loops can be over- or under-counted; capture at 53.',
      },
    ]);
    expect(codes(STACKS, { mode: 'wall', interval: 1000 })).toEqual([]);
  });

  it('names what each level of detail cannot know', () => {
    expect(codes(STACKS, { detail: 'raw' })).toEqual(['no-lines', 'inflated-lines']);
    expect(codes(STACKS, { detail: 'aggregate' })).toEqual(['no-stacks', 'inflated-lines']);
    expect(codes(STACKS, { detail: 'aggregate', sums: false })).toEqual(['no-stacks', 'no-lines']);
  });

  it('does not call line totals inflated where no method repeats on a stack', () => {
    expect(codes(FLAT, { detail: 'raw' })).toEqual(['no-lines']);
    expect(codes(FLAT, { detail: 'aggregate' })).toEqual(['no-stacks']);
  });

  it('doubts totals of StackProf before 0.2.12, which counted appearances', () => {
    expect(codes(FLAT, { detail: 'aggregate', version: 1.1 })).toEqual(['no-stacks', 'inflated-lines']);
  });

  it('says which total is used when the counters contradict each other', () => {
    const [counter] = numberProblems(profileFromText(FLAT, { interval: 3, missedSamples: 2 }));
    expect(counter?.code).toBe('inexact-total');
    expect(counter?.message).toContain("the file's count is shown");
    const [product] = numberProblems(profileFromText(FLAT, { interval: 97, missedSamples: 0 }));
    expect(product?.code).toBe('inexact-total');
    expect(product?.message).toContain('estimate samples x interval');
  });

  it('counts lost samples as lost only where they are', () => {
    expect(codes(FLAT, { mode: 'cpu', interval: 1000, missedSamples: 2 })).toEqual(['missed-samples']);
  });

  it('explains a profile without samples and says nothing else', () => {
    expect(codes('', { detail: 'aggregate', interval: 999_999, missedSamples: 11 })).toEqual(['empty']);
  });

  it('says when there is no mode or interval', () => {
    expect(codes(FLAT, { mode: 'unknown' })).toEqual(['unknown-mode']);
    expect(codes(FLAT, { interval: null })).toEqual(['unknown-mode']);
    expect(codes(FLAT, { mode: 'custom', interval: null })).toEqual([]);
  });

  it('is one sentence each', () => {
    const all = [
      ...numberProblems(profileFromText(STACKS, { detail: 'aggregate', interval: 100, missedSamples: 100 })),
      ...numberProblems(profileFromText(STACKS, { detail: 'raw', mode: 'unknown' })),
      ...numberProblems(profileFromText('', { interval: 7 })),
    ];
    for (const { message } of all) expect(message).toMatch(/^[^\n]+[^.]\.$/);
  });
});

describe('fallsInStep', () => {
  it('accepts primes, but for those that divide ten', () => {
    const risky = [2, 4, 5, 9, 10, 49, 50, 100, 500, 1000, 2000, 999_999];
    const fine = [1, 3, 7, 13, 53, 97, 101, 499, 997, 1999];
    expect(risky.filter(fallsInStep)).toEqual(risky);
    expect(fine.filter(fallsInStep)).toEqual([]);
  });

  it('recommends the nearest safe interval', () => {
    expect([1, 50, 100, 500, 1000, 2000, 999_999].map(safeIntervalNear)).toEqual([53, 53, 97, 499, 499, 1999, 1999]);
  });
});
