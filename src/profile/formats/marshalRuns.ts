import { type ByteWindow, LOOK_AHEAD } from './byteWindow';
import { DecodeFailure } from './decodeFailure';
import { MAX_INTEGER_BYTES, type MarshalReader } from './marshalReader';
import type { RunSink } from './stackRuns';

/**
 * A scan returns after so many runs and is called again: a function that is entered often is compiled early, one that
 * loops for long has to be replaced while it runs, which costs a cold process a third more CPU.
 */
const RUNS_PER_CALL = 256;

/** Reads one of StackProf's run lists from a Marshal array of integers, as much at a time as the window holds. */
export abstract class MarshalRuns {
  /** Length of the run being read, -1 between runs; its next element; its unchanged elements at the front. */
  protected length = -1;
  protected depth = 0;
  protected same = 0;

  constructor(
    protected readonly reader: MarshalReader,
    protected readonly sink: RunSink,
    /** Array elements not read yet. */
    protected remaining: number,
  ) {}

  /** False: more bytes are needed. */
  scan(): boolean {
    const { window } = this.reader;
    while (this.remaining > 0) {
      const before = window.offset;
      this.scanSome(window);
      if (window.pos > window.end) throw this.endOfFile();
      if (this.remaining > 0 && window.offset === before) {
        if (window.ended) throw this.endOfFile();
        return false;
      }
    }
    return true;
  }

  /** Reads up to `RUNS_PER_CALL` runs. */
  protected abstract scanSome(window: ByteWindow): void;

  /** The last position at which an integer may begin: it lies wholly in the window, or the file ends with it. */
  protected limitOf(window: ByteWindow): number {
    return window.ended ? window.end - 1 : window.end - LOOK_AHEAD;
  }

  protected beginRun(): number {
    const length = this.readSmall();
    if (length + 2 > this.remaining || !this.sink.begin(length)) throw this.malformed(`a stack of ${length} frames`);
    this.length = length;
    this.depth = 0;
    this.same = length;
    return length;
  }

  protected endRun(): void {
    const count = this.readSmall();
    const { window } = this.reader;
    if (window.pos > window.end) throw this.endOfFile();
    if (!this.sink.commit(this.length, this.same, count)) throw this.malformed(`a stack with a count of ${count}`);
    this.remaining -= this.length + 2;
    this.length = -1;
  }

  /** A length, count or line. */
  protected readSmall(): number {
    this.readInteger();
    return this.reader.integer;
  }

  protected readInteger(): void {
    if (this.reader.readInteger()) return;
    const type = this.reader.window.bytes[this.reader.window.pos]!;
    throw this.malformed(`something that is not a number (type byte 0x${type.toString(16).padStart(2, '0')})`);
  }

  protected malformed(what: string): DecodeFailure {
    const { window } = this.reader;
    if (window.ended && window.unread < MAX_INTEGER_BYTES) return this.endOfFile();
    return this.reader.failure('corrupt', `The list of stacks holds ${what}`);
  }

  protected endOfFile(): DecodeFailure {
    const { window } = this.reader;
    const offset = window.base + window.end;
    return new DecodeFailure(
      'truncated',
      `The file ends inside the list of stacks, at byte ${offset.toLocaleString('en')}.`,
      offset,
    );
  }
}

/**
 * Runs of frame ids. Nearly all ids are 9 bytes, `l + 08` and 6 bytes of address, and nine in ten are the id at the same
 * depth of the stack before: the eight bytes after `l` are compared as one double (NaN never equals: that is only slow).
 */
export class MarshalIdRuns extends MarshalRuns {
  private keys = new Float64Array(256).fill(Number.NaN);

  constructor(
    reader: MarshalReader,
    sink: RunSink,
    remaining: number,
    private readonly elementOf: (low: number, high: number) => number,
  ) {
    super(reader, sink, remaining);
  }

  protected scanSome(window: ByteWindow): void {
    const { bytes, view } = window;
    const limit = this.limitOf(window);
    for (let runs = 0; runs < RUNS_PER_CALL && this.remaining > 0; runs++) {
      if (this.length < 0) {
        if (window.pos > limit) return;
        this.makeKeys(this.beginRun());
      }
      const keys = this.keys;
      const length = this.length;
      const from = this.depth;
      let depth = from;
      let pos = window.pos;
      let others = 0;
      while (depth < length && pos <= limit) {
        if (bytes[pos] === 0x6c && view.getFloat64(pos + 1, true) === keys[depth]) {
          pos += 9;
        } else {
          window.pos = pos;
          this.otherId(depth);
          pos = window.pos;
          others++;
        }
        depth++;
      }
      window.pos = pos;
      this.depth = depth;
      this.reader.objectCount += depth - from - others;
      if (depth < length || pos > limit) return;
      this.endRun();
    }
  }

