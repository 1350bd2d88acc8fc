import type { Profile } from '../../src/profile/profile';

/** A profile as `stackprof --json` writes it, with what its detail knows; one run per stack. Frame ids: FrameIndex + 100. */
export function stackprofJson(profile: Profile): Uint8Array {
  const { detail } = profile;
  const json = {
    version: 1.2,
    mode: profile.mode,
    interval: profile.interval,
    samples: profile.samples,
    gc_samples: profile.gcSamples,
    missed_samples: profile.missedSamples,
    metadata: {},
    frames: frameRows(profile),
    ...(detail === 'aggregate' ? {} : { raw: runs(profile, (node) => profile.stacks.frame[node]! + 100) }),
    ...(detail === 'raw_lines' ? { raw_lines: runs(profile, (node) => profile.stacks.line[node]!) } : {}),
  };
  return new TextEncoder().encode(JSON.stringify(json));
}

function frameRows({ frames, frameLines, edges, strings }: Profile): Record<string, object> {
  const rows: Record<string, object> = {};
  for (let frame = 0; frame < frames.length; frame++) {
    const lines: Record<string, number[]> = {};
    for (let row = frameLines.offset[frame]!; row < frameLines.offset[frame + 1]!; row++) {
      lines[frameLines.line[row]!] = [frameLines.total[row]!, frameLines.self[row]!];
    }
    const callees: Record<string, number> = {};
    for (let row = edges.offset[frame]!; row < edges.offset[frame + 1]!; row++) {
      callees[edges.callee[row]! + 100] = edges.count[row]!;
    }
    rows[frame + 100] = {
      name: strings[frames.name[frame]!],
      file: strings[frames.file[frame]!],
      line: frames.line[frame] === 0 ? null : frames.line[frame],
      total_samples: frames.total[frame],
      samples: frames.self[frame],
      ...(Object.keys(callees).length > 0 ? { edges: callees } : {}),
      ...(Object.keys(lines).length > 0 ? { lines } : {}),
    };
  }
  return rows;
}

/** `[length, root, ..., leaf, count]` for every stack with samples. */
function runs({ stacks }: Profile, numberOf: (node: number) => number): number[] {
  const values: number[] = [];
  for (let node = 0; node < stacks.length; node++) {
    if (stacks.self[node] === 0) continue;
    const path: number[] = [];
    for (let at = node; at >= 0; at = stacks.parent[at]!) path.unshift(numberOf(at));
    values.push(path.length, ...path, stacks.self[node]!);
  }
  return values;
}
