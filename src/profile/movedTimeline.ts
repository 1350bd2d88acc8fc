import { inStretches } from './inStretches';
import type { Timeline } from './profile';

/** The timeline after its stacks went to other places; `place`: per stack, -1 for one whose samples are out. */
export function movedTimeline(timeline: Timeline, place: Int32Array): Timeline {
  const { length } = timeline.stack;
  const stack = new Int32Array(length);
  inStretches(length, (from, to) => {
    for (let run = from; run < to; run++) {
      const before = timeline.stack[run]!;
      stack[run] = before < 0 ? -1 : place[before]!;
    }
  });
  return { ...timeline, stack };
}