  private otherId(depth: number): void {
    const { window } = this.reader;
    const { pos } = window;
    this.readInteger();
    if (window.pos > window.end) throw this.endOfFile();
    this.keys[depth] = window.pos === pos + 9 ? window.view.getFloat64(pos + 1, true) : Number.NaN;
    const element = this.elementOf(this.reader.low, this.reader.high);
    if (this.sink.elements[depth] === element) return;
    this.sink.elements[depth] = element;
    if (depth < this.same) this.same = depth;
  }

  private makeKeys(length: number): void {
    if (length <= this.keys.length) return;
    const wider = new Float64Array(length * 2).fill(Number.NaN);
    wider.set(this.keys);
    this.keys = wider;
  }
}

/** Runs of line numbers: `i` and 1 to 3 bytes, compared with the line at the same depth before as one masked word. */
export class MarshalLineRuns extends MarshalRuns {
  private words = new Int32Array(256).fill(1);
  private masks = new Int32Array(256);
  private widths = new Uint8Array(256);

  protected scanSome(window: ByteWindow): void {
    const { view } = window;
    const limit = this.limitOf(window);
    for (let runs = 0; runs < RUNS_PER_CALL && this.remaining > 0; runs++) {
      if (this.length < 0) {
        if (window.pos > limit) return;
        this.makeWords(this.beginRun());
      }
      const { words, masks, widths, length } = this;
      let { depth } = this;
      let pos = window.pos;
      while (depth < length && pos <= limit) {
        if ((view.getInt32(pos, true) & masks[depth]!) === words[depth]) {
          pos += widths[depth]!;
        } else {
          window.pos = pos;
          this.otherLine(depth);
          pos = window.pos;
        }
        depth++;
      }
      window.pos = pos;
      this.depth = depth;
      if (depth < length || pos > limit) return;
      this.endRun();
    }
  }

  private otherLine(depth: number): void {
    const { window } = this.reader;
    const { pos } = window;
    const line = this.readSmall();
    if (line < 0 || line > 0x7fffffff) throw this.malformed(`a line number of ${line}`);
    const width = window.pos - pos;
    // A wider form is compared by value only: mask 0 never gives word 1.
    this.masks[depth] = width <= 4 ? -1 >>> (32 - 8 * width) : 0;
    this.words[depth] = width <= 4 ? window.view.getInt32(pos, true) & this.masks[depth]! : 1;
    this.widths[depth] = width;
    if (this.sink.elements[depth] === line) return;
    this.sink.elements[depth] = line;
    if (depth < this.same) this.same = depth;
  }

  private makeWords(length: number): void {
    if (length <= this.words.length) return;
    const words = new Int32Array(length * 2).fill(1);
    const masks = new Int32Array(length * 2);
    const widths = new Uint8Array(length * 2);
    words.set(this.words);
    masks.set(this.masks);
    widths.set(this.widths);
    this.words = words;
    this.masks = masks;
    this.widths = widths;
  }
}

/** A numeric array of which only the number of elements matters (timestamps). */
export class MarshalNumbers {
  constructor(
    private readonly reader: MarshalReader,
    private remaining: number,
  ) {}

  /** False: more bytes are needed. */
  scan(): boolean {
    const { window } = this.reader;
    while (this.remaining > 0) {
      const limit = window.ended ? window.end - 1 : window.end - LOOK_AHEAD;
      if (window.pos > limit) return false;
      const before = window.pos;
      this.skipSome(window, limit);
      if (window.pos > window.end) return false;
      if (window.pos > before) continue;
      if (!this.reader.attempt(() => this.reader.readValue())) return false;
      this.remaining--;
    }
    return true;
  }

  private skipSome(window: ByteWindow, limit: number): void {
    const { bytes } = window;
    let { pos } = window;
    let left = this.remaining;
    for (let budget = 4096; budget > 0 && left > 0 && pos <= limit; budget--) {
      const type = bytes[pos];
      if (type === 0x69) {
        const first = bytes[pos + 1]!;
        pos += first > 0 && first < 5 ? 2 + first : first > 251 ? 258 - first : 2;
      } else if (type === 0x6c && bytes[pos + 2]! > 5 && bytes[pos + 2]! < 10) {
        pos += 3 + (bytes[pos + 2]! - 5) * 2;
        this.reader.objectCount++;
      } else {
        break;
      }
      left--;
    }
    window.pos = pos;
    this.remaining = left;
  }
}
