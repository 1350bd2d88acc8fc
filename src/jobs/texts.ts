/** Texts of a log as small numbers: each distinct one is decoded once. */
export class Texts {
  private readonly byHash = new Map<number, number>();
  private readonly kept: Uint8Array[] = [];
  private readonly names: string[] = [];

  /** `limit`: more distinct texts than that all are one, the last. */
  constructor(private readonly limit: number) {}

  get size(): number {
    return this.names.length;
  }

  get isFull(): boolean {
    return this.names.length > this.limit;
  }

  id(bytes: Uint8Array, from: number, to: number): number {
    const stop = Math.min(to, from + MAX_TEXT_BYTES);
    let hash = hashBytes(bytes, from, stop);
    for (;;) {
      const id = this.byHash.get(hash);
      if (id === undefined) return this.add(hash, bytes, from, stop);
      if (equals(this.kept[id]!, bytes, from, stop)) return id;
      hash = (hash + 1) | 0;
    }
  }

  text(id: number): string {
    return this.names[id]!;
  }

  private add(hash: number, bytes: Uint8Array, from: number, to: number): number {
    if (this.names.length > this.limit) return this.limit;
    const id = this.names.length;
    const isLast = id === this.limit;
    this.kept.push(bytes.slice(from, to));
    this.names.push(isLast ? '(others)' : decodeText(bytes, from, to));
    if (!isLast) this.byHash.set(hash, id);
    return id;
  }
}

const MAX_TEXT_BYTES = 200;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** UTF-8, broken bytes as U+FFFD. */
export function decodeText(bytes: Uint8Array, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to));
}

/** FNV-1a of 32 bits, signed: a small integer in V8. */
export function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash;
}

function equals(kept: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (kept.length !== to - from) return false;
  for (let at = 0; at < kept.length; at++) if (kept[at] !== bytes[from + at]) return false;
  return true;
}
