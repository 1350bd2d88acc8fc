/** The package has types, but does not name them in its `exports`. */
declare module '@qnighy/marshal' {
  export function parse(bytes: Uint8Array): unknown;
}
