import type { RubyParser } from '../ruby/parseRuby';

/** Bytes of `prism.wasm`. */
export type WasmSource = () => Promise<Uint8Array>;

/** Gives the parser; Prism is loaded when it is asked for first: most reports need none. */
export type ParserSource = () => Promise<RubyParser>;

/** The parser of one run. Rejects when Prism cannot be loaded: the installation is broken. */
export function parserFrom(wasm: WasmSource): ParserSource {
  let parser: Promise<RubyParser> | null = null;
  return () => (parser ??= load(wasm));
}

async function load(wasm: WasmSource): Promise<RubyParser> {
  const [{ loadPrism }, bytes] = await Promise.all([import('../ruby/parseRuby'), wasm()]);
  return loadPrism(bytes);
}
