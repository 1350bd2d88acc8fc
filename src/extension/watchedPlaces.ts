/** A folder and what in it is watched; null stands for each folder of the workspace. */
export interface WatchedPlace {
  readonly folder: string | null;
  readonly pattern: string;
}

/** The places that globs name: absolute ones by the folder before their first wildcard, others in the workspace. */
export function watchedPlaces(globs: readonly unknown[]): WatchedPlace[] {
  return globs.flatMap((glob): WatchedPlace[] => {
    if (typeof glob !== 'string' || glob.trim() === '') return [];
    const parts = glob.trim().replaceAll('\\', '/').split('/');
    const isAbsolute = parts[0] === '' || /^[A-Za-z]:$/.test(parts[0] ?? '');
    if (!isAbsolute) return [{ folder: null, pattern: parts.filter((part) => part !== '.').join('/') }];
    const wild = parts.findIndex((part) => /[*?[\]{}]/.test(part));
    const at = wild < 0 ? parts.length - 1 : wild;
    const pattern = parts.slice(at).join('/');
    return pattern === '' ? [] : [{ folder: parts.slice(0, at).join('/') || '/', pattern }];
  });
}

/** What is said of new dumps, by their names, oldest first. */
export function announcementOf(names: readonly string[]): string {
  const newest = names.at(-1) ?? '';
  if (names.length === 1) return `New allocation profile: ${newest}`;
  return `${names.length} new allocation profiles, the newest is ${newest}`;
}
