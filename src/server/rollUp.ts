import { compareText } from '../profile/methods';
import type { StringIndex } from '../profile/profile';
import { rollUp as sumUp } from '../profile/rollUp';
import type { RollUpParams, RollUpResult } from '../protocol/requests';
import type { ViewContext } from './context';
import type { OpenProfile } from './openProfile';
import { factsOf } from './refinedProfiles';

/** Files or packages with samples, heaviest own first. Throws when the profile is not open. */
export function rollUp({ profiles, refined }: ViewContext, params: RollUpParams): RollUpResult {
  const { open } = refined.get(profiles.get(params.uri), params.refinement);
  const { profile, view } = open;
  const { frames, strings } = profile;
  const packages = factsOf(open).package;
  const keyOf = (file: StringIndex): string => (params.by === 'file' ? strings[file]! : packages[file]!);
  const { keys, ofFrame } = groupedBy(open, keyOf);
  const sums = sumUp(profile, { count: keys.length, ofFrame }, params.lens, view.map.origin);
  // What a row says beside its sums is that of the file that most samples pass through.
  const fileOf = (group: number): StringIndex => frames.file[sums.heaviest[group]!]!;
  const rows = keys
    .map((_, group) => group)
    .filter((group) => sums.heaviest[group]! >= 0)
    .filter((group) => params.package === null || packages[fileOf(group)] === params.package)
    .sort(
      (a, b) => sums.own[b]! - sums.own[a]! || sums.through[b]! - sums.through[a]! || compareText(keys[a]!, keys[b]!),
    );
  const filesUsed = countFiles(open, ofFrame, keys.length);
  return {
    length: rows.length,
    key: rows.map((group) => keys[group]!),
    label: rows.map((group) => (params.by === 'file' ? view.map.place[fileOf(group)]! : keys[group]!)),
    package: rows.map((group) => packages[fileOf(group)]!),
    own: Float64Array.from(rows, (group) => sums.own[group]!),
    through: Float64Array.from(rows, (group) => sums.through[group]!),
    methods: Int32Array.from(rows, (group) => sums.methods[group]!),
    files: Int32Array.from(rows, (group) => filesUsed[group]!),
    origin: Uint8Array.from(rows, (group) => view.map.origin[fileOf(group)]!),
    elsewhere: sums.elsewhere,
    ownExact: sums.ownExact,
    throughExact: sums.throughExact,
  };
}

function groupedBy(
  { profile: { frames } }: OpenProfile,
  keyOf: (file: StringIndex) => string,
): { readonly keys: readonly string[]; readonly ofFrame: Int32Array } {
  const groupOfKey = new Map<string, number>();
  const groupOfFile = new Map<StringIndex, number>();
  for (const file of new Set(frames.file)) {
    const key = keyOf(file);
    const group = groupOfKey.get(key) ?? groupOfKey.size;
    groupOfKey.set(key, group);
    groupOfFile.set(file, group);
  }
  return { keys: [...groupOfKey.keys()], ofFrame: frames.file.map((file) => groupOfFile.get(file)!) };
}

/** Files with samples, per group. */
function countFiles({ profile: { frames } }: OpenProfile, ofFrame: Int32Array, groups: number): Int32Array {
  const counts = new Int32Array(groups);
  const counted = new Set<StringIndex>();
  for (let frame = 0; frame < frames.length; frame++) {
    const file = frames.file[frame]!;
    if (frames.total[frame] === 0 || counted.has(file)) continue;
    counted.add(file);
    counts[ofFrame[frame]!]!++;
  }
  return counts;
}
