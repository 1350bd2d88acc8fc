import { type ConfigurationFile, isTelling, kindOf } from '../findings/configuration/configurationFile';
import { judgeConfiguration } from '../findings/configuration/judgeConfiguration';
import { readConfiguration } from '../findings/configuration/readConfiguration';
import type { Finding } from '../findings/judge';
import type { SourceRoot } from '../source/mapFiles';
import { relativeTo } from '../source/paths';
import type { ServerContext } from './context';
import type { Documents } from './documents';
import type { Host } from './host';

/** The files of the workspace that say how its applications are started and recorded. Read once, until one changes on disk. */
export class Configuration {
  private readonly onDisk = new Map<string, Promise<readonly ConfigurationFile[]>>();

  constructor(
    private readonly host: Host,
    private readonly documents: Documents,
    private readonly roots: () => readonly SourceRoot[],
  ) {}

  /** What the workspace's configuration says, by URI of the file; what the user ignores is left out. Never rejects. */
  async findings(context: ServerContext): Promise<ReadonlyMap<string, readonly Finding[]>> {
    const byUri = new Map<string, Finding[]>();
    const parser = await context.parser.get();
    const { ignoredPatterns } = await context.settings.get();
    if (parser === null) return byUri;
    const evidence = { hasProfile: context.active() !== null, verdict: null };
    for (const { path: root } of this.roots()) {
      for (const finding of judgeConfiguration(await this.filesOf(root), evidence, parser)) {
        if (ignoredPatterns.includes(finding.id)) continue;
        const uri = this.uriOf(finding.file);
        byUri.set(uri, [...(byUri.get(uri) ?? []), finding]);
      }
    }
    return byUri;
  }

  /** Whether a document is one of those files; of one that was closed its name alone is known. */
  concerns(uri: string): boolean {
    const path = this.host.toPath(uri);
    const isOpen = this.documents.get(uri) !== undefined;
    return this.roots().some((root) =>
      isOpen
        ? this.openFile(root.path, uri) !== null
        : path !== null && kindOf(relativeTo(root.path, path) ?? '') !== null,
    );
  }

  /** The URI that the client uses for a file: that of its document while it is open. */
  uriOf(path: string): string {
    return this.documents.uris().find((uri) => this.host.toPath(uri) === path) ?? this.host.toUri(path);
  }

  /** Forgets everything, after one of the files changed on disk. */
  drop(): void {
    this.onDisk.clear();
  }

  /** As they are on disk, with the texts of open documents in place of theirs. */
  private async filesOf(root: string): Promise<ConfigurationFile[]> {
    const known = this.onDisk.get(root) ?? readConfiguration(root, this.host.files);
    this.onDisk.set(root, known);
    const files = new Map((await known).map((file) => [file.path, file]));
    if (files.size === 0) return [];
    for (const uri of this.documents.uris()) {
      const open = this.openFile(root, uri);
      if (open !== null) files.set(open.path, open);
      else files.delete(this.host.toPath(uri) ?? '');
    }
    return [...files.values()];
  }

  private openFile(root: string, uri: string): ConfigurationFile | null {
    const path = this.host.toPath(uri);
    const text = this.documents.get(uri)?.getText();
    const place = path === null ? null : relativeTo(root, path);
    const kind = place === null ? null : kindOf(place);
    if (path === null || text === undefined || place === null || kind === null) return null;
    return isTelling({ place, kind, text }) ? { path, place, kind, text } : null;
  }
}
