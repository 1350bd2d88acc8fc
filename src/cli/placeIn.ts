import { relative } from 'node:path';

/** A path below the root, with `/`; null when it is outside. */
export function placeIn(root: string, path: string): string | null {
  const below = relative(root, path).replaceAll('\\', '/');
  return below !== '' && !below.startsWith('../') && !/^[A-Za-z]:|^\//.test(below) ? below : null;
}
