import type { LineIndex } from '../profile/lineIndex';
import type { Measure } from '../profile/measure';
import type { Problem } from '../profile/problem';
import type { Profile, StringIndex } from '../profile/profile';
import type { Baseline, ProfilePart } from '../protocol/requests';
import type { CapturedDefinition } from '../source/definitions';
import type { SourceMap } from '../source/mapFiles';
import type { FollowedFile } from './drift';

/** A decoded profile with all that the features read. What hangs on the mapping is replaced as a whole when it changes. */
export interface OpenProfile {
  readonly uri: string;
  readonly profile: Profile;
  readonly problems: readonly Problem[];
  /** The files of a merged profile; empty for a single file. */
  readonly parts: readonly ProfilePart[];
  readonly measure: Measure;
  readonly columnBytes: number;
  readonly maxDepth: number;
  readonly loadMs: number;
  /** Recorded prefix -> folder, as the user chose. */
  remembered: Readonly<Record<string, string>>;
  view: MappedView;
  /** What it is compared with. */
  baseline: Baseline | null;
  /** By path key: the files that were looked at, followed through their changes. */
  readonly drifts: Map<string, FollowedFile>;
  /** Definitions by file, made when the first file is followed. */
  definitions: ReadonlyMap<StringIndex, readonly CapturedDefinition[]> | null;
}

/** The profile as seen from one mapping of its files. */
export interface MappedView {
  readonly map: SourceMap;
  readonly lines: LineIndex;
  /** Path key (see `pathKey.ts`) -> StringIndex of every recorded file that is this file. */
  readonly filesByKey: ReadonlyMap<string, readonly number[]>;
}

/** Gives the profile a new mapping; files that are recorded under other paths by it are followed anew. */
export function replaceView(open: OpenProfile, view: MappedView): void {
  for (const key of open.drifts.keys()) {
    const before = open.view.filesByKey.get(key)?.join();
    if (before !== view.filesByKey.get(key)?.join()) open.drifts.delete(key);
  }
  open.view = view;
}

/** Bytes that the columns and strings of a profile take (two bytes per character at most). */
export function columnBytesOf(profile: Profile): number {
  let bytes = 0;
  const { frames, stacks, timeline, frameLines, edges } = profile;
  for (const table of [frames, stacks, timeline ?? {}, frameLines, edges]) {
    for (const column of Object.values(table)) if (ArrayBuffer.isView(column)) bytes += column.byteLength;
  }
  for (const string of profile.strings) bytes += 2 * string.length;
  return bytes;
}

/** Frames of the deepest stack; 0 when there are no stacks. */
export function maxDepthOf(profile: Profile): number {
  const { parent, length } = profile.stacks;
  const depth = new Uint16Array(length);
  let deepest = 0;
  for (let node = 0; node < length; node++) {
    const above = parent[node]!;
    const own = above < 0 ? 1 : depth[above]! + 1;
    depth[node] = own;
    if (own > deepest) deepest = own;
  }
  return deepest;
}

/** Last part of a URI's path, readable. */
export function nameOf(uri: string): string {
  const path = uri.replace(/\?.*$/s, '');
  const last = path.slice(path.lastIndexOf('/') + 1) || path;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
