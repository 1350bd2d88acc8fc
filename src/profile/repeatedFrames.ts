import type { Profile } from './profile';

/**
 * Marks frames (1) that stand more than once on some stack: recursion, or a method and its own blocks, which share one
 * frame. StackProf's `lines` and `edges` count such a frame once per appearance, so its sums exceed its samples. Without
 * stacks, a frame is unmarked only when its figures prove that it never repeats.
 */
export function repeatedFrames(profile: Profile): Uint8Array {
  return profile.detail === 'aggregate' ? repeatedByEdges(profile) : repeatedByStacks(profile);
}

function repeatedByStacks({ frames, stacks }: Profile): Uint8Array {
  const repeated = new Uint8Array(frames.length);
  // The end of the outermost subtree of each frame so far: a node before it is inside, hence a second appearance.
  const outermostEnd = new Int32Array(frames.length);
  for (let node = 0; node < stacks.length; node++) {
    const frame = stacks.frame[node]!;
    if (node < outermostEnd[frame]!) repeated[frame] = 1;
    else outermostEnd[frame] = stacks.subtreeEnd[node]!;
  }
  return repeated;
}

/**
 * Every appearance of a frame is a leaf or calls one frame, so self + sum of edges counts appearances; when that is the
 * number of samples with the frame, none has it twice.
 */
function repeatedByEdges({ frames, edges, version }: Profile): Uint8Array {
  const repeated = new Uint8Array(frames.length).fill(1);
  // Before 0.2.12 (versions up to 1.1) `total_samples` itself counted appearances: equality proves nothing.
  if (version !== null && version < 1.2) return repeated;
  for (let frame = 0; frame < frames.length; frame++) {
    let appearances = frames.self[frame]!;
    for (let row = edges.offset[frame]!; row < edges.offset[frame + 1]!; row++) appearances += edges.count[row]!;
    if (appearances === frames.total[frame] && appearances > 0) repeated[frame] = 0;
  }
  return repeated;
}
