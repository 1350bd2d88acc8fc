import { FrameKind, type Profile } from '../../src/profile/profile';

/** A profile that is only frames: `file`, or `file|Class#method|line`. Enough for everything that asks where code is. */
export function profileOfFiles(rows: readonly string[]): Profile {
  const strings: string[] = [];
  const indexOf = new Map<string, number>();
  const intern = (text: string): number => {
    const known = indexOf.get(text);
    if (known !== undefined) return known;
    indexOf.set(text, strings.length);
    return strings.push(text) - 1;
  };
  const frames = rows.map((row, i) => {
    const [file = '', name = `M#m${i}`, line = '0'] = row.split('|');
    return {
      file: intern(file),
      name: intern(name),
      line: Number(line),
      kind: file === '' ? FrameKind.Gc : FrameKind.Ruby,
    };
  });
  const none = { length: 0, self: new Float64Array(0), total: new Float64Array(0) };
  const noOffsets = new Int32Array(frames.length + 1);
  return {
    format: 'stackprof-marshal',
    compressed: false,
    fileBytes: 0,
    version: 1.2,
    mode: 'object',
    interval: 1,
    samples: 0,
    missedSamples: 0,
    gcSamples: 0,
    detail: 'raw_lines',
    metadata: [],
    strings,
    frames: {
      length: frames.length,
      name: Int32Array.from(frames, (f) => f.name),
      file: Int32Array.from(frames, (f) => f.file),
      line: Int32Array.from(frames, (f) => f.line),
      kind: Uint8Array.from(frames, (f) => f.kind),
      self: new Float64Array(frames.length),
      total: new Float64Array(frames.length),
    },
    stacks: {
      ...none,
      parent: new Int32Array(0),
      frame: new Int32Array(0),
      line: new Int32Array(0),
      subtreeEnd: new Int32Array(0),
    },
    frameLines: { offset: noOffsets, line: new Int32Array(0), total: none.total, self: none.self },
    edges: { offset: noOffsets, callee: new Int32Array(0), count: none.total },
  };
}
