import type { ByteWindow } from './byteWindow';
import { DecodeFailure, NEED_MORE } from './decodeFailure';
import { decodeText, displayTime, type RubyHash, type RubyString, type RubyValue, textOf } from './rubyValue';

/** Real dumps nest at most six deep outside metadata. */
const MAX_DEPTH = 64;
const MAX_SYMBOLS = 65_536;
const MAX_STRING_BYTES = 16 << 20;
/** Words of 16 bits; more is not a number anybody counts with, and making a bigint takes quadratic time. */
const MAX_INTEGER_WORDS = 64;

/** The longest form of an integer of 64 bits: `l`, sign, length, 8 bytes. Not longer than the window's look-ahead. */
export const MAX_INTEGER_BYTES = 11;

/** Where a unit of reading began, so that it can be read again. */
interface MarshalMark {
  readonly pos: number;
  readonly symbols: number;
  readonly objects: number;
}

/**
 * Reads Ruby Marshal 4.8 values as inert data. Every read throws `NEED_MORE` when the window runs out; `attempt`
 * goes back to where it began, and after the window was filled it can be tried again. Format: https://github.com/ruby/ruby/blob/master/doc/marshal.rdoc
 *
 * Objects are numbered in the order in which they begin and `@n` refers to them. Numbers take numbers too, so they are
 * counted; but only what can be worth a link (all but the millions of integers in `raw`) is kept.
 */
export class MarshalReader {
  /** Objects numbered so far. */
  objectCount = 0;
  /** Halves of the last integer read by `readInteger`, in two's complement. */
  low = 0;
  high = 0;
  private readonly objects = new Map<number, RubyValue>();
  private readonly symbols: string[] = [];

  constructor(readonly window: ByteWindow) {}

  private mark(): MarshalMark {
    return { pos: this.window.pos, symbols: this.symbols.length, objects: this.objectCount };
  }

  private reset(mark: MarshalMark): void {
    this.window.pos = mark.pos;
    this.symbols.length = mark.symbols;
    this.objectCount = mark.objects;
  }

  /** Runs `read` on the bytes at hand; false, and nothing read, when they do not suffice. */
  attempt(read: () => void): boolean {
    const mark = this.mark();
    try {
      read();
      return true;
    } catch (error) {
      if (error !== NEED_MORE) throw error;
      this.reset(mark);
      return false;
    }
  }

  readByte(): number {
    const { window } = this;
    if (window.pos >= window.end) throw NEED_MORE;
    return window.bytes[window.pos++]!;
  }

  peekByte(): number {
    const { window } = this;
    if (window.pos >= window.end) throw NEED_MORE;
    return window.bytes[window.pos]!;
  }

  /** Marshal's packed integer: lengths, indexes and small Integers. */
  readLong(): number {
    const first = (this.readByte() << 24) >> 24;
    if (first === 0) return 0;
    if (first > 4) return first - 5;
    if (first < -4) return first + 5;
    const { window } = this;
    const count = Math.abs(first);
    if (window.unread < count) throw NEED_MORE;
    let value = 0;
    for (let byte = 0; byte < count; byte++) value += window.bytes[window.pos++]! * 2 ** (8 * byte);
    return first > 0 ? value : value - 2 ** (8 * count);
  }

  /**
   * An Integer of at most 64 bits into `low` and `high`; false, and nothing read, when something else comes. Reads into
   * the window's look-ahead: the caller checks that `pos` did not pass `end`.
   */
  readInteger(): boolean {
    const { window } = this;
    const { bytes, view, pos } = window;
    const type = bytes[pos];
    if (type === 0x69) {
      const first = view.getInt8(pos + 1);
      if (first > 4 || first < -4) {
        this.setSmall(first > 4 ? first - 5 : first + 5);
        window.pos = pos + 2;
        return true;
      }
      const width = Math.abs(first);
      const word = width === 0 ? 0 : view.getInt32(pos + 2, true);
      const unused = 32 - 8 * width;
      // Missing bytes of a negative number are all ones.
      if (first < 0) this.setSmall(width === 4 ? word : word | (-1 << (8 * width)));
      else this.low = width === 0 ? 0 : (word << unused) >>> unused;
      if (first >= 0) this.high = 0;
      this.low |= 0;
      window.pos = pos + 2 + width;
      return true;
    }
    const words = bytes[pos + 2]! - 5;
    if (type !== 0x6c || bytes[pos + 1] !== 0x2b || words < 1 || words > 4) return false;
    this.low = words > 1 ? view.getInt32(pos + 3, true) : view.getUint16(pos + 3, true);
    this.high = words > 3 ? view.getInt32(pos + 7, true) : words > 2 ? view.getUint16(pos + 7, true) : 0;
    this.objectCount++;
    window.pos = pos + 3 + words * 2;
    return true;
  }

  /** `readInteger` that throws `NEED_MORE` when the integer does not end inside the window. */
  tryInteger(): boolean {
    const { window } = this;
    if (window.pos >= window.end) throw NEED_MORE;
    if (!this.readInteger()) return false;
    if (window.pos > window.end) throw NEED_MORE;
    return true;
  }

