import type { FileSystem } from '../../src/source/fileSystem';

export interface MemoryFileSystem extends FileSystem {
  /** Calls made so far, for bounds on work. */
  calls: number;
}

/** A disk in memory: path -> text; `links` are symlinks path -> target, followed everywhere. */
export function memoryFileSystem(texts: Record<string, string>, links: Record<string, string> = {}): MemoryFileSystem {
  const folders = new Map<string, Map<string, boolean>>();
  const add = (path: string, directory: boolean): void => {
    const slash = path.lastIndexOf('/');
    const parent = path.slice(0, slash) || '/';
    const entries = folders.get(parent) ?? new Map<string, boolean>();
    if (!entries.has(path.slice(slash + 1))) entries.set(path.slice(slash + 1), directory);
    folders.set(parent, entries);
    if (parent !== '/' && parent.includes('/')) add(parent, true);
  };
  for (const path of Object.keys(texts)) add(path, false);
  for (const [link, target] of Object.entries(links)) {
    add(link, texts[target] === undefined);
  }
  const resolve = (path: string): string => {
    let now = path;
    for (let i = 0; i < 20; i++) {
      const link = Object.keys(links).find((at) => now === at || now.startsWith(`${at}/`));
      if (link === undefined) return now;
      now = links[link]! + now.slice(link.length);
    }
    return now;
  };
  return {
    calls: 0,
    async kind(path) {
      this.calls++;
      const real = resolve(path);
      return texts[real] !== undefined ? 'file' : folders.has(real) ? 'directory' : null;
    },
    async readText(path) {
      this.calls++;
      return texts[resolve(path)] ?? null;
    },
    async realPath(path) {
      this.calls++;
      return resolve(path);
    },
    async list(path) {
      this.calls++;
      return [...(folders.get(resolve(path)) ?? [])].map(([name, directory]) => ({ name, directory }));
    },
  };
}
