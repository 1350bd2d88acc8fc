/** A JSON value with the line (1-based) it begins on. */
export type PlacedValue =
  | { readonly kind: 'null'; readonly line: number }
  | { readonly kind: 'boolean'; readonly line: number; readonly value: boolean }
  | { readonly kind: 'number'; readonly line: number; readonly value: number }
  | { readonly kind: 'string'; readonly line: number; readonly value: string }
  | { readonly kind: 'array'; readonly line: number; readonly items: readonly PlacedValue[] }
  | { readonly kind: 'object'; readonly line: number; readonly entries: readonly PlacedEntry[] };

export interface PlacedEntry {
  readonly key: string;
  /** Of the key. */
  readonly line: number;
  readonly value: PlacedValue;
}

/** What is wrong with a text. `message`: one sentence without a full stop; `line`: 1-based. */
export interface PlacedError {
  readonly message: string;
  readonly line: number;
}

export type PlacedResult =
  | { readonly ok: true; readonly value: PlacedValue }
  | { readonly ok: false; readonly error: PlacedError };

const DEEPEST = 20;

/**
 * Reads JSON that people write: with comments (`//`, `/* *\/`) and commas before a closing bracket. A key that stands twice in an
 * object is an error: `JSON.parse` would drop the first.
 */
export function parsePlacedJson(text: string): PlacedResult {
  const reader = new Reader(text.startsWith('\ufeff') ? text.slice(1) : text);
  try {
    return { ok: true, value: reader.whole() };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { ok: false, error: { message: error.message, line: error.line } };
  }
}

class Broken extends Error {
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

class Reader {
  private at = 0;
  private line = 1;

  constructor(private readonly text: string) {}

  whole(): PlacedValue {
    this.skip();
    const value = this.value(0);
    this.skip();
    if (this.at < this.text.length) throw this.broken('Something follows the end of the JSON');
    return value;
  }

  private value(depth: number): PlacedValue {
    const { line } = this;
    const char = this.text[this.at];
    if (char === '{' || char === '[') {
      if (depth === DEEPEST) throw this.broken(`Brackets are nested more than ${DEEPEST} deep`);
      return char === '{'
        ? { kind: 'object', line, entries: this.entries(depth + 1) }
        : { kind: 'array', line, items: this.items(depth + 1) };
    }
    if (char === '"') return { kind: 'string', line, value: this.string() };
    const word = /[^\s,:[\]{}"/]*/y;
    word.lastIndex = this.at;
    const found = word.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    if (found === 'null') return { kind: 'null', line };
    if (found === 'true' || found === 'false') return { kind: 'boolean', line, value: found === 'true' };
    if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(found)) {
      return { kind: 'number', line, value: Number(found) };
    }
    throw this.broken(found === '' ? this.unexpected() : `'${found.slice(0, 40)}' is no JSON value`);
  }

  private entries(depth: number): PlacedEntry[] {
    const entries: PlacedEntry[] = [];
    const keys = new Set<string>();
    this.list('}', () => {
      const { line } = this;
      if (this.text[this.at] !== '"') throw this.broken(this.unexpected());
      const key = this.string();
      if (keys.has(key)) throw new Broken(`"${key.slice(0, 40)}" stands here twice`, line);
      keys.add(key);
      this.skip();
      if (this.text[this.at] !== ':') throw this.broken(this.unexpected());
      this.at++;
      this.skip();
      entries.push({ key, line, value: this.value(depth) });
    });
    return entries;
  }

  private items(depth: number): PlacedValue[] {
    const items: PlacedValue[] = [];
    this.list(']', () => items.push(this.value(depth)));
    return items;
  }

  /** From the opening bracket to after the closing one. */
  private list(close: string, readOne: () => void): void {
    this.at++;
    for (;;) {
      this.skip();
      if (this.text[this.at] === close) break;
      readOne();
      this.skip();
      if (this.text[this.at] === ',') this.at++;
      else if (this.text[this.at] !== close) throw this.broken(this.unexpected());
    }
    this.at++;
  }

  private string(): string {
    const end = this.endOfString();
    const token = this.text.slice(this.at, end);
    this.at = end;
    try {
      return String(JSON.parse(token));
    } catch {
      throw this.broken('The text in quotes has a character or an escape that JSON does not allow');
    }
  }

  private endOfString(): number {
    for (let at = this.at + 1; at < this.text.length; at++) {
      const char = this.text[at];
      if (char === '\\') at++;
      else if (char === '"') return at + 1;
      else if (char === '\n') break;
    }
    throw this.broken('The text in quotes does not end');
  }

  /** White space and comments. */
  private skip(): void {
    for (;;) {
      const char = this.text[this.at];
      if (char === '\n') this.line++;
      if (char === ' ' || char === '\t' || char === '\r' || char === '\n') this.at++;
      else if (char === '/') this.skipComment();
      else return;
    }
  }

  private skipComment(): void {
    const isLine = this.text[this.at + 1] === '/';
    if (!isLine && this.text[this.at + 1] !== '*') throw this.broken(this.unexpected());
    const end = this.text.indexOf(isLine ? '\n' : '*/', this.at + 2);
    if (end < 0 && !isLine) throw this.broken('The comment does not end');
    const to = end < 0 ? this.text.length : isLine ? end : end + 2;
    for (let at = this.at; at < to; at++) if (this.text[at] === '\n') this.line++;
    this.at = to;
  }

  private unexpected(): string {
    const char = this.text.codePointAt(this.at);
    return char === undefined ? 'The file ends too early' : `'${String.fromCodePoint(char)}' is not expected here`;
  }

  private broken(message: string): Broken {
    return new Broken(message, this.line);
  }
}
