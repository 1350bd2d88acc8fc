import { FloatColumn } from './column';
import type { FrameIndex, Profile } from './profile';
import { StackTrie } from './stackTrie';

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
  // Per node: the nearest chargeable node at or above it, and how many there are on its stack.
  const nearest = new Int32Array(stacks.length);
  const level = new Int32Array(stacks.length);
  const path: number[] = [];
  const innermost = new Int32Array(frames.length).fill(-1);
  const around = new Int32Array(stacks.length);
  for (let node = 0; node < stacks.length; node++) {
    const frame = stacks.frame[node]!;
    const parent = stacks.parent[node]!;
    const above = parent < 0 ? -1 : nearest[parent]!;
    if (chargeable[frame] === 0) {
      nearest[node] = above;
      continue;
    }
    nearest[node] = node;
    level[node] = above < 0 ? 0 : level[above]! + 1;
    path[level[node]!] = node;
    const total = stacks.total[node]!;
    if (above >= 0) add(stacks.frame[above]!, frame, total);
    let outer = innermost[frame]!;
    while (outer >= 0 && stacks.subtreeEnd[outer]! <= node) outer = around[outer]!;
    around[node] = outer;
    innermost[frame] = node;
    // Below a deeper appearance of the frame, the outer one does not count as the deepest.
    if (outer >= 0) add(frame, stacks.frame[path[level[outer]! + 1]!]!, -total);
  }
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
