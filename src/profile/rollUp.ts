import { chargeFrames } from './chargedFrames';
import { inStretches } from './inStretches';
import type { Lens } from './lens';
import type { FrameIndex, Profile } from './profile';

/** Methods put together, in samples: one row per group, in the groups' own order. */
export interface RollUp {
  /** Charged by the lens to the group's methods. */
  readonly own: Float64Array;
  /** Samples with a method of the group anywhere on the stack, once each. */
  readonly through: Float64Array;
  /** Methods of the group that have samples. */
  readonly methods: Int32Array;
  /** The method of the group that most samples pass through, -1 where none has any. */
  readonly heaviest: Int32Array;
  /** Samples that no method answers for under the lens. */
  readonly elsewhere: number;
  /** False when `own` is made from edges. */
  readonly ownExact: boolean;
  /** False when `through` is made from edges. */
  readonly throughExact: boolean;
}

export interface RollUpGroups {
  readonly count: number;
  /** The group of every method, 0 to `count` - 1, per FrameIndex. */
  readonly ofFrame: Int32Array;
}

/** Sums a profile up by groups of methods: files, gems. `origin`: an `Origin` per StringIndex of a file. */
export function rollUp(profile: Profile, groups: RollUpGroups, lens: Lens, origin: Uint8Array): RollUp {
  const { frames } = profile;
  const charge = chargeFrames(profile, lens, origin);
  const own = new Float64Array(groups.count);
  const methods = new Int32Array(groups.count);
  const heaviest = new Int32Array(groups.count).fill(-1);
  for (let frame = 0; frame < frames.length; frame++) {
    const group = groups.ofFrame[frame]!;
    own[group]! += charge.own[frame]!;
    if (frames.total[frame] === 0) continue;
    methods[group]!++;
    if (heaviest[group]! < 0 || frames.total[frame]! > frames.total[heaviest[group]!]!) heaviest[group] = frame;
  }
  const throughExact = profile.detail !== 'aggregate';
  const through = throughExact ? throughByStacks(profile, groups) : throughByEdges(profile, groups, heaviest);
  return { own, through, methods, heaviest, elsewhere: charge.elsewhere, ownExact: charge.exact, throughExact };
}

/** A stack node below another of its group holds samples that were counted there. */
function throughByStacks({ stacks }: Profile, { count, ofFrame }: RollUpGroups): Float64Array {
  const through = new Float64Array(count);
  const outermostEnd = new Int32Array(count);
  inStretches(stacks.length, (from, to) => {
    for (let node = from; node < to; node++) {
      const group = ofFrame[stacks.frame[node]!]!;
      if (node < outermostEnd[group]!) continue;
      outermostEnd[group] = stacks.subtreeEnd[node]!;
      through[group]! += stacks.total[node]!;
    }
  });
  return through;
}

/**
 * What enters a group: the samples of its methods without those that come from other methods of it. A stack that leaves a
 * group and comes back enters twice, so this is high; it is never less than the heaviest method has, nor more than all.
 */
function throughByEdges(
  { frames, edges, samples }: Profile,
  { count, ofFrame }: RollUpGroups,
  heaviest: Int32Array,
): Float64Array {
  const fromInside = new Float64Array(frames.length);
  for (let caller: FrameIndex = 0; caller < frames.length; caller++) {
    for (let row = edges.offset[caller]!; row < edges.offset[caller + 1]!; row++) {
      const callee = edges.callee[row]!;
      if (callee !== caller && ofFrame[caller] === ofFrame[callee]) fromInside[callee]! += edges.count[row]!;
    }
  }
  const through = new Float64Array(count);
  for (let frame = 0; frame < frames.length; frame++) {
    through[ofFrame[frame]!]! += Math.max(0, frames.total[frame]! - fromInside[frame]!);
  }
  for (let group = 0; group < count; group++) {
    const least = heaviest[group]! < 0 ? 0 : frames.total[heaviest[group]!]!;
    through[group] = Math.max(least, Math.min(samples, through[group]!));
  }
  return through;
}
