/**
 * Writes Ruby Marshal 4.8, as far as tests need it: JavaScript strings become symbols, whole numbers Integers, and the
 * classes below the rest. Each object given twice is written once and linked.
 */
export class RubyText {
  constructor(
    readonly bytes: Uint8Array,
    /** `utf-8`, `us-ascii` and `binary` have their own forms; any other name is written out. */
    readonly encoding = 'utf-8',
  ) {}
}
export class RubyReal {
  constructor(readonly value: number) {}
}

export type Writable =
  | null
  | boolean
  | number
  | bigint
  | string
  | RubyText
  | RubyReal
  | Writable[]
  | Map<Writable, Writable>;

export function text(value: string, encoding = 'utf-8'): RubyText {
  return new RubyText(new TextEncoder().encode(value), encoding);
}

export function marshal(value: Writable): Uint8Array {
  const out: number[] = [4, 8];
  const symbols = new Map<string, number>();
  const objects = new Map<object, number>();
  let objectCount = 0;
  const writeBytes = (bytes: Uint8Array): void => {
    writeLong(out, bytes.length);
    for (const byte of bytes) out.push(byte);
  };
  const write = (item: Writable): void => {
    if (item === null) out.push(0x30);
    else if (item === true) out.push(0x54);
    else if (item === false) out.push(0x46);
    else if (typeof item === 'number' && Math.abs(item) < 2 ** 30) {
      out.push(0x69);
      writeLong(out, item);
    } else if (typeof item === 'number' || typeof item === 'bigint') {
      objectCount++;
      writeBignum(out, BigInt(item));
    } else if (typeof item === 'string') {
      const known = symbols.get(item);
      out.push(known === undefined ? 0x3a : 0x3b);
      if (known === undefined) {
        symbols.set(item, symbols.size);
        writeBytes(new TextEncoder().encode(item));
      } else {
        writeLong(out, known);
      }
    } else if (objects.has(item)) {
      out.push(0x40);
      writeLong(out, objects.get(item)!);
    } else {
      objects.set(item, objectCount++);
      writeObject(item);
    }
  };
  const writeObject = (item: RubyText | RubyReal | Writable[] | Map<Writable, Writable>): void => {
    if (item instanceof RubyReal) {
      out.push(0x66);
      writeBytes(new TextEncoder().encode(String(item.value)));
    } else if (item instanceof RubyText) {
      if (item.encoding !== 'binary') out.push(0x49);
      out.push(0x22);
      writeBytes(item.bytes);
      if (item.encoding === 'binary') return;
      writeLong(out, 1);
      if (item.encoding === 'utf-8' || item.encoding === 'us-ascii') {
        write('E');
        write(item.encoding === 'utf-8');
      } else {
        write('encoding');
        write(text(item.encoding, 'binary'));
      }
    } else if (Array.isArray(item)) {
      out.push(0x5b);
      writeLong(out, item.length);
      for (const element of item) write(element);
    } else {
      out.push(0x7b);
      writeLong(out, item.size);
      for (const [key, element] of item) {
        write(key);
        write(element);
      }
    }
  };
  write(value);
  return Uint8Array.from(out);
}

function writeLong(out: number[], value: number): void {
  if (value === 0) out.push(0);
  else if (value > 0 && value < 123) out.push(value + 5);
  else if (value < 0 && value > -124) out.push((value - 5) & 0xff);
  else {
    const bytes: number[] = [];
    for (let rest = value; rest !== 0 && rest !== -1; rest >>= 8) bytes.push(rest & 0xff);
    out.push(value > 0 ? bytes.length : 256 - bytes.length, ...bytes);
  }
}

function writeBignum(out: number[], value: bigint): void {
  const words: number[] = [];
  for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 16n) words.push(Number(rest & 0xffffn));
  out.push(0x6c, value < 0n ? 0x2d : 0x2b);
  writeLong(out, words.length);
  for (const word of words) out.push(word & 0xff, word >> 8);
}
