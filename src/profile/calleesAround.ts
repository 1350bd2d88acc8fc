import { mergeStacks } from './mergeStacks';
import type { FrameIndex, Profile, StackTable } from './profile';

/** What a method calls: the stacks from its outermost occurrence on, the method as root (one per line), each sample once. */
export function calleesAround(profile: Profile, around: FrameIndex, withLines: boolean): StackTable {
  const { stacks } = profile;
  const into = new Int32Array(stacks.length).fill(-1);
  for (let node = 0; node < stacks.length; ) {
    const end = stacks.frame[node] === around ? stacks.subtreeEnd[node]! : node;
    if (end === node) node++;
    for (; node < end; node++) into[node] = node;
  }
  return mergeStacks(profile, stacks, into, withLines);
}
