/**
 * Stacks while they are being read: a trie over pairs (frame, line) in the order of first appearance, so that a parent's
 * index is always smaller than its children's. `builder.ts` turns it into the depth-first `StackTable`.
 *
 * A node's first child often stands right behind it, because a new stack is new from some depth on; such children are
 * found there. Only the others are in the hash table.
 */
export class StackTrie {
  length = 0;
  parent: Int32Array;
  frame: Int32Array;
  line: Int32Array;
  /** Open addressing: node + 1, 0 for a free slot; at most half full. */
  private slots: Int32Array;
  private slotsTaken = 0;

  /** `expected`: about how many nodes there will be; too many costs little, for memory that nothing is written to is free. */
  constructor(expected = 1024) {
    const capacity = powerOf2(expected);
    this.slots = new Int32Array(capacity);
    this.parent = new Int32Array(capacity);
    this.frame = new Int32Array(capacity);
    this.line = new Int32Array(capacity);
  }

  /** The child of `parent` (-1: a root) for `frame` at `line`; made when it is new. */
  child(parent: number, frame: number, line: number): number {
    const next = parent + 1;
    // The last node has no children yet.
    if (next === this.length && next > 0) return this.append(parent, frame, line);
    if (next < this.length && this.isChild(next, parent, frame, line)) return next;
    const slots = this.slots;
    const mask = slots.length - 1;
    let slot = slotHash(parent, frame, line) & mask;
    for (let node = slots[slot]! - 1; node >= 0; node = slots[slot]! - 1) {
      if (this.isChild(node, parent, frame, line)) return node;
      slot = (slot + 1) & mask;
    }
    const node = this.append(parent, frame, line);
    if (node !== next) {
      slots[slot] = node + 1;
      if (++this.slotsTaken * 2 > slots.length) this.growSlots();
    }
    return node;
  }

  /** A new child of the last node (or, in `child`, of any). */
  append(parent: number, frame: number, line: number): number {
    const node = this.length;
    if (node === this.parent.length) this.growColumns();
    this.length = node + 1;
    this.parent[node] = parent;
    this.frame[node] = frame;
    // A column that was never written takes no memory.
    if (line !== 0) this.line[node] = line;
    return node;
  }

  private isChild(node: number, parent: number, frame: number, line: number): boolean {
    return this.parent[node] === parent && this.frame[node] === frame && this.line[node] === line;
  }

  private growColumns(): void {
    const capacity = this.parent.length * 2;
    this.parent = widened(this.parent, capacity);
    this.frame = widened(this.frame, capacity);
    this.line = widened(this.line, capacity);
  }

  private growSlots(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    const mask = this.slots.length - 1;
    for (let at = 0; at < old.length; at++) {
      const entry = old[at]!;
      if (entry === 0) continue;
      const node = entry - 1;
      let slot = slotHash(this.parent[node]!, this.frame[node]!, this.line[node]!) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = entry;
    }
  }
}

function slotHash(parent: number, frame: number, line: number): number {
  let hash = Math.imul(parent, 0x9e3779b1) ^ Math.imul(frame, 0x85ebca6b) ^ Math.imul(line, 0xc2b2ae35);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function powerOf2(atLeast: number): number {
  let power = 1024;
  while (power < atLeast) power *= 2;
  return power;
}

function widened(column: Int32Array, capacity: number): Int32Array {
  const wider = new Int32Array(capacity);
  wider.set(column);
  return wider;
}
