import { compareFrames } from './methods';
import type { Profile } from './profile';

/** A profile and all its refinements share the column of names. */
const ranksOf = new WeakMap<Int32Array, Int32Array>();

/** The place of every frame in the order of `compareFrames`, per FrameIndex; worked out once for a profile and its parts. */
export function frameRanks(profile: Profile): Int32Array {
  const { name, length } = profile.frames;
  let ranks = ranksOf.get(name);
  if (ranks === undefined) {
    ranks = new Int32Array(length);
    const order = Array.from({ length }, (_, frame) => frame).sort((a, b) => compareFrames(profile, a, b));
    for (let place = 0; place < length; place++) ranks[order[place]!] = place;
    ranksOf.set(name, ranks);
  }
  return ranks;
}
