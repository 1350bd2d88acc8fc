import { ProfileBuilder } from '../../src/profile/builder';
import type { FrameIndex, Profile } from '../../src/profile/profile';

/**
 * The same recording as StackProf keeps it without `raw: true`: samples per method, and per caller and callee at each
 * appearance. Methods are listed as it meets them: stack by stack, each from its top down.
 */
export function sumsOf(profile: Profile): Profile {
  const { frames, strings, stacks } = profile;
  const builder = new ProfileBuilder();
  builder.detail = 'aggregate';
  builder.mode = profile.mode;
  builder.interval = profile.interval;
  builder.samples = profile.samples;
  const rowOf = new Int32Array(frames.length).fill(-1);
  const meet = (frame: FrameIndex): void => {
    if (rowOf[frame]! >= 0) return;
    rowOf[frame] = builder.addFrame({
      name: strings[frames.name[frame]!]!,
      file: strings[frames.file[frame]!]!,
      line: frames.line[frame]!,
      self: frames.self[frame]!,
      total: frames.total[frame]!,
    });
  };
  for (let leaf = 0; leaf < stacks.length; leaf++) {
    if (stacks.self[leaf] === 0) continue;
    for (let node = leaf; node >= 0; node = stacks.parent[node]!) meet(stacks.frame[node]!);
  }
  for (let node = 0; node < stacks.length; node++) {
    const caller = stacks.parent[node]!;
    if (caller >= 0) {
      builder.addEdge(rowOf[stacks.frame[caller]!]!, rowOf[stacks.frame[node]!]!, stacks.total[node]!);
    }
  }
  return builder.finish();
}
