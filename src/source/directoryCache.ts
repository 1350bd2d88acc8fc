import type { FileSystem } from './fileSystem';
import { baseNameOf, folderOf } from './paths';

type Entries = ReadonlyMap<string, boolean>;
const nothing: Entries = new Map();
const parallel = 32;

/**
 * Answers "does this file exist" from directory listings, so that a folder with a thousand recorded files costs one
 * call. At most `budget` listings are made; a folder beyond them counts as empty.
 */
export class DirectoryCache {
  private readonly listings = new Map<string, Entries>();
  private readonly files: FileSystem;
  private budget: number;

  constructor(files: FileSystem, budget: number) {
    this.files = files;
    this.budget = budget;
  }

  /** Lists the folders that are not known yet. */
  async load(folders: Iterable<string>): Promise<void> {
    const wanted = [...new Set(folders)].filter((folder) => !this.listings.has(folder)).slice(0, this.budget);
    this.budget -= wanted.length;
    for (let i = 0; i < wanted.length; i += parallel) {
      await Promise.all(
        wanted.slice(i, i + parallel).map(async (folder) => {
          const entries = await this.files.list(folder);
          this.listings.set(
            folder,
            entries.length === 0 ? nothing : new Map(entries.map((e) => [e.name, e.directory])),
          );
        }),
      );
    }
  }

  /** Name -> is a directory, for a loaded folder. */
  entries(folder: string): Entries {
    return this.listings.get(folder) ?? nothing;
  }

  /** Whether the file is in its (loaded) folder. */
  hasFile(path: string): boolean {
    return this.entries(folderOf(path)).get(baseNameOf(path)) === false;
  }

  hasFolder(path: string): boolean {
    return this.entries(folderOf(path)).get(baseNameOf(path)) === true;
  }
}
