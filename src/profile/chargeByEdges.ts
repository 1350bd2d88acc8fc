import type { FrameIndex, Profile } from './profile';

/** Upper limit of edges walked: keeps a hostile graph of slow cycles under a second. */
const MAX_STEPS = 30_000_000;

/**
 * Gives samples to frames without stacks: what a frame that cannot be charged allocated is passed up to its callers in
 * proportion to their calls of it, again and again until it reaches frames that can. What reaches a root, or still goes
 * round a cycle when it has become negligible, is given to nobody. An estimate: edges do not remember what led to a call,
 * so a busy method between (`Array#each`) mixes its callers.
 *
 * Returns samples per FrameIndex, never more than the frame's total. `onCharge` hears of every part that comes to a frame by
 * a callee, before that limit.
 */
export function chargeByEdges(
  profile: Profile,
  chargeable: Uint8Array,
  onCharge?: (caller: FrameIndex, callee: FrameIndex, samples: number) => void,
): Float64Array {
  const { frames } = profile;
  const callers = callersByFrame(profile);
  const own = new Float64Array(frames.length);
  const pending = new Float64Array(frames.length);
  const queued = new Uint8Array(frames.length);
  let queue: FrameIndex[] = [];
  for (let frame = 0; frame < frames.length; frame++) {
    if (chargeable[frame] === 1) own[frame] = frames.self[frame]!;
    else if (frames.self[frame]! > 0) {
      pending[frame] = frames.self[frame]!;
      queued[frame] = 1;
      queue.push(frame);
    }
  }
  const negligible = Math.max(1e-6, profile.samples * 1e-9);
  let steps = 0;
  while (queue.length > 0 && steps < MAX_STEPS) {
    const next: FrameIndex[] = [];
    for (const frame of queue) {
      queued[frame] = 0;
      const mass = pending[frame]!;
      pending[frame] = 0;
      const perCall = mass / callers.calls[frame]!;
      for (let row = callers.offset[frame]!; row < callers.offset[frame + 1]!; row++) {
        const caller = callers.caller[row]!;
        const share = perCall * callers.count[row]!;
        if (chargeable[caller] === 1) {
          own[caller]! += share;
          onCharge?.(caller, frame, share);
          continue;
        }
        pending[caller]! += share;
        if (queued[caller] === 0 && pending[caller]! > negligible) {
          queued[caller] = 1;
          next.push(caller);
        }
      }
      steps += callers.offset[frame + 1]! - callers.offset[frame]! + 1;
    }
    queue = next;
  }
  for (let frame = 0; frame < frames.length; frame++) own[frame] = Math.min(own[frame]!, frames.total[frame]!);
  return own;
}

interface CallersByFrame {
  /** Rows `offset[f] .. offset[f+1]` are the callers of f, itself left out. */
  readonly offset: Int32Array;
  readonly caller: Int32Array;
  readonly count: Float64Array;
  /** Appearances of f below something else or as a root. */
  readonly calls: Float64Array;
}

/** The edge table turned round. A call of itself is left out: passing up to itself changes nothing. */
function callersByFrame(profile: Profile): CallersByFrame {
  const { frames, edges } = profile;
  const offset = new Int32Array(frames.length + 1);
  const calls = rootSamples(profile);
  eachCall(profile, (_caller, callee, count) => {
    offset[callee + 1]!++;
    calls[callee]! += count;
  });
  for (let frame = 0; frame < frames.length; frame++) offset[frame + 1]! += offset[frame]!;
  const next = offset.slice();
  const caller = new Int32Array(edges.callee.length);
  const count = new Float64Array(edges.callee.length);
  eachCall(profile, (from, callee, times) => {
    const row = next[callee]!++;
    caller[row] = from;
    count[row] = times;
  });
  for (let frame = 0; frame < frames.length; frame++) calls[frame] = Math.max(calls[frame]!, Number.MIN_VALUE);
  return { offset, caller, count, calls };
}

/**
 * Samples whose outermost frame this is, per FrameIndex. Every appearance of a frame is a leaf or calls one frame, and is a
 * root or is called by one: roots = self + edges out - edges in. A merged file has lost edges, so that some frames seem to
 * be called by nobody: the roots are scaled to the samples there are.
 */
export function rootSamples(profile: Profile): Float64Array {
  const { self } = profile.frames;
  const roots = self.slice();
  eachCall(profile, (caller, callee, count) => {
    roots[caller]! += count;
    roots[callee]! -= count;
  });
  let samples = 0;
  let sum = 0;
  for (let frame = 0; frame < roots.length; frame++) {
    roots[frame] = Math.max(0, roots[frame]!);
    sum += roots[frame]!;
    samples += self[frame]!;
  }
  if (sum > samples) for (let frame = 0; frame < roots.length; frame++) roots[frame]! *= samples / sum;
  return roots;
}

function eachCall(
  { frames, edges }: Profile,
  visit: (caller: FrameIndex, callee: FrameIndex, count: number) => void,
): void {
  for (let caller = 0; caller < frames.length; caller++) {
    for (let row = edges.offset[caller]!; row < edges.offset[caller + 1]!; row++) {
      const callee = edges.callee[row]!;
      if (callee !== caller && edges.count[row]! > 0) visit(caller, callee, edges.count[row]!);
    }
  }
}
