import { FloatColumn } from './column';
import type { FrameIndex, Profile } from './profile';
import { StackTrie } from './stackTrie';
import { walkStacks } from './walkStacks';

/** Samples that a frame hands on, per frame that takes them. */
export interface PassedSamples {
  /** What the deepest appearance of `frame` on each stack hands to each other chargeable frame next below it. */
  of(frame: FrameIndex): readonly number[];
}

/**
 * Which chargeable frame (1 in `chargeable`) answers next below each other, in samples: with `chargeTo`'s charges of a frame
 * these add up to its total. From stacks; without them, from the edges between two chargeable frames, which are only those
 * calls that nothing stands between.
 */
export function passedSamples(profile: Profile, chargeable: Uint8Array): PassedSamples {
  const pairs = new StackTrie();
  const sums = new FloatColumn();
  const add = (from: FrameIndex, to: FrameIndex, samples: number): void => {
    if (from === to) return;
    const pair = pairs.child(-1, from, to);
    if (pair === sums.length) sums.push(0);
    sums.values[pair]! += samples;
  };
  if (profile.detail === 'aggregate') passedByEdges(profile, chargeable, add);
  else passedByStacks(profile, chargeable, add);

  const byFrame = new Map<FrameIndex, number[]>();
  for (let pair = 0; pair < pairs.length; pair++) {
    if (!(sums.values[pair]! > 0)) continue;
    const list = byFrame.get(pairs.frame[pair]!);
    if (list === undefined) byFrame.set(pairs.frame[pair]!, [sums.values[pair]!]);
    else list.push(sums.values[pair]!);
  }
  return { of: (frame) => byFrame.get(frame) ?? [] };
}

type AddPair = (from: FrameIndex, to: FrameIndex, samples: number) => void;

function passedByStacks({ frames, stacks }: Profile, chargeable: Uint8Array, add: AddPair): void {
  // The chargeable frames of the stack at hand, root first, each with the place in this list of the one around it that is
  // the same frame; and the place of the innermost of every frame.
  const chain: FrameIndex[] = [];
  const around: number[] = [];
  const innermost = new Int32Array(frames.length).fill(-1);
  const enter = (node: number): void => {
    const frame = stacks.frame[node]!;
    if (chargeable[frame] === 0) return;
    const total = stacks.total[node]!;
    if (chain.length > 0) add(chain[chain.length - 1]!, frame, total);
    // Below a deeper appearance of the frame, the outer one does not count as the deepest.
    const outer = innermost[frame]!;
    if (outer >= 0) add(frame, chain[outer + 1] ?? frame, -total);
    innermost[frame] = chain.length;
    around[chain.length] = outer;
    chain.push(frame);
  };
  const leave = (node: number): void => {
    const frame = stacks.frame[node]!;
    if (chargeable[frame] === 0) return;
    chain.pop();
    innermost[frame] = around[chain.length]!;
  };
  walkStacks(stacks, enter, leave);
}

function passedByEdges({ frames, edges }: Profile, chargeable: Uint8Array, add: AddPair): void {
  for (let caller = 0; caller < frames.length; caller++) {
    if (chargeable[caller] === 0) continue;
    for (let row = edges.offset[caller]!; row < edges.offset[caller + 1]!; row++) {
      const callee = edges.callee[row]!;
      if (chargeable[callee] === 1) add(caller, callee, Math.min(edges.count[row]!, frames.total[callee]!));
    }
  }
}
