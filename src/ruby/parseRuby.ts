import type { Location, ProgramNode } from '@ruby/prism/src/nodes.js';
import { parsePrism } from '@ruby/prism/src/parsePrism.js';

/** The syntax of one text. */
export interface ParsedRuby {
  readonly text: string;
  readonly program: ProgramNode;
  /** Syntax errors. Prism recovers, but what it makes of broken text is a guess: nothing is edited then. */
  readonly errors: number;
  /** In source order. */
  readonly comments: readonly Location[];
}

export interface RubyParser {
  /**
   * Never throws. Null for text that Prism cannot take: nested some 400 levels deep, or a chain of thousands of calls.
   * `rubyVersion` such as `3.3.8`; null reads the newest grammar, which takes nearly all older code.
   */
  parse(text: string, rubyVersion: string | null): ParsedRuby | null;
}

/**
 * Makes a parser from the bytes of `@ruby/prism`'s `prism.wasm`. The package's own entry point needs `node:wasi` and
 * finds its file by `import.meta.url`, neither of which a bundle or a web worker has.
 */
export async function loadPrism(wasm: Uint8Array): Promise<RubyParser> {
  const module = await WebAssembly.compile(new Uint8Array(wasm));
  let exports: PrismExports | null = null;
  return {
    parse(text, rubyVersion) {
      try {
        exports ??= instantiate(module);
        const version = grammarOf(rubyVersion);
        // `encoding: false` ignores `# coding: euc-jp`: an editor's text is Unicode whatever the file says.
        const { value, errors, comments } = parsePrism(
          exports,
          text,
          version === null ? { encoding: false } : { encoding: false, version },
        );
        return { text, program: value, errors: errors.length, comments: comments.map(({ location }) => location) };
      } catch {
        // A trap leaves the instance's memory broken for every later parse.
        exports = null;
        return null;
      }
    },
  };
}

type PrismExports = Parameters<typeof parsePrism>[0];
type Module = Awaited<ReturnType<typeof WebAssembly.compile>>;

function instantiate(module: Module): PrismExports {
  // Prism is built against WASI but only ever asks for random numbers, to seed its hash tables.
  const wasi = new Proxy({}, { get: () => () => 0 });
  const { exports } = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi });
  const { _initialize: start } = exports;
  if (typeof start === 'function') start();
  return exports;
}

/** Prism knows the grammars from 3.3 on; older code is read as 3.3. */
function grammarOf(rubyVersion: string | null): string | null {
  const [, major = '', minor = ''] = /^(?:ruby[- ]?)?(\d+)\.(\d+)/.exec(rubyVersion ?? '') ?? [];
  if (major === '') return null;
  const number = Number(major) * 100 + Number(minor);
  if (number <= 303) return '3.3';
  if (number <= 304) return '3.4';
  return number <= 400 ? '4.0' : null;
}
