/**
 * The disk as the source room sees it. Paths are absolute and use `/`, also on Windows (`C:/app/x.rb`).
 * Nothing throws: what cannot be read does not exist.
 */
export interface FileSystem {
  kind(path: string): Promise<'file' | 'directory' | null>;
  /** UTF-8 text, or null. */
  readText(path: string): Promise<string | null>;
  /** Symlinks resolved; the path itself when it cannot be resolved. */
  realPath(path: string): Promise<string>;
  /** Names in a directory, directories marked; empty when it cannot be read. */
  list(path: string): Promise<ReadonlyArray<{ readonly name: string; readonly directory: boolean }>>;
}
