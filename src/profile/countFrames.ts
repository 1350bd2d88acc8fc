import { inStretches } from './inStretches';
import type { StackTable } from './profile';

/** Adds each stack's samples once per frame on it: a node below another of its frame is not counted again. */
export function countFrames(stacks: StackTable, self: Float64Array, total: Float64Array): void {
  const outermostEnd = new Int32Array(self.length);
  inStretches(stacks.length, (from, to) => {
    for (let node = from; node < to; node++) {
      const frame = stacks.frame[node]!;
      const own = stacks.self[node]!;
      if (own > 0) self[frame]! += own;
      if (node < outermostEnd[frame]!) continue;
      outermostEnd[frame] = stacks.subtreeEnd[node]!;
      total[frame]! += stacks.total[node]!;
    }
  });
}
