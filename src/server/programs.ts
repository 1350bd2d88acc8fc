import { ParsedFiles, Program } from '../ruby/flow/program';
import type { RubyParser } from '../ruby/parseRuby';
import type { FileSystem } from '../source/fileSystem';
import { relativeTo } from '../source/paths';
import { type RubySources, rubySources } from '../source/rubySources';
import type { Documents } from './documents';
import type { Host } from './host';

/** The Ruby files of the applications in the workspace, with the open documents as they are now. Read when first asked for. */
export class Programs {
  private readonly applications = new Map<string, Application>();

  constructor(
    private readonly host: Pick<Host, 'toPath'> & { readonly files: FileSystem },
    private readonly documents: Pick<Documents, 'uris' | 'get'>,
  ) {}

  /** All of an application's files; the same object until a text changes. `root`: its folder. */
  async programOf(root: string, parser: RubyParser): Promise<Program> {
    const known = this.applications.get(root);
    const application = known ?? {
      sources: rubySources(root, this.host.files),
      parsed: new ParsedFiles(parser),
      last: null,
    };
    this.applications.set(root, application);
    const { files, isWhole } = await application.sources;
    const open = this.openTexts(root);
    const state = [...open].map(([path, { version }]) => `${version} ${path}`).join('\n');
    if (application.last?.state === state) return application.last.program;
    const texts = new Map(files.map(({ path, text }) => [path, text]));
    for (const [path, { text }] of open) texts.set(path, text);
    const sources = [...texts].map(([path, text]) => ({ path, text }));
    const program = new Program(sources, application.parsed, isWhole);
    application.last = { state, program };
    return program;
  }

  /** Forgets what was read from disk, after a file changed there. True when something had been read. */
  drop(): boolean {
    const had = this.applications.size > 0;
    this.applications.clear();
    return had;
  }

  private openTexts(root: string): Map<string, { readonly text: string; readonly version: number }> {
    const open = new Map<string, { text: string; version: number }>();
    for (const uri of this.documents.uris()) {
      const path = this.host.toPath(uri);
      const document = this.documents.get(uri);
      if (path === null || document?.languageId !== 'ruby' || relativeTo(root, path) === null) continue;
      open.set(path, { text: document.getText(), version: document.version });
    }
    return open;
  }
}

interface Application {
  readonly sources: Promise<RubySources>;
  readonly parsed: ParsedFiles;
  last: { readonly state: string; readonly program: Program } | null;
}
