import { buildLineIndex, type LineIndex } from '../profile/lineIndex';
import type { Profile, StringIndex } from '../profile/profile';
import type { FileSystem } from '../source/fileSystem';
import { type MapOptions, mapFiles } from '../source/mapFiles';
import type { MappedView } from './openProfile';
import { pathKey } from './pathKey';

/**
 * Maps the files of a profile onto this disk (then `onMapped`). Its lines are counted when they are first asked for: the
 * flame graph does not need them, and on a large profile they take a quarter of the time that decoding takes.
 */
export async function mapView(profile: Profile, options: MapOptions, onMapped: () => void): Promise<MappedView> {
  const map = await mapFiles(profile, options);
  const filesByKey = await filesByPathKey(map.path, options.files);
  onMapped();
  let lines: LineIndex | null = null;
  return {
    map,
    get lines() {
      lines ??= buildLineIndex(profile, map.origin);
      return lines;
    },
    filesByKey,
  };
}

async function filesByPathKey(
  paths: ReadonlyArray<string | null>,
  files: FileSystem,
): Promise<Map<string, StringIndex[]>> {
  const filesByKey = new Map<string, StringIndex[]>();
  const keys = await Promise.all(paths.map((path) => (path === null ? null : pathKey(path, files))));
  keys.forEach((key, file) => {
    if (key === null) return;
    const same = filesByKey.get(key);
    if (same === undefined) filesByKey.set(key, [file]);
    else same.push(file);
  });
  return filesByKey;
}
