/** A file read front to back. The host makes one (node:fs, a web stream, an array in a test); decoders never seek. */
export interface ByteSource {
  /** Size in bytes as stored (compressed size for gzip), or null when unknown. */
  readonly size: number | null;
  /**
   * Fills the front of `into` and returns the number of bytes written: 1 .. into.length, or 0 at the end of the file.
   * May answer at once or later; throws only for input/output errors.
   */
  read(into: Uint8Array): number | Promise<number>;
  /** A source of the same file from its beginning (used after gzip was recognised, and by formats read twice). */
  reopen(): ByteSource;
  close(): void;
}
