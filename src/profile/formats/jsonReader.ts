import type { ByteWindow } from './byteWindow';
import { DecodeFailure, NEED_MORE } from './decodeFailure';
import { decodeText } from './rubyValue';

const MAX_STRING_BYTES = 16 << 20;

/** An array or object of JSON text that is kept for display. */
const MAX_KEPT_BYTES = 1 << 20;

/**
 * Reads JSON token by token from a window. Every read throws `NEED_MORE` when the window ends inside the token; go back
 * to where the unit began, fill the window, read again. Bytes after `end` are zero, which ends every token.
 */
export class JsonReader {
  /** Halves of the last integer, in two's complement. */
  low = 0;
  high = 0;

  constructor(readonly window: ByteWindow) {}

  /** Skips white space and returns the byte after it, without consuming it. */
  peek(): number {
    const { window } = this;
    const { bytes } = window;
    let { pos } = window;
    while (isSpace(bytes[pos]!)) pos++;
    window.pos = pos;
    if (pos >= window.end) throw NEED_MORE;
    return bytes[pos]!;
  }

  expect(byte: number, what: string): void {
    if (this.peek() !== byte) throw this.failure('corrupt', `${what} was expected`);
    this.window.pos++;
  }

  /** The end of an element: false after `,`, true after the closing byte. */
  closes(close: number): boolean {
    const byte = this.peek();
    if (byte !== close && byte !== 0x2c)
      throw this.failure('corrupt', `"," or "${String.fromCharCode(close)}" was expected`);
    this.window.pos++;
    return byte === close;
  }

  /** True, and consumed, when the container that was just opened has no elements. */
  isEmpty(close: number): boolean {
    if (this.peek() !== close) return false;
    this.window.pos++;
    return true;
  }

  readString(): string {
    const { bytes } = this.window;
    const start = this.stringStart();
    let pos = start;
    let isPlain = true;
    for (; bytes[pos] !== 0x22; pos++) {
      if (pos >= this.window.end) throw NEED_MORE;
      if (bytes[pos]! >= 0x80) isPlain = false;
      if (bytes[pos] === 0x5c) return this.escapedString(start);
    }
    if (pos - start > MAX_STRING_BYTES) throw this.failure('limit', 'A string of more than 16 MiB was found');
    this.window.pos = pos + 1;
    if (!isPlain || pos - start > 64) return decodeText(bytes.subarray(start, pos), 'UTF-8');
    // For the many short keys a decoder call costs more than the characters.
    let text = '';
    for (let at = start; at < pos; at++) text += String.fromCharCode(bytes[at]!);
    return text;
  }

  /** A number or one of the words that stand for a missing one; `NaN` for what is no number, null for null. */
  readNumber(): number | null {
    const first = this.peek();
    if (first === 0x22 || first === 0x5b || first === 0x7b) {
      this.skipValue();
      return Number.NaN;
    }
    const { bytes } = this.window;
    const start = this.window.pos;
    let pos = start;
    while (isWord(bytes[pos]!)) pos++;
    if (pos >= this.window.end && !this.window.ended) throw NEED_MORE;
    if (pos === start) throw this.failure('corrupt', 'A number was expected');
    this.window.pos = pos;
    const text = decodeText(bytes.subarray(start, pos), 'ISO-8859-1');
    return text === 'null' ? null : Number(text);
  }

