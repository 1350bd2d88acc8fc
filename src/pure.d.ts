// What the pure rooms may use beside the language itself: globals that Node, browsers and workers share. They are
// checked against this list (tsconfig.pure.json) instead of the DOM's and Node's own.

declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string;
}
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare function setTimeout(act: () => void, ms?: number): unknown;
/** What `src/ruby/parseRuby.ts` needs to run Prism; synchronous instances so that a broken one is replaced in place. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};
declare const performance: { now(): number };
/** Node has it, browsers do not. */
declare const setImmediate: ((act: () => void) => unknown) | undefined;
