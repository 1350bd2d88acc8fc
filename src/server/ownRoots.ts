import type { SourceRoot } from '../source/mapFiles';

/**
 * The folders whose code is the user's own: the workspace's, and those outside it that the user named as the place of
 * recorded code (a window without a folder has only these).
 */
export function ownRoots(roots: readonly SourceRoot[], remembered: Readonly<Record<string, string>>): SourceRoot[] {
  const own = [...roots];
  for (const folder of Object.values(remembered)) {
    const path = folder.replaceAll('\\', '/').replace(/\/+$/, '');
    const known = own.some((root) => path === root.path || path.startsWith(`${root.path}/`));
    if (path !== '' && !known) own.push({ path, name: path.slice(path.lastIndexOf('/') + 1) });
  }
  return own;
}
