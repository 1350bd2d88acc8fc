import type { Profile } from '../../src/profile/profile';

/** A profile with stacks as `stackprof --json` writes it: one run per stack. Frame ids are FrameIndex + 100. */
export function stackprofJson(profile: Profile): Uint8Array {
  const { frames, stacks, strings } = profile;
  const rows: Record<string, object> = {};
  for (let frame = 0; frame < frames.length; frame++) {
    rows[frame + 100] = {
      name: strings[frames.name[frame]!],
      file: strings[frames.file[frame]!],
      line: frames.line[frame] === 0 ? null : frames.line[frame],
      total_samples: frames.total[frame],
      samples: frames.self[frame],
    };
  }
  const raw: number[] = [];
  const rawLines: number[] = [];
  for (let node = 0; node < stacks.length; node++) {
    if (stacks.self[node] === 0) continue;
    const path: number[] = [];
    for (let at = node; at >= 0; at = stacks.parent[at]!) path.unshift(at);
    raw.push(path.length, ...path.map((at) => stacks.frame[at]! + 100), stacks.self[node]!);
    rawLines.push(path.length, ...path.map((at) => stacks.line[at]!), stacks.self[node]!);
  }
  const json = {
    version: 1.2,
    mode: profile.mode,
    interval: profile.interval,
    samples: profile.samples,
    gc_samples: profile.gcSamples,
    missed_samples: profile.missedSamples,
    metadata: {},
    frames: rows,
    raw,
    raw_lines: rawLines,
  };
  return new TextEncoder().encode(JSON.stringify(json));
}
