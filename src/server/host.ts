import type { ByteSource } from '../profile/formats/byteSource';
import type { FileSystem } from '../source/fileSystem';

/** What the server asks of the machine it runs on; the worker passes Node's, tests pass texts in memory. */
export interface Host {
  /** The stored bytes of a profile. Throws or rejects when there is no such file or it may not be read. */
  openBytes(uri: string): ByteSource | Promise<ByteSource>;
  /** The bytes of a worker's log, unpacked, chunk by chunk; its size on disk, or null where it is packed or unknown. Fails when it is read. */
  readLog(uri: string): { readonly totalBytes: number | null; readonly chunks: AsyncIterable<Uint8Array> };
  /** The bytes inside gzip, with the host's cap on how much may come out. */
  gunzip(source: ByteSource): ByteSource;
  /** The bytes as gzip. */
  gzip(bytes: Uint8Array): Promise<Uint8Array>;
  readonly files: FileSystem;
  /** Prism's WebAssembly module; asked for once, when the first hot Ruby document is looked at. */
  prismWasm(): Promise<Uint8Array>;
  /** URI of the page that explains a finding, or null when there is none to open. */
  findingPage(id: string): string | null;
  /** Text of a file of the capture kit, by its path in `kit/`. Rejects when it is not there. */
  kitFile(path: string): Promise<string>;
  /** Absolute path with `/` of a file URI (`C:/app/x.rb` on Windows); null for other schemes. */
  toPath(uri: string): string | null;
  /** File URI of an absolute path. */
  toUri(path: string): string;
  /** The user's home folder, what `~` in settings stands for; null when there is none. */
  readonly home: string | null;
  /** Most bytes that the columns of all open profiles may take together; a worker's heap limits do not count them. */
  readonly columnBudgetBytes: number;
}
