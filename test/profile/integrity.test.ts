import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../../src/profile/builder';
import { brokenInvariants } from '../../src/profile/integrity';
import type { Profile } from '../../src/profile/profile';

function sound(): Profile {
  const builder = new ProfileBuilder();
  const a = builder.addFrame({ name: 'A', file: 'a.rb', line: 1 });
  const b = builder.addFrame({ name: 'B', file: 'b.rb', line: 1 });
  builder.addStack([a, b], [2, 3], 5);
  builder.addStack([a, b, b], [2, 4, 5], 1);
  builder.addStack([b], [3], 2);
  return builder.finish();
}

describe('brokenInvariants', () => {
  it('finds nothing in a sound profile', () => {
    expect(brokenInvariants(sound())).toEqual([]);
  });

  it.each<[string, (profile: Profile) => void, RegExp]>([
    ['a frame out of range', ({ stacks }) => (stacks.frame[1] = 9), /stacks\.frame\[1\]/],
    ['a parent behind its child', ({ stacks }) => (stacks.parent[0] = 2), /stacks\.parent\[0\]/],
    ['a subtree that ends inside itself', ({ stacks }) => (stacks.subtreeEnd[0] = 1), /lies under|ends after/],
    ['a total that is no sum', ({ stacks }) => (stacks.total[0] = 7), /total is not self plus children/],
    ['a negative line', ({ stacks }) => (stacks.line[0] = -1), /stacks\.line\[0\]/],
    ['two equal siblings', ({ stacks }) => (stacks.line[2] = 3), /repeats a sibling/],
    ['a frame total that differs', ({ frames }) => (frames.total[0] = 5), /differs from the stacks/],
    ['a frame self above its total', ({ frames }) => (frames.self[1] = 99), /above total/],
    ['a name out of range', ({ frames }) => (frames.name[0] = 77), /frames\.name\[0\]/],
    ['a repeated frame', ({ frames }) => [frames.name.copyWithin(1, 0), frames.file.copyWithin(1, 0)], /repeats/],
    ['offsets that do not end', ({ frameLines }) => (frameLines.offset[2] = 3), /frameLines\.offset/],
    ['a fraction of a sample', ({ stacks }) => (stacks.self[0] = 0.5), /stacks\.self\[0\]/],
  ])('finds %s', (_, damage, expected) => {
    const profile = sound();
    damage(profile);
    expect(brokenInvariants(profile).join('\n')).toMatch(expected);
  });

  it('finds more samples in the stacks than in the profile', () => {
    expect(brokenInvariants({ ...sound(), samples: 7 }).join('\n')).toMatch(/8 of 7 samples/);
  });
});
