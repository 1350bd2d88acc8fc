import { loadPrism, type RubyParser } from '../ruby/parseRuby';
import type { Host } from './host';

/** Prism, loaded when the first hot Ruby document is looked at. */
export class ParserCache {
  private parser: Promise<RubyParser | null> | null = null;

  constructor(
    private readonly host: Host,
    private readonly log: (error: unknown) => void,
  ) {}

  /** Null when Prism cannot be loaded: then there are no findings, and the log says why, once. */
  get(): Promise<RubyParser | null> {
    this.parser ??= this.host
      .prismWasm()
      .then(loadPrism)
      .catch((error: unknown) => {
        this.log(error);
        return null;
      });
    return this.parser;
  }
}
