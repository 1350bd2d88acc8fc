import type { ByteSource } from './byteSource';
import { DecodeFailure } from './decodeFailure';

/**
 * Zero bytes after `end`, so that a scanner may look at a whole number without asking for each byte: it checks
 * `pos <= end` afterwards, or stops at the zero.
 */
export const LOOK_AHEAD = 16;

const CHUNK_BYTES = 1 << 20;

/** The largest single value (a string, a metadata hash) that is held in memory while it is read. */
const MAX_WINDOW_BYTES = 64 << 20;

/**
 * The part of a file that is in memory:
 *
 *     bytes  [ consumed | pos ... unread ... end | LOOK_AHEAD ]
 *     base = offset of bytes[0] in the file
 */
export class ByteWindow {
  bytes: Uint8Array;
  view: DataView;
  pos = 0;
  end = 0;
  base = 0;
  /** True when the source has no more bytes than those before `end`. */
  ended = false;

  constructor(private readonly source: ByteSource) {
    // A small file needs no more than itself, and a byte so that there is room for the read that finds its end.
    const chunkBytes = Math.min(CHUNK_BYTES, (source.size ?? CHUNK_BYTES) + 1);
    this.bytes = new Uint8Array(chunkBytes + LOOK_AHEAD);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Offset of `pos` in the file. */
  get offset(): number {
    return this.base + this.pos;
  }

  get unread(): number {
    return this.end - this.pos;
  }

  /** Bytes from `pos` to the end of the file; infinite when the size is not known. */
  get remaining(): number {
    if (this.ended) return this.unread;
    return this.source.size === null ? Number.POSITIVE_INFINITY : this.source.size - this.offset;
  }

  /** Drops what was consumed and reads once more from the source. */
  async fill(): Promise<void> {
    this.makeRoom();
    const room = this.bytes.subarray(this.end, this.bytes.length - LOOK_AHEAD);
    const answer = this.source.read(room);
    const count = typeof answer === 'number' ? answer : await answer;
    this.end += count;
    if (count === 0) this.ended = true;
    this.bytes.fill(0, this.end, this.end + LOOK_AHEAD);
  }

  private makeRoom(): void {
    if (this.pos > 0) {
      this.bytes.copyWithin(0, this.pos, this.end);
      this.base += this.pos;
      this.end -= this.pos;
      this.pos = 0;
    }
    if (this.end < this.bytes.length - LOOK_AHEAD) return;
    if (this.bytes.length >= MAX_WINDOW_BYTES) {
      throw new DecodeFailure('limit', 'One value of this file is larger than 64 MiB.', this.offset);
    }
    const wider = new Uint8Array((this.bytes.length - LOOK_AHEAD) * 2 + LOOK_AHEAD);
    wider.set(this.bytes);
    this.bytes = wider;
    this.view = new DataView(wider.buffer);
  }
}
