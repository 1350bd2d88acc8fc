import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { constants, createGunzip, type Gunzip } from 'node:zlib';
import type { ByteSource } from '../profile/formats/byteSource';
import { DecodeFailure } from '../profile/formats/decodeFailure';

/** A file of the local disk. Reads synchronously; a file that cannot be opened says so at the first read. */
export function fileSource(path: string): ByteSource {
  let descriptor: number | null = null;
  return {
    size: sizeOf(path),
    read(into) {
      descriptor ??= openSync(path, 'r');
      return readSync(descriptor, into, 0, into.length, null);
    },
    reopen: () => fileSource(path),
    close() {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
  };
}

/** Null for what has no size of its own (pipes, devices, files of /proc) and for what is not there. */
export function sizeOf(path: string): number | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() && stat.size > 0 ? stat.size : null;
}

const MAX_UNPACKED_BYTES = 8 * 2 ** 30;
/** Real dumps shrink 20 to 30 times, a recursion without end perhaps 200 times; gzip can do 1,032. */
const MAX_RATIO = 400;
const RATIO_FROM_BYTES = 64 << 20;
const PACKED_CHUNK_BYTES = 1 << 16;
const UNPACKED_CHUNK_BYTES = 1 << 18;
/** Unpacked chunks that may wait for the reader. */
const MAX_WAITING = 4;

/**
 * What is inside a gzip source; one member or several. A file that was cut simply ends early: the decoder sees that.
 * Throws a `DecodeFailure` for damaged data and for a file that unpacks to more than a profile can be.
 */
export function gunzipSource(source: ByteSource): ByteSource {
  let stream: GunzipQueue | null = null;
  return {
    size: null,
    read(into) {
      stream ??= new GunzipQueue(source);
      return stream.read(into);
    },
    reopen: () => gunzipSource(source.reopen()),
    close() {
      stream?.close();
      source.close();
    },
  };
}

/** Pulls packed bytes from the source as the reader takes unpacked ones. */
class GunzipQueue {
  private readonly gunzip: Gunzip;
  private readonly waiting: Uint8Array[] = [];
  private failure: Error | null = null;
  private ended = false;
  private packed = 0;
  private unpacked = 0;
  private wake: () => void = () => {};

  constructor(private readonly source: ByteSource) {
    this.gunzip = createGunzip({ chunkSize: UNPACKED_CHUNK_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
    this.gunzip.on('data', (chunk: Uint8Array) => this.take(chunk));
    this.gunzip.on('error', (error) => this.fail(this.damaged(error)));
    this.gunzip.on('end', () => {
      this.ended = true;
      this.wake();
    });
    this.feed().catch((error: unknown) => this.fail(error instanceof Error ? error : new Error(String(error))));
  }

  async read(into: Uint8Array): Promise<number> {
    while (this.waiting.length === 0) {
      if (this.failure !== null) throw this.failure;
      if (this.ended) return 0;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    const chunk = this.waiting[0]!;
    const count = Math.min(into.length, chunk.length);
    into.set(chunk.subarray(0, count));
    if (count < chunk.length) this.waiting[0] = chunk.subarray(count);
    else this.waiting.shift();
    if (this.waiting.length < MAX_WAITING) this.gunzip.resume();
    return count;
  }

  close(): void {
    this.ended = true;
    this.gunzip.destroy();
  }

  private async feed(): Promise<void> {
    while (!this.ended && this.failure === null) {
      const chunk = new Uint8Array(PACKED_CHUNK_BYTES);
      const count = await this.source.read(chunk);
      if (this.ended || this.failure !== null) return;
      if (count === 0) {
        this.gunzip.end();
        return;
      }
      this.packed += count;
      await new Promise((resolve) => {
        this.gunzip.write(chunk.subarray(0, count), resolve);
      });
    }
  }

  private take(chunk: Uint8Array): void {
    this.unpacked += chunk.length;
    this.waiting.push(chunk);
    if (this.waiting.length >= MAX_WAITING) this.gunzip.pause();
    const isBomb = this.unpacked > RATIO_FROM_BYTES && this.unpacked > this.packed * MAX_RATIO;
    if (isBomb || this.unpacked > MAX_UNPACKED_BYTES) {
      const size = `${Math.floor(this.unpacked / 2 ** 20).toLocaleString('en')} MiB`;
      this.fail(
        new DecodeFailure(
          'limit',
          `This gzip file unpacks to more than a profile can be (${size} so far).`,
          this.unpacked,
        ),
      );
      this.gunzip.destroy();
    }
    this.wake();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.wake();
  }

  private damaged(error: Error): DecodeFailure {
    const offset = this.unpacked;
    return new DecodeFailure(
      'corrupt',
      `The gzip data is damaged (${error.message}) after ${offset.toLocaleString('en')} unpacked bytes.`,
      offset,
    );
  }
}
