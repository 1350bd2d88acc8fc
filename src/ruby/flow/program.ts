import type { RubyParser } from '../parseRuby';
import { Syntax } from '../syntax';

/** A Ruby file of an application. */
export interface SourceText {
  /** Absolute, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A file that was parsed, because something that is followed may be named in it. */
export interface ProgramFile {
  readonly path: string;
  readonly syntax: Syntax;
  /** Syntax errors: what is found in such a file is a guess, so nothing is edited. */
  readonly errors: number;
}

/** What is known of texts, kept while they stay the same. */
export class ParsedFiles {
  private readonly byPath = new Map<string, Known>();

  constructor(private readonly parser: RubyParser) {}

  wordsOf({ path, text }: SourceText): ReadonlySet<string> {
    const known = this.knownOf(path, text);
    known.words ??= new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
    return known.words;
  }

  /** Null for text that Prism cannot take. */
  parse({ path, text }: SourceText): ProgramFile | null {
    const known = this.knownOf(path, text);
    if (known.file !== undefined) return known.file;
    const parsed = this.parser.parse(text, null);
    known.file = parsed && { path, syntax: new Syntax(parsed), errors: parsed.errors };
    return known.file;
  }

  private knownOf(path: string, text: string): Known {
    const known = this.byPath.get(path);
    if (known?.text === text) return known;
    const fresh: Known = { text, words: null, file: undefined };
    this.byPath.set(path, fresh);
    return fresh;
  }
}

interface Known {
  readonly text: string;
  words: ReadonlySet<string> | null;
  file: ProgramFile | null | undefined;
}

/**
 * The Ruby files of an application, less its tests. A file is parsed when it mentions a word that somebody asks for; most
 * never are.
 */
export class Program {
  private readonly byWord = new Map<string, readonly ProgramFile[]>();
  private readonly byPath: ReadonlyMap<string, SourceText>;

  /** `isWhole` is false when not all files could be read: then nothing that is not found can be told to be absent. */
  constructor(
    sources: readonly SourceText[],
    private readonly parsed: ParsedFiles,
    readonly isWhole: boolean,
  ) {
    this.byPath = new Map(sources.map((source) => [source.path, source]));
  }

  fileAt(path: string): ProgramFile | null {
    const source = this.byPath.get(path);
    return source === undefined ? null : this.parsed.parse(source);
  }

  /** Files in which a word stands as a name, by itself or after `@` or `:`. */
  mentioning(word: string): readonly ProgramFile[] {
    const known = this.byWord.get(word);
    if (known !== undefined) return known;
    const files = [...this.byPath.values()]
      .filter((source) => this.parsed.wordsOf(source).has(word))
      .flatMap((source) => this.parsed.parse(source) ?? []);
    this.byWord.set(word, files);
    return files;
  }

  isMentioned(word: string): boolean {
    return [...this.byPath.values()].some((source) => this.parsed.wordsOf(source).has(word));
  }
}
