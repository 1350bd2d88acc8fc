import { realpath } from 'node:fs/promises';
import type { Finding } from '../findings/judge';
import { asksOtherFiles, withValueObjects } from '../findings/withValueObjects';
import { nodeFileSystem } from '../host/nodeFileSystem';
import { ParsedFiles, Program } from '../ruby/flow/program';
import type { MatchContext } from '../ruby/matchContext';
import type { RubyParser } from '../ruby/parseRuby';
import { type RubySources, rubySources } from '../source/rubySources';

/** The other Ruby files of the application, for findings that ask for them. They are read when the first one does. */
export class Application {
  private readonly parsed: ParsedFiles;
  private sources: RubySources | null = null;
  private last: { readonly texts: ReadonlyMap<string, string>; readonly program: Program } | null = null;

  constructor(
    private readonly root: string,
    private readonly parser: RubyParser,
    private readonly context: MatchContext,
  ) {
    this.parsed = new ParsedFiles(parser);
  }

  /** Reads the files if one of the findings asks for them; what the application says is known from then on. */
  async prepareFor(findings: readonly Finding[]): Promise<void> {
    if (this.sources !== null || !findings.some(asksOtherFiles)) return;
    const root = await realpath(this.root).catch(() => this.root);
    this.sources = await rubySources(root.replaceAll('\\', '/'), nodeFileSystem());
  }

  /** The findings as the whole application has them. `texts`: what files are now, where that is not what the disk has. */
  consider(findings: readonly Finding[], texts: ReadonlyMap<string, string>): Finding[] {
    if (this.sources === null || !findings.some(asksOtherFiles)) return [...findings];
    return withValueObjects(findings, this.programOf(this.sources, texts), this.context, this.parser);
  }

  private programOf({ files, isWhole }: RubySources, changed: ReadonlyMap<string, string>): Program {
    const { last } = this;
    const isSame =
      last?.texts.size === changed.size && [...changed].every(([path, text]) => last.texts.get(path) === text);
    if (last !== null && isSame) return last.program;
    const texts = new Map(files.map(({ path, text }) => [path, text]));
    for (const [path, text] of changed) texts.set(path, text);
    const sources = [...texts].map(([path, text]) => ({ path, text }));
    const program = new Program(sources, this.parsed, isWhole);
    this.last = { texts: new Map(changed), program };
    return program;
  }
}
