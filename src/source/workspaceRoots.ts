import type { FileSystem } from './fileSystem';
import type { SourceRoot } from './mapFiles';
import { isAbsolutePath, joinPath, normalizePath, relativeTo } from './paths';

/** A workspace folder with its real path, which is the same unless it is reached by a symlink. */
export interface Root extends SourceRoot {
  readonly real: string;
}

export interface PlaceInRoot {
  readonly root: Root;
  /** Below the root, never empty. */
  readonly rest: string;
}

/** The folders of the workspace, and what a path means inside them. */
export class WorkspaceRoots {
  private constructor(
    readonly all: readonly Root[],
    private readonly home: string | null,
  ) {}

  /** `home`: what `~` stands for. */
  static async find(roots: readonly SourceRoot[], files: FileSystem, home: string | null): Promise<WorkspaceRoots> {
    const found = roots.map(async ({ path, name }) => {
      const bare = withoutSlash(path);
      return { path: bare, name, real: withoutSlash(await files.realPath(bare)) };
    });
    return new WorkspaceRoots(await Promise.all(found), home);
  }

  /** The innermost root a path is in, by its path or its real path; `from` is the one that fits. */
  placeOf(path: string): (PlaceInRoot & { readonly from: string }) | null {
    let closest: (PlaceInRoot & { readonly from: string }) | null = null;
    for (const root of this.all) {
      for (const from of root.path === root.real ? [root.path] : [root.path, root.real]) {
        const rest = relativeTo(from, path);
        if (rest !== null && rest !== '' && (!closest || rest.length < closest.rest.length))
          closest = { root, rest, from };
      }
    }
    return closest;
  }

  /** A folder as the user writes it: with `~`, `${workspaceFolder}`, `${workspaceFolder:NAME}`, or relative to the first root. */
  expand(folder: string): string {
    const first = this.all[0]?.path ?? '';
    const named = folder.replace(/\$\{workspaceFolder(?::([^}]+))?\}/g, (_, name: string | undefined) =>
      name === undefined ? first : (this.all.find((root) => root.name === name)?.path ?? first),
    );
    const atHome = this.home !== null && /^~(?:[\\/]|$)/.test(named) ? this.home + named.slice(1) : named;
    const path = normalizePath(atHome);
    return isAbsolutePath(path) || first === '' ? path : normalizePath(joinPath(first, path));
  }
}

function withoutSlash(path: string): string {
  return path.length > 1 ? path.replaceAll('\\', '/').replace(/\/+$/, '') : path;
}
