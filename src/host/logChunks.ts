import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';

const CHUNK_BYTES = 1 << 20;
/** What a damaged archive loses of what comes before the damage, at most. */
const UNPACKED_CHUNK_BYTES = 1 << 16;

/**
 * The bytes of a log, unpacked where its content is gzip (any number of members; a cut one simply ends). `path`: a file, or `-` for
 * standard input. A chunk is valid until the next is asked for. Throws Node's errors for what cannot be opened or read, and for damaged gzip.
 */
export async function* logChunks(path: string): AsyncGenerator<Uint8Array> {
  const chunks = path === '-' ? standardInput() : fileChunks(path);
  try {
    const head = await firstBytes(chunks);
    if (head[0] !== 0x1f || head[1] !== 0x8b) yield* after(head, chunks);
    else yield* unpacked(after(head, chunks));
  } finally {
    await chunks.return(undefined);
  }
}

/** One buffer for all chunks: a log may be larger than memory. */
async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const buffer = new Uint8Array(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* standardInput(): AsyncGenerator<Uint8Array> {
  for await (const chunk of process.stdin) if (chunk instanceof Uint8Array) yield chunk;
}

/** At least two bytes where there are as many: pipes may give one at a time. */
async function firstBytes(chunks: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < 2) {
    const { done, value } = await chunks.next();
    if (done) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  return head;
}

async function* after(head: Uint8Array, chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  for (;;) {
    const { done, value } = await chunks.next();
    if (done) return;
    yield value;
  }
}

async function* unpacked(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: UNPACKED_CHUNK_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
  // The stream keeps what it is given until it has unpacked it, and the file's buffer is used again.
  const source = Readable.from(copies(packed), { highWaterMark: 1 });
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Uint8Array.from(chunk);
}
