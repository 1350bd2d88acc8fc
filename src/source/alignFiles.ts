import { assertNever } from '../profile/assertNever';
import type { Profile, StringIndex } from '../profile/profile';
import { classifyFile } from './classifyFile';
import { baseNameOf, joinPath, prefixOf, relativeTo, segmentsOf } from './paths';

/** A profile and where its files are; `relative` as in `SourceMap`, per StringIndex. */
export interface RecordedSide {
  readonly profile: Profile;
  readonly relative: ReadonlyArray<string | null>;
}

/** Per StringIndex: files of the two profiles that are the same one have the same key. Only rows of frames' files mean anything. */
export interface AlignedFiles {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * Which files of two recordings are one: the application's by their path inside the workspace, whatever folder it ran in;
 * gems by name and path inside, whatever version; core code is one file, for the same method is C in one Ruby and Ruby in
 * the next. Files of the application that are not on this disk are found by the folders that most of them share:
 *
 *     /app/lib/a.rb    /srv/releases/7/lib/a.rb     /app -> /srv/releases/7
 *     /app/lib/b.rb    /srv/releases/7/lib/b.rb
 */
export function alignFiles(before: RecordedSide, after: RecordedSide): AlignedFiles {
  const keys = { before: fileKeys(before), after: fileKeys(after) };
  const there = new Set(keys.before);
  const paths = unplacedPaths(before);
  const moved = [...unplacedPaths(after)].filter(([, path]) => !there.has(fileKey(path)));
  for (const { from, to } of folderPairs([...paths.values()], [...new Map(moved).values()])) {
    for (const [file, path] of moved) {
      const inside = there.has(keys.after[file]!) ? null : relativeTo(to, path);
      if (inside === null) continue;
      const key = fileKey(joinPath(from, inside));
      if (there.has(key)) keys.after[file] = key;
    }
  }
  return keys;
}

function fileKeys({ profile, relative }: RecordedSide): string[] {
  const keys: string[] = new Array(profile.strings.length).fill('');
  for (const file of new Set(profile.frames.file)) keys[file] = keyOf(profile.strings[file]!, relative[file] ?? null);
  return keys;
}

function keyOf(recorded: string, relative: string | null): string {
  const shape = classifyFile(recorded);
  switch (shape.kind) {
    case 'none':
    case 'core':
    case 'eval':
      return shape.kind;
    case 'gem':
      return `gem ${shape.gem} ${shape.inside}`;
    case 'stdlib':
      return `stdlib ${shape.inside}`;
    case 'file':
      return relative === null ? fileKey(shape.path) : `app ${relative}`;
    default:
      return assertNever(shape);
  }
}

function fileKey(path: string): string {
  return `file ${path}`;
}

/** Files with a path that no folder of this disk explains. */
function unplacedPaths({ profile, relative }: RecordedSide): Map<StringIndex, string> {
  const paths = new Map<StringIndex, string>();
  for (const file of new Set(profile.frames.file)) {
    const shape = classifyFile(profile.strings[file]!);
    if (shape.kind === 'file' && (relative[file] ?? null) === null) paths.set(file, shape.path);
  }
  return paths;
}

/** The same folder on two machines. */
interface FolderPair {
  readonly from: string;
  readonly to: string;
}

/** A name in more places than this says nothing. */
const MOST_NAMESAKES = 40;

/** The folders that differ above the longest common ending of two paths, those that explain most files first. */
function folderPairs(before: readonly string[], after: readonly string[]): FolderPair[] {
  const byName = new Map<string, string[]>();
  for (const path of before) {
    const name = baseNameOf(path);
    byName.set(name, [...(byName.get(name) ?? []), path]);
  }
  const votes = new Map<string, { pair: FolderPair; files: number }>();
  for (const path of after) {
    const namesakes = byName.get(baseNameOf(path)) ?? [];
    if (namesakes.length > MOST_NAMESAKES) continue;
    for (const other of namesakes) {
      const common = commonEnding(other, path);
      // A name alone is no proof: many applications have a `user.rb`.
      if (common < 2) continue;
      const pair = {
        from: prefixOf(other, segmentsOf(other).length - common),
        to: prefixOf(path, segmentsOf(path).length - common),
      };
      const key = JSON.stringify(pair);
      const vote = votes.get(key) ?? { pair, files: 0 };
      vote.files++;
      votes.set(key, vote);
    }
  }
  return [...votes.values()]
    .sort((a, b) => b.files - a.files || b.pair.to.length - a.pair.to.length)
    .map((vote) => vote.pair);
}

/** Path components that two paths have in common at their end. */
function commonEnding(a: string, b: string): number {
  const [left, right] = [segmentsOf(a).reverse(), segmentsOf(b).reverse()];
  let common = 0;
  while (common < left.length && common < right.length && left[common] === right[common]) common++;
  return common;
}
