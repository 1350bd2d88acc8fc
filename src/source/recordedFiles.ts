import { FrameKind, type Profile, type StringIndex } from '../profile/profile';
import { classifyFile, type FileShape } from './classifyFile';

/** A file that a profile names, on its way to a local one. */
export interface RecordedFile {
  readonly index: StringIndex;
  readonly text: string;
  readonly shape: FileShape;
  /** Normalized; '' for shapes without a path. */
  readonly path: string;
  /** True for the empty file of StackProf's garbage collection frames. */
  readonly collector: boolean;
  local: string | null;
  /** Decided, found or not: later steps leave it alone. */
  settled: boolean;
  /** Several folders have it equally well. */
  ambiguous: boolean;
}

/** The files of all frames, each once. */
export function recordedFiles({ strings, frames }: Profile): RecordedFile[] {
  const collectors = new Set<StringIndex>();
  for (let frame = 0; frame < frames.length; frame++) {
    if (frames.kind[frame] === FrameKind.Gc) collectors.add(frames.file[frame]!);
  }
  return [...new Set<StringIndex>(frames.file)].map((index) => {
    const text = strings[index]!;
    const shape = classifyFile(text);
    const path = 'path' in shape ? shape.path : '';
    return {
      index,
      text,
      shape,
      path,
      collector: collectors.has(index),
      local: null,
      settled: false,
      ambiguous: false,
    };
  });
}

/** Files that could be the application's: they vote, and count as missing when they are nowhere. */
export function isCandidate(shape: FileShape): boolean {
  return shape.kind === 'file' && !shape.tool && !/(?:^|\/)node_modules\//.test(shape.path);
}
