import { chargeByEdges } from './chargeByEdges';
import { FloatColumn } from './column';
import type { FrameIndex, Profile } from './profile';
import { StackTrie } from './stackTrie';
import { walkStacks } from './walkStacks';

/** What a frame calls, and what of it the frame answers for. */
export interface FrameCall {
  readonly callee: FrameIndex;
  /** Appearances of the callee directly below the frame, as StackProf counts edges and lines. */
  readonly appearances: number;
  /** Samples charged to the frame that come by this callee. */
  readonly samples: number;
}

export interface FrameCalls {
  /** The calls of a chargeable frame; a callee that leads back to the frame, as blocks do, before those it leads to. */
  of(frame: FrameIndex): readonly FrameCall[];
}

/**
 * The calls of every frame marked in `chargeable` (1 per FrameIndex). The samples of a frame's calls and its own as leaf
 * are what `chargeTo` charges it with.
 */
export function frameCalls(profile: Profile, chargeable: Uint8Array): FrameCalls {
  const sums = new CallSums();
  if (profile.detail === 'aggregate') callsByEdges(profile, chargeable, sums);
  else callsByStacks(profile, chargeable, sums);
  return sums.byFrame();
}

function callsByStacks({ stacks }: Profile, chargeable: Uint8Array, sums: CallSums): void {
  // Per depth of the stack at hand: the frame that answers there, and its call that led there; -1 for none.
  const answers: FrameIndex[] = [];
  const calls: number[] = [];
  walkStacks(stacks, (node, depth) => {
    const frame = stacks.frame[node]!;
    const above = depth === 0 ? -1 : answers[depth - 1]!;
    const isBelow = above >= 0 && calls[depth - 1]! < 0;
    const call = isBelow ? sums.callOf(above, frame) : depth === 0 ? -1 : calls[depth - 1]!;
    if (isBelow) sums.appearances.values[call]! += stacks.total[node]!;
    const answersItself = chargeable[frame] === 1;
    answers[depth] = answersItself ? frame : above;
    calls[depth] = answersItself ? -1 : call;
    if (!answersItself && call >= 0) sums.samples.values[call]! += stacks.self[node]!;
  });
}

function callsByEdges(profile: Profile, chargeable: Uint8Array, sums: CallSums): void {
  const { frames, edges } = profile;
  const hasEdge = new Set<number>();
  for (let caller = 0; caller < frames.length; caller++) {
    for (let row = edges.offset[caller]!; row < edges.offset[caller + 1]!; row++) {
      if (chargeable[edges.callee[row]!] === 1) hasEdge.add(caller * frames.length + edges.callee[row]!);
    }
  }
  for (const leadsBack of [true, false]) {
    for (let caller = 0; caller < frames.length; caller++) {
      if (chargeable[caller] === 0) continue;
      for (let row = edges.offset[caller]!; row < edges.offset[caller + 1]!; row++) {
        const callee = edges.callee[row]!;
        if (hasEdge.has(callee * frames.length + caller) !== leadsBack) continue;
        sums.appearances.values[sums.callOf(caller, callee)]! += edges.count[row]!;
      }
    }
  }
  chargeByEdges(profile, chargeable, (caller, callee, samples) => {
    sums.samples.values[sums.callOf(caller, callee)]! += samples;
  });
}

/** Sums per pair of caller and callee, in the order of their first call. */
class CallSums {
  readonly appearances = new FloatColumn();
  readonly samples = new FloatColumn();
  private readonly pairs = new StackTrie();

  callOf(caller: FrameIndex, callee: FrameIndex): number {
    const call = this.pairs.child(-1, caller, callee);
    if (call === this.samples.length) {
      this.appearances.push(0);
      this.samples.push(0);
    }
    return call;
  }

  byFrame(): FrameCalls {
    const lists = new Map<FrameIndex, FrameCall[]>();
    for (let call = 0; call < this.pairs.length; call++) {
      const list = lists.get(this.pairs.frame[call]!) ?? [];
      list.push({
        callee: this.pairs.line[call]!,
        appearances: this.appearances.values[call]!,
        samples: this.samples.values[call]!,
      });
      lists.set(this.pairs.frame[call]!, list);
    }
    return { of: (frame) => lists.get(frame) ?? [] };
  }
}
