import type { ByteSource } from './byteSource';

/** A source over bytes in memory, handed out `chunkBytes` at a time. */
export function bytesSource(bytes: Uint8Array, chunkBytes = Number.POSITIVE_INFINITY): ByteSource {
  let at = 0;
  return {
    size: bytes.length,
    read(into) {
      const count = Math.min(into.length, chunkBytes, bytes.length - at);
      into.set(bytes.subarray(at, at + count));
      at += count;
      return count;
    },
    reopen: () => bytesSource(bytes, chunkBytes),
    close() {},
  };
}
