import { MARK_JOB, type Mark, markAt, marksOf, PAIRS, STRIDE, saysJobEvent } from './marks';

/** What is read of one line; the rest of a longer one is passed over. */
export const MAX_LINE_BYTES = 1 << 18;

const NEWLINE = 10;

export interface LineSink {
  /** A line with a mark, without its end; valid during the call only. */
  line(bytes: Uint8Array, start: number, end: number, marks: Mark): void;
}

/**
 * Cuts chunks of a log into lines and passes on those that may matter. Most lines of a log do not: of these every third pair of
 * bytes is looked at, and not even their ends are sought. Holds at most one line.
 */
export class LineSplitter {
  /** Lines that matter and are longer than what is read of one. */
  longLines = 0;
  /** The start of a line whose end is in a later chunk. */
  private readonly carry = new Uint8Array(MAX_LINE_BYTES);
  private carried = 0;
  private carrying = false;
  private overlong = false;

  constructor(private readonly sink: LineSink) {}

  push(chunk: Uint8Array): void {
    let from = 0;
    if (this.carrying) {
      const newline = chunk.indexOf(NEWLINE);
      this.keep(chunk, 0, newline < 0 ? chunk.length : newline);
      if (newline < 0) return;
      this.endCarried();
      from = newline + 1;
    }
    const whole = Math.max(from, chunk.lastIndexOf(NEWLINE) + 1);
    this.scan(chunk, from, whole);
    if (whole < chunk.length) this.keep(chunk, whole, chunk.length);
  }

  /** The last line need not have an end. */
  finish(): void {
    if (this.carrying) this.endCarried();
  }

  private keep(chunk: Uint8Array, from: number, to: number): void {
    this.carrying = true;
    const room = MAX_LINE_BYTES - this.carried;
    if (to - from > room) this.overlong = true;
    const part = chunk.subarray(from, Math.min(to, from + room));
    this.carry.set(part, this.carried);
    this.carried += part.length;
  }

  private endCarried(): void {
    const { carried } = this;
    this.carrying = false;
    this.carried = 0;
    this.pass(this.carry, 0, carried, marksOf(this.carry, 0, carried), this.overlong);
    this.overlong = false;
  }

  /** Whole lines only. */
  private scan(bytes: Uint8Array, from: number, to: number): void {
    let at = from;
    let floor = from;
    const last = to - 1;
    while (at < last) {
      const offsets = PAIRS[(bytes[at]! << 8) | bytes[at + 1]!]!;
      if (offsets === 0 || markAt(bytes, at, offsets) === 0) {
        at += STRIDE;
        continue;
      }
      let start = at;
      while (start > floor && bytes[start - 1] !== NEWLINE) start--;
      const end = bytes.indexOf(NEWLINE, at);
      const isLong = end - start > MAX_LINE_BYTES;
      const stop = isLong ? start + MAX_LINE_BYTES : end;
      this.pass(bytes, start, stop, marksOf(bytes, start, stop), isLong);
      floor = end + 1;
      at = floor;
    }
  }

  private pass(bytes: Uint8Array, start: number, end: number, marks: Mark, isLong: boolean): void {
    if (marks === 0 || (marks === MARK_JOB && !saysJobEvent(bytes, start, end))) return;
    if (isLong) this.longLines++;
    this.sink.line(bytes, start, end, marks);
  }
}
