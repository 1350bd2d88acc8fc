import type { MetadataEntry } from '../profile/profile';
import { type MatchContext, noContext } from '../ruby/matchContext';
import type { RubyParser } from '../ruby/parseRuby';
import { readSchema } from '../ruby/schema';
import type { FileSystem } from '../source/fileSystem';
import { folderOf, joinPath } from '../source/paths';
import { readVersions } from '../source/readVersions';

/** Files that tell about the application around them; `schema.rb` stands in `db`. */
const markers: ReadonlySet<string> = new Set(['.ruby-version', '.tool-versions', 'Gemfile.lock', 'Gemfile']);

/** What the folders above Ruby files say of Ruby, Rails and the database. Read once per folder, until something changes. */
export class Projects {
  /** By folder of a source file: the application it belongs to. */
  private readonly roots = new Map<string, Promise<string | null>>();
  private contexts = new WeakMap<readonly MetadataEntry[], Map<string, Promise<MatchContext>>>();

  constructor(private readonly files: FileSystem) {}

  /** For the file at `path`; the nearest folder above it with a Gemfile or a Ruby version speaks. Never rejects. */
  async contextOf(path: string, parser: RubyParser, metadata: readonly MetadataEntry[]): Promise<MatchContext> {
    const root = await this.rootOf(folderOf(path));
    const byRoot = this.contexts.get(metadata) ?? new Map<string, Promise<MatchContext>>();
    this.contexts.set(metadata, byRoot);
    const key = root ?? '';
    const known = byRoot.get(key) ?? this.read(root, parser, metadata);
    byRoot.set(key, known);
    return known;
  }

  /** Forgets everything, after one of the files changed on disk. */
  drop(): void {
    this.roots.clear();
    this.contexts = new WeakMap();
  }

  /** The application's folder for a source file's; null outside of every application. */
  rootOf(folder: string): Promise<string | null> {
    const known = this.roots.get(folder);
    if (known !== undefined) return known;
    const root = this.findRoot(folder);
    this.roots.set(folder, root);
    return root;
  }

  private async findRoot(folder: string): Promise<string | null> {
    const entries = await this.files.list(folder);
    if (entries.some(({ name, directory }) => !directory && markers.has(name))) return folder;
    const parent = folderOf(folder);
    return parent === '' || parent === folder ? null : this.rootOf(parent);
  }

  private async read(
    root: string | null,
    parser: RubyParser,
    metadata: readonly MetadataEntry[],
  ): Promise<MatchContext> {
    if (root === null) return noContext;
    const [versions, schema] = await Promise.all([
      readVersions(root, this.files, metadata),
      this.files.readText(joinPath(root, 'db/schema.rb')),
    ]);
    return { ...versions, schema: schema === null ? null : readSchema(parser, schema) };
  }
}
