import { type ByteWindow, LOOK_AHEAD } from './byteWindow';
import { DecodeFailure, NEED_MORE } from './decodeFailure';
import type { JsonReader } from './jsonReader';
import type { RunSink } from './stackRuns';

/** As in marshalRuns.ts: often entered, soon compiled. */
const RUNS_PER_CALL = 256;

/** Reads one of StackProf's run lists from a JSON array of integers, after its `[`. */
export abstract class JsonRuns {
  protected length = -1;
  protected depth = 0;
  protected same = 0;
  private isClosed = false;

  constructor(
    protected readonly reader: JsonReader,
    protected readonly sink: RunSink,
  ) {}

  /** False: more bytes are needed. */
  scan(): boolean {
    const { window } = this.reader;
    try {
      while (!this.isClosed) this.scanSome(window);
      return true;
    } catch (error) {
      if (error !== NEED_MORE) throw error;
      if (window.ended) throw this.endOfFile();
      return false;
    }
  }

  /** Reads up to `RUNS_PER_CALL` runs. Throws `NEED_MORE` between two elements. */
  private scanSome(window: ByteWindow): void {
    for (let runs = 0; runs < RUNS_PER_CALL && !this.isClosed; runs++) {
      if (this.length < 0) this.beginRun();
      this.scanElements(window);
      this.endRun();
    }
  }

  /** Reads what is left of the current run's elements. */
  protected abstract scanElements(window: ByteWindow): void;

  /** An integer and the comma or bracket after it, as one. */
  protected readElement(canClose: boolean): void {
    const { reader } = this;
    const { window } = reader;
    const start = window.pos;
    reader.peek();
    const before = window.pos;
    try {
      if (!reader.readDigits()) throw this.malformed('something that is not a number');
      const byte = reader.peek();
      if (byte === 0x5d && canClose) this.isClosed = true;
      else if (byte !== 0x2c) throw this.malformed('something that is not a number, or ends inside a stack');
      window.pos++;
    } catch (error) {
      window.pos = error === NEED_MORE ? start : before;
      throw error;
    }
  }

  private beginRun(): void {
    this.readElement(false);
    const length = this.reader.integer;
    if (!this.sink.begin(length)) throw this.malformed(`a stack of ${length} frames`);
    this.makeRoom(length);
    this.length = length;
    this.depth = 0;
    this.same = length;
  }

  private endRun(): void {
    this.readElement(true);
    const count = this.reader.integer;
    if (!this.sink.commit(this.length, this.same, count)) throw this.malformed(`a stack with a count of ${count}`);
    this.length = -1;
  }

  protected abstract makeRoom(length: number): void;

  protected malformed(what: string): DecodeFailure {
    return this.reader.failure('corrupt', `The list of stacks holds ${what}`);
  }

  private endOfFile(): DecodeFailure {
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
 * Runs of frame ids. An id and its comma (9 to 16 characters) are compared with those at the same depth of the stack
 * before as two overlapping doubles: digits and commas never make a NaN.
 */
export class JsonIdRuns extends JsonRuns {
  private heads = new Float64Array(256);
  private tails = new Float64Array(256);
  private widths = new Uint8Array(256);

  constructor(
    reader: JsonReader,
    sink: RunSink,
    private readonly elementOf: (low: number, high: number) => number,
  ) {
    super(reader, sink);
  }

  protected scanElements(window: ByteWindow): void {
    const { view } = window;
    const limit = window.end - LOOK_AHEAD;
    const { heads, tails, widths, length } = this;
    let { depth } = this;
    let { pos } = window;
    while (depth < length) {
      const width = widths[depth]!;
      if (
        pos <= limit &&
        width > 0 &&
        view.getFloat64(pos, true) === heads[depth] &&
        view.getFloat64(pos + width - 8, true) === tails[depth]
      ) {
        pos += width;
        depth++;
        continue;
      }
      window.pos = pos;
      this.depth = depth;
      this.otherId(window, depth);
      pos = window.pos;
      depth++;
    }
    window.pos = pos;
    this.depth = depth;
  }

  private otherId(window: ByteWindow, depth: number): void {
    this.reader.peek();
    const start = window.pos;
    this.readElement(false);
    const { pos } = window;
    // Only an id with the comma right behind it has this form.
    const width = pos - start;
    const isPlain = width >= 9 && width <= 16 && window.bytes[pos - 2]! >= 0x30;
    this.widths[depth] = isPlain ? width : 0;
    if (isPlain) {
      this.heads[depth] = window.view.getFloat64(start, true);
      this.tails[depth] = window.view.getFloat64(pos - 8, true);
    }
    const element = this.elementOf(this.reader.low, this.reader.high);
    if (this.sink.elements[depth] === element) return;
    this.sink.elements[depth] = element;
    if (depth < this.same) this.same = depth;
  }

  protected makeRoom(length: number): void {
    if (length <= this.heads.length) return;
    const heads = new Float64Array(length * 2);
    const tails = new Float64Array(length * 2);
    const widths = new Uint8Array(length * 2);
    heads.set(this.heads);
    tails.set(this.tails);
    widths.set(this.widths);
    this.heads = heads;
    this.tails = tails;
    this.widths = widths;
  }
}

/** Runs of line numbers. */
export class JsonLineRuns extends JsonRuns {
  protected scanElements(window: ByteWindow): void {
    const { bytes } = window;
    const { elements } = this.sink;
    const limit = window.end - LOOK_AHEAD;
    const { length } = this;
    let { depth } = this;
    let { pos } = window;
    for (; depth < length; depth++) {
      let line = 0;
      let at = pos;
      if (pos <= limit) {
        for (let digit = bytes[at]! - 0x30; digit >= 0 && digit <= 9 && at < pos + 9; digit = bytes[at]! - 0x30) {
          line = line * 10 + digit;
          at++;
        }
      }
      if (at > pos && bytes[at] === 0x2c) {
        pos = at + 1;
      } else {
        window.pos = pos;
        this.depth = depth;
        this.readElement(false);
        pos = window.pos;
        line = this.reader.integer;
        if (line > 0x7fffffff) throw this.malformed(`a line number of ${line}`);
      }
      if (elements[depth] === line) continue;
      elements[depth] = line;
      if (depth < this.same) this.same = depth;
    }
    window.pos = pos;
    this.depth = depth;
  }

  protected makeRoom(): void {}
}

/** An array of numbers of which only the length matters (timestamps); strings in it are not looked into. */
export class JsonNumbers {
  length = 0;

  constructor(private readonly reader: JsonReader) {}

  /** False: more bytes are needed. */
  scan(): boolean {
    const { window } = this.reader;
    const { bytes, end } = window;
    let { pos } = window;
    for (; pos < end; pos++) {
      const byte = bytes[pos];
      if (byte === 0x2c) this.length++;
      else if (byte === 0x5d) {
        window.pos = pos + 1;
        this.length++;
        return true;
      } else if (byte === 0x7b || byte === 0x5b || byte === 0x22) {
        window.pos = pos;
        throw this.reader.failure('corrupt', 'A list of numbers holds something else');
      }
    }
    window.pos = pos;
    return false;
  }
}
