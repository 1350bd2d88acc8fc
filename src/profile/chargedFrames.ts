import { assertNever } from './assertNever';
import { chargeByEdges } from './chargeByEdges';
import type { Lens } from './lens';
import { Origin } from './origin';
import { FrameKind, type Profile } from './profile';
import { walkStacks } from './walkStacks';

/** Samples given to frames under a lens: every sample to one frame at most. */
export interface FrameCharge {
  /** Samples per FrameIndex. */
  readonly own: Float64Array;
  /** Samples that no frame answers for; own and this add up to all samples. */
  readonly elsewhere: number;
  /** False when made from edges. */
  readonly exact: boolean;
}

/** Gives every sample of the profile to the frame that answers for it under `lens`. `origin`: an `Origin` per StringIndex of a file. */
export function chargeFrames(profile: Profile, lens: Lens, origin: Uint8Array): FrameCharge {
  if (lens === 'recorded') {
    return { own: profile.frames.self.slice(), elsewhere: rest(profile, profile.frames.self), exact: true };
  }
  return chargeTo(profile, chargeableFrames(profile, lens, origin));
}

/** Gives every sample to the deepest frame of its stack that is marked in `chargeable` (1 per FrameIndex). */
export function chargeTo(profile: Profile, chargeable: Uint8Array): FrameCharge {
  const exact = profile.detail !== 'aggregate';
  const own = exact ? chargeByStacks(profile, chargeable) : chargeByEdges(profile, chargeable);
  return { own, elsewhere: rest(profile, own), exact };
}

/** Marks (1) the frames that a lens may charge with what they call. */
export function chargeableFrames(profile: Profile, lens: Lens, origin: Uint8Array): Uint8Array {
  const { frames } = profile;
  const chargeable = new Uint8Array(frames.length);
  for (let frame = 0; frame < frames.length; frame++) {
    if (isChargeable(frames.kind[frame]!, origin[frames.file[frame]!]!, lens)) chargeable[frame] = 1;
  }
  return chargeable;
}

/** Whether code of this kind and `Origin` can be charged: Ruby that somebody wrote, and for `mine` in the workspace. */
export function isChargeable(kind: number, origin: number, lens: Lens): boolean {
  switch (lens) {
    case 'recorded':
      return true;
    case 'caller':
      return kind === FrameKind.Ruby || kind === FrameKind.Eval;
    case 'mine':
      return origin === Origin.Mine && (kind === FrameKind.Ruby || kind === FrameKind.Eval);
    default:
      return assertNever(lens);
  }
}

function chargeByStacks({ frames, stacks }: Profile, chargeable: Uint8Array): Float64Array {
  const own = new Float64Array(frames.length);
  // Who answers at each depth of the stack at hand.
  const answers: number[] = [];
  walkStacks(stacks, (node, depth) => {
    const frame = stacks.frame[node]!;
    const answer = chargeable[frame] === 1 ? frame : depth === 0 ? -1 : answers[depth - 1]!;
    answers[depth] = answer;
    if (answer >= 0) own[answer]! += stacks.self[node]!;
  });
  return own;
}

function rest(profile: Profile, own: Float64Array): number {
  let charged = 0;
  for (let frame = 0; frame < own.length; frame++) charged += own[frame]!;
  return Math.max(0, profile.samples - charged);
}
