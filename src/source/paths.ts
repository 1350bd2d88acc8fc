/**
 * Paths as text. Inside this room a path uses `/`, has no `.` or `..` that could be resolved, and no trailing slash.
 * Windows paths keep their drive (`C:/app/x.rb`) and compare without case, as that system does.
 */

/** A recorded path, a `file://` URI or a setting in the room's form. Relative paths stay relative. */
export function normalizePath(text: string): string {
  let path = text.startsWith('file://') ? fromFileUri(text) : text;
  if (path.includes('\\') && (/^[A-Za-z]:\\|^\\\\/.test(path) || !path.includes('/')))
    path = path.replaceAll('\\', '/');
  if (/^[a-z]:/.test(path)) path = path[0]!.toUpperCase() + path.slice(1);
  if (!/\/\/|(?:^|\/)\.\.?(?:\/|$)|\/$/.test(path)) return path;
  const lead = path.startsWith('//') ? '//' : path.startsWith('/') ? '/' : '';
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && kept.length > 0 && kept[kept.length - 1] !== '..') kept.pop();
    else if (segment !== '..' || lead === '') kept.push(segment);
  }
  return lead + kept.join('/');
}

export function isAbsolutePath(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path);
}

/** The components of a path: `/a/b` -> `a b`, `C:/a` -> `C: a`. */
export function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** The first `count` components of `path` as a path again: `prefixOf('/a/b/c', 2)` is `/a/b`, 0 gives `/` or ''. */
export function prefixOf(path: string, count: number): string {
  const lead = path.startsWith('//') ? '//' : path.startsWith('/') ? '/' : '';
  return lead + segmentsOf(path).slice(0, count).join('/');
}

export function joinPath(folder: string, rest: string): string {
  if (rest === '') return folder;
  if (folder === '') return rest;
  return folder.endsWith('/') ? folder + rest : `${folder}/${rest}`;
}

/** `path` relative to `folder`: '' for the folder itself, null when it is not inside. An empty folder contains every relative path. */
export function relativeTo(folder: string, path: string): string | null {
  if (folder === '') return isAbsolutePath(path) ? null : path;
  const bare = folder.length > 1 && folder.endsWith('/') ? folder.slice(0, -1) : folder;
  if (bare === '/') return path.startsWith('/') ? path.slice(1) : null;
  const head = path.slice(0, bare.length);
  const same = /^[A-Za-z]:/.test(bare) ? head.toLowerCase() === bare.toLowerCase() : head === bare;
  if (!same) return null;
  if (path.length === bare.length) return '';
  return path[bare.length] === '/' ? path.slice(bare.length + 1) : null;
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return '';
  return slash === 0 ? '/' : path.slice(0, slash);
}

export function baseNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function fromFileUri(uri: string): string {
  const path = uri.slice('file://'.length).replace(/^localhost(?=\/)/, '');
  let plain = path;
  try {
    plain = decodeURIComponent(path);
  } catch {
    // A stray % is part of the name.
  }
  return /^\/[A-Za-z]:/.test(plain) ? plain.slice(1) : plain;
}
