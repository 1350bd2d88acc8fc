import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadPrism, type RubyParser } from '../../src/ruby/parseRuby';

let parser: Promise<RubyParser> | null = null;

/** One parser for all tests of a file. */
export function prism(): Promise<RubyParser> {
  parser ??= loadPrism(readFileSync(createRequire(__filename).resolve('@ruby/prism/src/prism.wasm')));
  return parser;
}
