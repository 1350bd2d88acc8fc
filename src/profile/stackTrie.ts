/**
 * Stacks while they are being read: a trie over pairs (frame, line) in the order of first appearance, so that a parent's
 * index is always smaller than its children's. `builder.ts` turns it into the depth-first `StackTable`.
 */
export class StackTrie {
  length = 0;
  parent: Int32Array;
  frame: Int32Array;
  line: Int32Array;
  /** Open addressing: node + 1, 0 for a free slot; at most half full. */
  private slots: Int32Array;

  constructor(capacity = 1024) {
    this.parent = new Int32Array(capacity);
    this.frame = new Int32Array(capacity);
    this.line = new Int32Array(capacity);
    this.slots = new Int32Array(capacity * 2);
  }

  /** The child of `parent` (-1: a root) for `frame` at `line`; made when it is new. */
  child(parent: number, frame: number, line: number): number {
    const slots = this.slots;
    const mask = slots.length - 1;
    let slot = slotHash(parent, frame, line) & mask;
    for (let node = slots[slot]! - 1; node >= 0; node = slots[slot]! - 1) {
      if (this.parent[node] === parent && this.frame[node] === frame && this.line[node] === line) return node;
      slot = (slot + 1) & mask;
    }
    if (this.length === this.parent.length) {
      this.grow();
      return this.child(parent, frame, line);
    }
    const node = this.length++;
    this.parent[node] = parent;
    this.frame[node] = frame;
    this.line[node] = line;
    slots[slot] = node + 1;
    return node;
  }

  private grow(): void {
    const capacity = this.parent.length * 2;
    this.parent = widened(this.parent, capacity);
    this.frame = widened(this.frame, capacity);
    this.line = widened(this.line, capacity);
    const slots = new Int32Array(capacity * 2);
    const mask = slots.length - 1;
    for (let node = 0; node < this.length; node++) {
      let slot = slotHash(this.parent[node]!, this.frame[node]!, this.line[node]!) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = node + 1;
    }
    this.slots = slots;
  }
}

function slotHash(parent: number, frame: number, line: number): number {
  let hash = Math.imul(parent, 0x9e3779b1) ^ Math.imul(frame, 0x85ebca6b) ^ Math.imul(line, 0xc2b2ae35);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function widened(column: Int32Array, capacity: number): Int32Array {
  const wider = new Int32Array(capacity);
  wider.set(column);
  return wider;
}
