import type { DirectoryCache } from './directoryCache';
import type { FileSystem } from './fileSystem';
import { joinPath, segmentsOf } from './paths';

/** A file of the workspace: its root's path and the components below it. */
export interface LocalFile {
  readonly root: string;
  readonly segments: readonly string[];
}

export interface WorkspaceIndex {
  /** Files with one of the wanted base names. */
  readonly byName: ReadonlyMap<string, readonly LocalFile[]>;
  /** Gem name -> folder with its `.gemspec`. */
  readonly gems: ReadonlyMap<string, string>;
}

/** Folders without an application's own Ruby, or too large to walk. */
const skipped = new Set(['node_modules', 'vendor', 'tmp', 'log', 'coverage', 'storage']);
const maxFolders = 6000;
const maxDepth = 24;
const maxPerName = 200;

/** Walks the roots breadth first, at most 6,000 folders, and keeps the files whose base name a profile mentions. */
export async function indexWorkspace(
  roots: readonly string[],
  wanted: ReadonlySet<string>,
  cache: DirectoryCache,
  files: FileSystem,
): Promise<WorkspaceIndex> {
  const byName = new Map<string, LocalFile[]>();
  const gems = new Map<string, string>();
  const nested = new Set(roots);
  let level = roots.map((root) => ({ root, folder: root, depth: 0 }));
  let walked = 0;
  while (level.length > 0 && walked < maxFolders) {
    level = level.slice(0, maxFolders - walked);
    walked += level.length;
    await cache.load(level.map((at) => at.folder));
    const next: typeof level = [];
    for (const at of level) {
      for (const [name, directory] of cache.entries(at.folder)) {
        const path = joinPath(at.folder, name);
        if (directory) {
          // A root inside another root is walked once, as its own root.
          if (skipped.has(name) || name.startsWith('.') || at.depth >= maxDepth || nested.has(path)) continue;
          if (await leadsBack(path, name, at.root, files)) continue;
          next.push({ root: at.root, folder: path, depth: at.depth + 1 });
        } else {
          if (name.endsWith('.gemspec')) gems.set(name.slice(0, -'.gemspec'.length), at.folder);
          if (wanted.has(name))
            addFile(byName, name, { root: at.root, segments: segmentsOf(path.slice(at.root.length)) });
        }
      }
    }
    level = next;
  }
  return { byName, gems };
}

/** A symlink to one of its own parents makes names repeat on the way down; only then is the real path asked for. */
async function leadsBack(path: string, name: string, root: string, files: FileSystem): Promise<boolean> {
  const above = segmentsOf(path.slice(root.length)).slice(0, -1);
  if (!above.includes(name)) return false;
  const real = await files.realPath(path);
  let folder = root;
  for (const segment of above) {
    if ((await files.realPath(folder)) === real) return true;
    folder = joinPath(folder, segment);
  }
  return (await files.realPath(folder)) === real;
}

function addFile(byName: Map<string, LocalFile[]>, name: string, file: LocalFile): void {
  const known = byName.get(name);
  if (!known) byName.set(name, [file]);
  else if (known.length < maxPerName) known.push(file);
}
