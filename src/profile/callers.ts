import { compareFrames } from './methods';
import type { FrameIndex, Profile } from './profile';

/** A method on the other side of a call, with the samples in which that call is on the stack. */
export interface CallCount {
  readonly frame: FrameIndex;
  readonly samples: number;
}

/** Who calls a method and what it calls, heaviest first. */
export interface Callers {
  readonly callers: readonly CallCount[];
  readonly callees: readonly CallCount[];
  readonly self: number;
  readonly total: number;
  /** False when made from StackProf's edges, which count a call once per appearance. */
  readonly exact: boolean;
}

/**
 * The calls of one method. A sample counts once per pair of caller and callee, however often the pair stands on its stack
 * (`stackprof --method` counts every appearance); a sample may count for several callers, when the method was entered
 * several times, or through its own blocks.
 */
export function callersOf(profile: Profile, frame: FrameIndex): Callers {
  const { frames, detail } = profile;
  const sums = detail === 'aggregate' ? callsFromEdges(profile, frame) : callsFromStacks(profile, frame);
  return {
    callers: counted(profile, sums.callers),
    callees: counted(profile, sums.callees),
    self: frames.self[frame]!,
    total: frames.total[frame]!,
    exact: detail !== 'aggregate',
  };
}

interface Calls {
  readonly callers: Map<FrameIndex, number>;
  readonly callees: Map<FrameIndex, number>;
}

function callsFromStacks({ stacks }: Profile, frame: FrameIndex): Calls {
  const callers = new OncePerSample();
  const callees = new OncePerSample();
  for (let node = 0; node < stacks.length; node++) {
    const parent = stacks.parent[node]!;
    if (parent < 0) continue;
    const end = stacks.subtreeEnd[node]!;
    const total = stacks.total[node]!;
    if (stacks.frame[node] === frame) callers.add(stacks.frame[parent]!, node, end, total);
    if (stacks.frame[parent] === frame) callees.add(stacks.frame[node]!, node, end, total);
  }
  return { callers: callers.sums, callees: callees.sums };
}

/** Adds subtrees met in depth-first order, leaving out those inside one that was added for the same frame. */
class OncePerSample {
  readonly sums = new Map<FrameIndex, number>();
  private readonly end = new Map<FrameIndex, number>();

  add(frame: FrameIndex, node: number, end: number, total: number): void {
    if (node < (this.end.get(frame) ?? 0)) return;
    this.end.set(frame, end);
    this.sums.set(frame, (this.sums.get(frame) ?? 0) + total);
  }
}

/** A call cannot be on more stacks than either of its methods. */
function callsFromEdges({ frames, edges }: Profile, frame: FrameIndex): Calls {
  const callers = new Map<FrameIndex, number>();
  const callees = new Map<FrameIndex, number>();
  for (let caller = 0; caller < frames.length; caller++) {
    for (let row = edges.offset[caller]!; row < edges.offset[caller + 1]!; row++) {
      const callee = edges.callee[row]!;
      if (caller !== frame && callee !== frame) continue;
      const samples = Math.min(edges.count[row]!, frames.total[caller]!, frames.total[callee]!);
      if (callee === frame) callers.set(caller, samples);
      if (caller === frame) callees.set(callee, samples);
    }
  }
  return { callers, callees };
}

function counted(profile: Profile, sums: Map<FrameIndex, number>): CallCount[] {
  return [...sums]
    .map(([frame, samples]) => ({ frame, samples }))
    .filter(({ samples }) => samples > 0)
    .sort((a, b) => b.samples - a.samples || compareFrames(profile, a.frame, b.frame));
}