  /** What `readInteger` read, as a number: exact to 2^53. */
  get integer(): number {
    return this.high * 2 ** 32 + (this.low >>> 0);
  }

  /** An Integer, or a Float or repeated number that has an integer's value; null for nil; NaN for anything else. */
  readNumber(): number | null {
    if (this.tryInteger()) return this.integer;
    const value = this.readValue();
    if (typeof value === 'number' || value === null) return value;
    if (typeof value === 'bigint') return Number(value);
    return typeof value === 'object' && value.type === 'float' ? value.value : Number.NaN;
  }

  /** The text of a symbol or string; null for any other value, which is skipped. */
  readName(): string | null {
    const type = this.peekByte();
    if (type === 0x3a || type === 0x3b) {
      this.window.pos++;
      return this.symbolAfter(type);
    }
    const value = this.readValue();
    if (typeof value !== 'object' || value === null) return null;
    if (value.type === 'symbol') return value.name;
    return value.type === 'string' ? textOf(value) : null;
  }

  /** Numbers a container that the caller reads itself. */
  countObject(): void {
    this.objectCount++;
  }

  /** A declared number of elements of at least `elementBytes` each. */
  readCount(elementBytes: number): number {
    const count = this.readLong();
    if (count < 0) throw this.failure('corrupt', `A length of ${count} was found`);
    const wanted = count * elementBytes;
    if (wanted > this.window.unread && wanted > this.window.remaining) {
      const end = this.window.offset + this.window.remaining;
      throw new DecodeFailure('truncated', `The file ends early, at byte ${end.toLocaleString('en')}.`, end);
    }
    return count;
  }

  /** A value of any type. */
  readValue(depth = 0): RubyValue {
    if (depth > MAX_DEPTH) throw this.failure('limit', `Values are nested more than ${MAX_DEPTH} deep`);
    const type = this.readByte();
    switch (type) {
      case 0x30: // 0
        return null;
      case 0x54: // T
        return true;
      case 0x46: // F
        return false;
      case 0x69: // i
        return this.readLong();
      case 0x3a: // :
      case 0x3b: // ;
        return { type: 'symbol', name: this.symbolAfter(type) };
      case 0x40: // @
        return this.linked();
      case 0x49: // I
        return this.withVariables(depth);
      case 0x22: // "
        return this.register({ type: 'string', bytes: this.readBytes(), encoding: null, text: null });
      case 0x66: // f
        return this.register({ type: 'float', value: parseFloatText(latinText(this.readBytes())) });
      case 0x6c: // l
        return this.register(this.readBignum());
      case 0x5b: // [
        return this.readArray(depth);
      case 0x7b: // {
      case 0x7d: // }
        return this.readHash(type === 0x7d, depth);
      case 0x2f: {
        // / : the option byte stands between the source and its variables
        const source = decodeText(this.readBytes(), null);
        const options = this.readByte();
        return this.register({ type: 'object', className: 'Regexp', display: `/${source}/${regexpFlags(options)}` });
      }
      case 0x43: // C : a subclass of a built-in; the value inside has the number
        this.readSymbol();
        return this.readValue(depth + 1);
      case 0x65: // e : extended by a module; likewise
        this.readSymbol();
        return this.readValue(depth + 1);
      case 0x6f: // o
      case 0x53: // S
        return this.readFields(depth);
      case 0x63: // c
      case 0x6d: // m
      case 0x4d: {
        // M : a class or module itself
        const name = decodeText(this.readBytes(), null);
        return this.register({ type: 'object', className: type === 0x6d ? 'Module' : 'Class', display: name });
      }
      case 0x75: // u : numbered after its variables, see withVariables
        return this.register(this.readUserDumped());
      case 0x55: // U
      case 0x64: {
        // d
        const number = this.reserve();
        const object = this.keep(number, { type: 'object', className: this.readSymbol(), display: null });
        this.readValue(depth + 1);
        return object;
      }
      default:
        this.window.pos--;
        throw this.failure('corrupt', `An unknown type byte 0x${type.toString(16).padStart(2, '0')} was found`);
    }
  }

  /** A symbol, new or repeated. */
  readSymbol(): string {
    const type = this.readByte();
    if (type === 0x3a || type === 0x3b) return this.symbolAfter(type);
    if (type === 0x49) {
      const value = this.withVariables(0);
      if (typeof value === 'object' && value !== null && value.type === 'symbol') return value.name;
    }
    throw this.failure('corrupt', 'A symbol was expected');
  }

  /** `what` should be a sentence without its end; the offset is added. */
  failure(reason: 'corrupt' | 'truncated' | 'limit', what: string): DecodeFailure {
    return new DecodeFailure(reason, `${what} at byte ${this.window.offset.toLocaleString('en')}.`, this.window.offset);
  }

