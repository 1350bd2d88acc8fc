/** Bytes of a Protocol Buffers message (https://protobuf.dev/programming-guides/encoding/), field by field. */
export class ProtoWriter {
  private bytes = new Uint8Array(1024);
  private used = 0;
  /** Writes the messages inside, again and again: a profile has millions. */
  private inner: ProtoWriter | null = null;

  get length(): number {
    return this.used;
  }

  /** A number from 0 to 2^53; 0 is the default of every field and not written. */
  number(field: number, value: number): void {
    if (value === 0) return;
    this.varint(field * 8);
    this.varint(value);
  }

  /** Several numbers in one field. */
  numbers(field: number, values: ArrayLike<number>): void {
    let size = 0;
    for (let at = 0; at < values.length; at++) size += varintSize(values[at]!);
    this.varint(field * 8 + LENGTH_DELIMITED);
    this.varint(size);
    for (let at = 0; at < values.length; at++) this.varint(values[at]!);
  }

  /** Text or a message. Empty text is written too: the first of a table of strings is that. */
  bytesOf(field: number, value: Uint8Array): void {
    this.varint(field * 8 + LENGTH_DELIMITED);
    this.varint(value.length);
    this.room(value.length);
    this.bytes.set(value, this.used);
    this.used += value.length;
  }

  message(field: number, write: (message: ProtoWriter) => void): void {
    const message = (this.inner ??= new ProtoWriter());
    message.used = 0;
    write(message);
    this.bytesOf(field, message.bytes.subarray(0, message.used));
  }

  /** What was written since the last time. */
  take(): Uint8Array {
    const taken = this.bytes.slice(0, this.used);
    this.used = 0;
    return taken;
  }

  private varint(value: number): void {
    this.room(8);
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.used++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.used++] = rest;
  }

  private room(more: number): void {
    if (this.used + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.used + more));
    larger.set(this.bytes.subarray(0, this.used));
    this.bytes = larger;
  }
}

const LENGTH_DELIMITED = 2;

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}
