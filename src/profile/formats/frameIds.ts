import { IntColumn } from '../column';

/** A frame's id in the file (an address, a small number or a digest), numbered from 0 in the order of appearance. */
export type IdIndex = number;

/** Interns frame ids: 64-bit integers as (low, high) halves, digests of merged profiles as text. */
export class FrameIds {
  length = 0;
  private readonly low = new IntColumn(1024);
  private readonly high = new IntColumn(1024);
  /** Open addressing: id + 1, 0 for a free slot; at most half full. */
  private slots = new Int32Array(2048);
  private readonly texts = new Map<string, IdIndex>();

  intern(low: number, high: number): IdIndex {
    const known = this.find(low, high);
    if (known >= 0) return known;
    if (this.low.length * 2 >= this.slots.length) this.grow();
    const id = this.add(low, high);
    this.place(id, low, high);
    return id;
  }

  /** -1 when the id was never seen. */
  find(low: number, high: number): IdIndex {
    const mask = this.slots.length - 1;
    let slot = idHash(low, high) & mask;
    for (let id = this.slots[slot]! - 1; id >= 0; id = this.slots[slot]! - 1) {
      if (this.low.values[id] === low && this.high.values[id] === high) return id;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** Decimal text means the same id as the integer (JSON keys); any other text is a digest. */
  internText(text: string): IdIndex {
    if (DECIMAL.test(text)) {
      const value = BigInt(text);
      if (value <= MAX_64)
        return this.intern(Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)));
    }
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    const id = this.add(0, 0);
    this.texts.set(text, id);
    return id;
  }

  /** The id's low 48 bits: how StackProf 0.2.26 and later writes it in `raw` (the upper 16 hold the line). */
  cutLabel(id: IdIndex): string {
    return `${this.low.values[id]},${this.high.values[id]! & 0xffff}`;
  }

  /** Whether the id has more than 48 bits. */
  isWide(id: IdIndex): boolean {
    return this.high.values[id]! >>> 16 !== 0;
  }

  /** How a person would look the id up in the file. */
  label(id: IdIndex): string {
    const value = (BigInt(this.high.values[id]! >>> 0) << 32n) | BigInt(this.low.values[id]! >>> 0);
    return value.toString();
  }

  private add(low: number, high: number): IdIndex {
    this.low.push(low);
    this.high.push(high);
    return this.length++;
  }

  private place(id: IdIndex, low: number, high: number): void {
    const mask = this.slots.length - 1;
    let slot = idHash(low, high) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = id + 1;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    for (let at = 0; at < old.length; at++) {
      const entry = old[at]!;
      if (entry !== 0) this.place(entry - 1, this.low.values[entry - 1]!, this.high.values[entry - 1]!);
    }
  }
}

const DECIMAL = /^\d{1,20}$/;
const MAX_64 = (1n << 64n) - 1n;

function idHash(low: number, high: number): number {
  // Addresses of Ruby objects are multiples of 8: the low bits of the product's upper half are the good ones.
  const hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