  private symbolAfter(type: number): string {
    if (type === 0x3b) {
      const index = this.readLong();
      const symbol = this.symbols[index];
      if (symbol === undefined)
        throw this.failure('corrupt', `A reference to symbol ${index}, which does not exist, was found`);
      return symbol;
    }
    if (this.symbols.length >= MAX_SYMBOLS) throw this.failure('limit', `More than ${MAX_SYMBOLS} symbols were found`);
    const name = decodeText(this.readBytes(), null);
    this.symbols.push(name);
    return name;
  }

  private linked(): RubyValue {
    const index = this.readLong();
    const value = this.objects.get(index);
    if (value === undefined || index >= this.objectCount) {
      throw this.failure('corrupt', `A reference to object ${index}, which does not exist, was found`);
    }
    return value;
  }

  /** `I`: a value followed by instance variables, among them a string's encoding. */
  private withVariables(depth: number): RubyValue {
    if (depth > MAX_DEPTH) throw this.failure('limit', `Values are nested more than ${MAX_DEPTH} deep`);
    if (this.peekByte() === 0x75) {
      this.readByte();
      const value = this.readUserDumped();
      this.readVariables(null, depth);
      return this.register(value);
    }
    const value = this.readValue(depth + 1);
    this.readVariables(typeof value === 'object' && value?.type === 'string' ? value : null, depth);
    return value;
  }

  private readVariables(string: RubyString | null, depth: number): void {
    const count = this.readCount(3);
    for (let variable = 0; variable < count; variable++) {
      const name = this.readSymbol();
      const value = this.readValue(depth + 1);
      if (string === null) continue;
      if (name === 'E') string.encoding = value === true ? 'UTF-8' : 'US-ASCII';
      else if (name === 'encoding' && typeof value === 'object' && value?.type === 'string')
        string.encoding = textOf(value);
      string.text = null;
    }
  }

  private readArray(depth: number): RubyValue {
    const count = this.readCount(1);
    const items: RubyValue[] = [];
    const array = this.register({ type: 'array', items });
    for (let index = 0; index < count; index++) items.push(this.readValue(depth + 1));
    return array;
  }

  private readHash(hasDefault: boolean, depth: number): RubyValue {
    const count = this.readCount(2);
    const hash: RubyHash = { type: 'hash', pairs: [] };
    this.register(hash);
    for (let pair = 0; pair < count; pair++) hash.pairs.push([this.readValue(depth + 1), this.readValue(depth + 1)]);
    if (hasDefault) this.readValue(depth + 1);
    return hash;
  }

  private readFields(depth: number): RubyValue {
    const number = this.reserve();
    const object = this.keep(number, { type: 'object', className: this.readSymbol(), display: null });
    const count = this.readCount(2);
    for (let field = 0; field < count; field++) {
      this.readSymbol();
      this.readValue(depth + 1);
    }
    return object;
  }

  private readUserDumped(): RubyValue {
    const className = this.readSymbol();
    const bytes = this.readBytes();
    return { type: 'object', className, display: className === 'Time' ? displayTime(bytes) : null };
  }

  /** After `l`: sign and 16-bit words. */
  private readBignum(): RubyValue {
    const sign = this.readByte();
    const words = this.readCount(2);
    if (this.window.unread < words * 2) throw NEED_MORE;
    const { bytes, pos } = this.window;
    this.window.pos += words * 2;
    if (words > MAX_INTEGER_WORDS)
      return { type: 'object', className: 'Integer', display: `(an integer of ${words * 16} bits)` };
    let value = 0n;
    for (let byte = words * 2 - 1; byte >= 0; byte--) value = (value << 8n) | BigInt(bytes[pos + byte]!);
    return sign === 0x2d ? -value : value;
  }

  /** A length and that many bytes, copied out of the window. */
  private readBytes(): Uint8Array {
    const count = this.readCount(1);
    if (count > MAX_STRING_BYTES)
      throw this.failure('limit', `A string of ${count.toLocaleString('en')} bytes was found`);
    const { window } = this;
    if (window.unread < count) throw NEED_MORE;
    const bytes = window.bytes.slice(window.pos, window.pos + count);
    window.pos += count;
    return bytes;
  }

  private setSmall(value: number): void {
    this.low = value;
    this.high = value < 0 ? -1 : 0;
  }

  private register(value: RubyValue): RubyValue {
    return this.keep(this.reserve(), value);
  }

  private reserve(): number {
    return this.objectCount++;
  }

  private keep(number: number, value: RubyValue): RubyValue {
    this.objects.set(number, value);
    return value;
  }
}

/** Ruby before 1.9 put binary digits after the decimal text; the text alone is the number. */
function parseFloatText(text: string): number {
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  if (text === '-inf') return Number.NEGATIVE_INFINITY;
  return Number.parseFloat(text);
}

function regexpFlags(options: number): string {
  return `${options & 4 ? 'm' : ''}${options & 1 ? 'i' : ''}${options & 2 ? 'x' : ''}`;
}

function latinText(bytes: Uint8Array): string {
  return decodeText(bytes, 'ISO-8859-1');
}
