/**
 * The address of several profiles shown as one: their common folder, how many they are, and in the query all of their
 * addresses. The address says everything, so such a tab comes back after a reload, and the same files are the same profile.
 */
export const mergedScheme = 'allocation-merged';

/** The address of these files (URIs) together, in any order. */
export function mergedUri(files: readonly string[]): string {
  const sorted = [...new Set(files)].sort();
  const name = encodeURIComponent(`${sorted.length} merged profiles`);
  return `${mergedScheme}:${commonFolder(sorted)}/${name}?${encodeURIComponent(JSON.stringify(sorted))}`;
}

/** The files of a merged profile (URIs), sorted; null when the address is one of a single file. */
export function mergedFiles(uri: string): readonly string[] | null {
  if (!uri.startsWith(`${mergedScheme}:`)) return null;
  try {
    const files: unknown = JSON.parse(decodeURIComponent(uri.slice(uri.indexOf('?') + 1)));
    return Array.isArray(files) && files.every((file) => typeof file === 'string') ? files : [];
  } catch {
    return [];
  }
}

/** Path of the deepest folder that holds all of them, without a slash at the end. */
function commonFolder(uris: readonly string[]): string {
  const [first = [], ...others] = uris.map((uri) =>
    uri
      .replace(/^[^:]*:\/\/[^/]*/, '')
      .split('/')
      .slice(0, -1),
  );
  let length = first.length;
  for (const folder of others) {
    let same = 0;
    while (same < length && first[same] === folder[same]) same++;
    length = same;
  }
  return first.slice(0, length).join('/');
}
