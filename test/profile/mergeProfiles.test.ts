import { describe, expect, it } from 'vitest';
import { brokenInvariants } from '../../src/profile/integrity';
import { measureOf } from '../../src/profile/measure';
import { type MergedProfile, ProfileMerger } from '../../src/profile/mergeProfiles';
import type { Profile } from '../../src/profile/profile';
import { type ProfileText, profileFromText } from '../support/profileFromText';

const ONE = `
  Job#run@app/job.rb#1:2 > Array#each@<cfunc> > Row#load@app/row.rb#1:5 > Class#new@<cfunc>   6
  Job#run@app/job.rb#1:3 > Row#load@app/row.rb#1:6                                            3
`;
const TWO = `
  Poll#wait@lib/poll.rb#1:2                                                                   4
  Job#run@app/job.rb#1:2 > Array#each@<cfunc> > Row#load@app/row.rb#1:5                       2
`;

function merge(...profiles: readonly Profile[]): MergedProfile {
  const merger = new ProfileMerger();
  for (const [index, profile] of profiles.entries()) expect(merger.add(profile, `worker ${index}`)).toBeNull();
  const merged = merger.finish();
  if (merged === null) throw new Error('Nothing was merged.');
  expect(brokenInvariants(merged.profile)).toEqual([]);
  return merged;
}

/** Sampled as StackProf does: each sample is one of `interval` allocations. */
function sampled(text: string, interval: number, options: ProfileText = {}): Profile {
  const samples = profileFromText(text).samples;
  return profileFromText(text, { interval, missedSamples: samples * (interval - 1), ...options });
}

function rowsOf(profile: Profile): Record<string, unknown> {
  const { frames, strings, stacks, frameLines, edges } = profile;
  const name = (frame: number): string => strings[frames.name[frame]!]!;
  const path = (node: number): string =>
    `${stacks.parent[node]! < 0 ? '' : `${path(stacks.parent[node]!)} > `}${name(stacks.frame[node]!)}:${stacks.line[node]}`;
  const rows: Record<string, unknown> = { samples: profile.samples, missed: profile.missedSamples };
  for (let node = 0; node < stacks.length; node++) rows[path(node)] = [stacks.self[node], stacks.total[node]];
  for (let frame = 0; frame < frames.length; frame++) {
    rows[name(frame)] = [frames.self[frame], frames.total[frame]];
    for (let row = frameLines.offset[frame]!; row < frameLines.offset[frame + 1]!; row++)
      rows[`${name(frame)} line ${frameLines.line[row]}`] = [frameLines.self[row], frameLines.total[row]];
    for (let row = edges.offset[frame]!; row < edges.offset[frame + 1]!; row++)
      rows[`${name(frame)} -> ${name(edges.callee[row]!)}`] = edges.count[row];
  }
  return rows;
}

describe('ProfileMerger', () => {
  it.each(['raw_lines', 'raw', 'aggregate'] as const)('is the profile itself for one of %s', (detail) => {
    const profile = sampled(ONE, 53, { detail });
    expect(rowsOf(merge(profile).profile)).toEqual(rowsOf(profile));
  });

  it.each(['raw_lines', 'raw', 'aggregate'] as const)('is what one recording of both would be: %s', (detail) => {
    const both = merge(sampled(ONE, 53, { detail }), sampled(TWO, 53, { detail })).profile;
    expect(rowsOf(both)).toEqual(rowsOf(sampled(ONE + TWO, 53, { detail })));
    const turned = merge(sampled(TWO, 53, { detail }), sampled(ONE, 53, { detail })).profile;
    expect(rowsOf(turned)).toEqual(rowsOf(both));
  });

  it('keeps the exact number of objects, remainders of every process included', () => {
    const rest = (missed: number): Profile => profileFromText(ONE, { interval: 53, missedSamples: 9 * 52 + missed });
    const { profile, parts } = merge(rest(51), rest(50), rest(52));
    expect(measureOf(profile)).toMatchObject({ unit: 'objects', total: 3 * 9 * 53 + 153, exact: true });
    expect(parts.map(({ name, total }) => [name, total])).toEqual([
      ['worker 0', 528],
      ['worker 1', 527],
      ['worker 2', 529],
    ]);
  });

  it('scales samples of several intervals by what they stand for', () => {
    const { profile, problems } = merge(sampled(ONE, 100), sampled(TWO, 50), sampled(ONE, 25));
    expect(profile.interval).toBe(25);
    expect(profile.samples).toBe(9 * 4 + 6 * 2 + 9);
    expect(measureOf(profile).total).toBe(900 + 300 + 225);
    const row = profile.frames.name.findIndex((name) => profile.strings[name] === 'Class#new');
    expect(profile.frames.self[row]).toBe(6 * 4 + 6);
    expect(problems.map(({ code }) => code)).toEqual(['unlike-intervals']);
  });

  it('loses no sample to rounding', () => {
    const { profile } = merge(sampled(ONE, 97), sampled(TWO, 53), sampled(TWO, 61));
    let weight = 0;
    for (const self of profile.stacks.self) weight += self;
    expect(weight).toBe(profile.samples);
    expect(profile.samples).toBe(Math.round((9 * 97 + 6 * 53 + 6 * 61) / 53));
  });

  it.each([
    ['raw', 'lines in their stacks'],
    ['aggregate', 'stacks'],
  ] as const)('is brought down to %s, whatever comes first', (detail, lost) => {
    const less = sampled(TWO, 53, { detail });
    const whole = rowsOf(sampled(ONE + TWO, 53, { detail }));
    for (const profiles of [
      [sampled(ONE, 53), less],
      [less, sampled(ONE, 53)],
    ]) {
      const { profile, problems } = merge(...profiles);
      expect(rowsOf(profile)).toEqual(whole);
      expect(problems).toEqual([
        { code: 'unlike-detail', message: expect.stringContaining(`1 of 2 profiles have ${lost}`) },
      ]);
    }
  });

  it('refuses another mode and goes on without it', () => {
    const merger = new ProfileMerger();
    merger.add(sampled(ONE, 53), 'one.dump');
    expect(merger.add(profileFromText(TWO, { mode: 'wall' }), 'wall.dump')).toBe(
      'wall.dump is a profile of mode wall, the others of mode object: they cannot be added up.',
    );
    expect(merger.finish()?.profile.samples).toBe(9);
    expect(new ProfileMerger().finish()).toBeNull();
  });
});