  /** The digits at `pos` into `low` and `high`; false, and nothing read, when there are none or more than 64 bits. */
  readDigits(): boolean {
    const { window } = this;
    const { bytes } = window;
    let { pos } = window;
    const start = pos;
    let first = 0;
    for (let digit = bytes[pos]! - 0x30; digit >= 0 && digit <= 9 && pos - start < 9; digit = bytes[pos]! - 0x30) {
      first = first * 10 + digit;
      pos++;
    }
    let rest = 0;
    const middle = pos;
    for (let digit = bytes[pos]! - 0x30; digit >= 0 && digit <= 9; digit = bytes[pos]! - 0x30) {
      rest = rest * 10 + digit;
      pos++;
    }
    if (pos === start) return false;
    if (pos >= window.end && !window.ended) throw NEED_MORE;
    const value = first * 10 ** (pos - middle) + rest;
    if (value <= Number.MAX_SAFE_INTEGER) {
      this.low = value | 0;
      this.high = Math.floor(value / 2 ** 32) | 0;
    } else {
      if (pos - start > 20) return false;
      const exact = BigInt(decodeText(bytes.subarray(start, pos), 'ISO-8859-1'));
      if (exact >= 1n << 64n) return false;
      this.low = Number(BigInt.asIntN(32, exact));
      this.high = Number(BigInt.asIntN(32, exact >> 32n));
    }
    window.pos = pos;
    return true;
  }

  /** What `readDigits` read, as a number: exact to 2^53. */
  get integer(): number {
    return (this.high >>> 0) * 2 ** 32 + (this.low >>> 0);
  }

  /** Passes over a value of any kind: only brackets and strings are looked at. */
  skipValue(): void {
    const { bytes, end } = this.window;
    this.peek();
    let { pos } = this.window;
    const start = pos;
    let depth = 0;
    for (; pos < end; pos++) {
      const byte = bytes[pos]!;
      if (byte === 0x22) {
        pos = this.stringEnd(pos + 1);
      } else if (byte === 0x7b || byte === 0x5b) depth++;
      else if (byte === 0x7d || byte === 0x5d || byte === 0x2c) {
        if (depth === 0) break;
        if (byte !== 0x2c) depth--;
      } else continue;
      if (depth === 0) {
        pos++;
        break;
      }
    }
    if (pos >= end && !this.window.ended) throw NEED_MORE;
    if (pos === start || depth > 0) throw this.failure(depth > 0 ? 'truncated' : 'corrupt', 'A value was expected');
    this.window.pos = pos;
  }

  /** A value as JavaScript's own parser reads it; undefined for what is too large to keep or not JSON. */
  readAny(): unknown {
    this.peek();
    const start = this.window.pos;
    this.skipValue();
    const bytes = this.window.bytes.subarray(start, this.window.pos);
    if (bytes.length > MAX_KEPT_BYTES) return undefined;
    try {
      return JSON.parse(decodeText(bytes, 'UTF-8'));
    } catch {
      return undefined;
    }
  }

  /** `what` should be a sentence without its end; the offset is added. */
  failure(reason: 'corrupt' | 'truncated' | 'limit', what: string): DecodeFailure {
    return new DecodeFailure(reason, `${what} at byte ${this.window.offset.toLocaleString('en')}.`, this.window.offset);
  }

  /** The position after the opening quote. */
  stringStart(): number {
    if (this.peek() !== 0x22) throw this.failure('corrupt', 'A string was expected');
    return this.window.pos + 1;
  }

  /** The position of the closing quote of a string whose text begins at `pos`. */
  private stringEnd(start: number): number {
    const { bytes, end } = this.window;
    let pos = start;
    while (pos < end && bytes[pos] !== 0x22) pos += bytes[pos] === 0x5c ? 2 : 1;
    if (pos >= end) throw NEED_MORE;
    return pos;
  }

  private escapedString(start: number): string {
    const end = this.stringEnd(start);
    if (end - start > MAX_STRING_BYTES) throw this.failure('limit', 'A string of more than 16 MiB was found');
    try {
      const text: unknown = JSON.parse(decodeText(this.window.bytes.subarray(start - 1, end + 1), 'UTF-8'));
      this.window.pos = end + 1;
      return String(text);
    } catch {
      throw this.failure('corrupt', 'A string with an escape that is not JSON was found');
    }
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Letters, digits, sign, point: numbers, null, true, NaN. */
function isWord(byte: number): boolean {
  const isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  return isLetter || (byte >= 0x30 && byte <= 0x39) || byte === 0x2b || byte === 0x2d || byte === 0x2e;
}
