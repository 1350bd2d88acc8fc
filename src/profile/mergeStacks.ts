import type { PlacedStacks } from './depthFirst';
import { frameRanks } from './frameRanks';
import { inStretches } from './inStretches';
import type { Profile, StackTable } from './profile';
import { Siblings } from './siblings';

/**
 * Stacks with nodes taken out; nodes that come to stand under the same one with the same frame (and line, `withLines`)
 * become one; heavier siblings stand first. `into`, per node: the node itself when it stays; else the one above it that
 * stays and takes over its samples and what it calls; -1 when its samples leave and what it calls begins new stacks.
 */
export function mergeStacks(profile: Profile, stacks: StackTable, into: Int32Array, withLines: boolean): StackTable {
  return merged(profile, stacks, into, withLines, null);
}

/** `mergeStacks` with where the samples of each node went, -1 for those that left. */
export function placeMerged(profile: Profile, stacks: StackTable, into: Int32Array, withLines: boolean): PlacedStacks {
  const ofKept = new Int32Array(stacks.length).fill(-1);
  const result = merged(profile, stacks, into, withLines, ofKept);
  return { stacks: result, place: into.map((heir) => (heir < 0 ? -1 : ofKept[heir]!)) };
}

/** `placeOf`: is told where each node that stays went, or null. */
function merged(
  profile: Profile,
  stacks: StackTable,
  into: Int32Array,
  withLines: boolean,
  placeOf: Int32Array | null,
): StackTable {
  const kept = keepNodes(stacks, into);
  const families = new MergedFamilies(frameRanks(profile), stacks, kept, withLines);
  const parent = new Int32Array(kept.count);
  const frame = new Int32Array(kept.count);
  const line = new Int32Array(kept.count);
  const self = new Float64Array(kept.count);
  const total = new Float64Array(kept.count);
  let placed = 0;
  families.addRoots(kept.firstRoot);
  for (let node = families.next(); node >= 0; node = families.next()) {
    const at = placed++;
    parent[at] = families.parent;
    frame[at] = stacks.frame[node]!;
    if (withLines) line[at] = stacks.line[node]!;
    self[at] = kept.self[node]!;
    total[at] = kept.total[node]!;
    if (placeOf !== null) families.placeAll(node, at, placeOf);
    families.addChildren(node, at);
  }
  const ofPlaced = parent.subarray(0, placed);
  return {
    length: placed,
    parent: ofPlaced,
    frame: frame.subarray(0, placed),
    line: line.subarray(0, placed),
    subtreeEnd: subtreeEnds(ofPlaced),
    self: self.subarray(0, placed),
    total: total.subarray(0, placed),
  };
}

/** The nodes that stay, who stands below whom, and the samples that are theirs now. */
interface KeptNodes {
  readonly count: number;
  readonly firstRoot: number;
  /** First node of those below, -1 for none. */
  readonly firstChild: Int32Array;
  /** -1 for the last. */
  readonly nextSibling: Int32Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
}

/** What a node takes over comes after it, so one walk backwards sees all that belongs to a node before the node. */
function keepNodes(stacks: StackTable, into: Int32Array): KeptNodes {
  const { length, parent } = stacks;
  const firstChild = new Int32Array(length).fill(-1);
  const nextSibling = new Int32Array(length);
  const self = new Float64Array(length);
  const total = new Float64Array(length);
  let firstRoot = -1;
  let count = 0;
  inStretches(length, (from, to) => {
    for (let node = length - 1 - from; node >= length - to; node--) {
      const heir = into[node]!;
      if (heir < 0) continue;
      self[heir]! += stacks.self[node]!;
      if (heir !== node) continue;
      const samples = total[node]! + self[node]!;
      total[node] = samples;
      // All of its samples went to nodes above.
      if (samples === 0) continue;
      count++;
      const above = parent[node]! < 0 ? -1 : into[parent[node]!]!;
      if (above < 0) {
        nextSibling[node] = firstRoot;
        firstRoot = node;
      } else {
        total[above]! += samples;
        nextSibling[node] = firstChild[above]!;
        firstChild[above] = node;
      }
    }
  });
  return { count, firstRoot, firstChild, nextSibling, self, total };
}

/**
 * Merged nodes in the order of the result. Each is named by one of the nodes it is made of, and has the list of the others,
 * so its family is complete before the members are taken up, and nothing has to be found again later.
 */
class MergedFamilies {
  /** Of the node that `next` answered: where its parent was placed, -1 for none. */
  parent = -1;
  /** Another node of the same merged one, 0 for none: node 0 is never another. */
  private readonly alike: Int32Array;
  /** To place, the next one on top, with the places of their parents. */
  private readonly waiting: Int32Array;
  private readonly waitingParent: Int32Array;
  private waits = 0;
  private readonly family: Siblings;
  /** Members of the family at hand by frame and line: open addressing, at most half full; others' entries are free slots. */
  private slots = new Int32Array(64);
  private slotFamily = new Int32Array(64);
  private families = 0;

  constructor(
    rank: Int32Array,
    private readonly stacks: StackTable,
    private readonly kept: KeptNodes,
    private readonly withLines: boolean,
  ) {
    this.alike = new Int32Array(stacks.length);
    this.waiting = new Int32Array(kept.count);
    this.waitingParent = new Int32Array(kept.count);
    this.family = new Siblings(rank, { frame: stacks.frame, line: stacks.line, total: kept.total });
  }

  addRoots(first: number): void {
    this.begin();
    this.gather(first);
    this.finish(-1);
  }

  /** -1 at the end. */
  next(): number {
    if (this.waits === 0) return -1;
    this.waits--;
    this.parent = this.waitingParent[this.waits]!;
    return this.waiting[this.waits]!;
  }

  /** Writes the place of a merged node for all the nodes it is made of. */
  placeAll(node: number, place: number, placeOf: Int32Array): void {
    placeOf[node] = place;
    for (let alike = this.alike[node]!; alike !== 0; alike = this.alike[alike]!) placeOf[alike] = place;
  }

  addChildren(node: number, place: number): void {
    const { firstChild, nextSibling } = this.kept;
    const first = firstChild[node]!;
    let alike = this.alike[node]!;
    if (alike === 0) {
      if (first < 0) return;
      if (nextSibling[first]! < 0) {
        this.waiting[this.waits] = first;
        this.waitingParent[this.waits++] = place;
        return;
      }
    }
    this.begin();
    this.gather(first);
    for (; alike !== 0; alike = this.alike[alike]!) this.gather(firstChild[alike]!);
    this.finish(place);
  }

  private begin(): void {
    this.families++;
    this.family.count = 0;
  }

  private gather(first: number): void {
    const { nextSibling, self, total } = this.kept;
    const { alike } = this;
    for (let node = first; node >= 0; node = nextSibling[node]!) {
      const member = this.memberLike(node);
      if (member === node) continue;
      self[member]! += self[node]!;
      total[member]! += total[node]!;
      alike[node] = alike[member]!;
      alike[member] = node;
    }
  }

  /** The member of the family at hand with the node's frame and line; the node itself becomes one when there is none. */
  private memberLike(node: number): number {
    const { frame, line } = this.stacks;
    const { slots, slotFamily, families } = this;
    const mask = slots.length - 1;
    let slot = this.hash(node) & mask;
    while (slotFamily[slot] === families) {
      const member = slots[slot]!;
      if (frame[member] === frame[node] && (!this.withLines || line[member] === line[node])) return member;
      slot = (slot + 1) & mask;
    }
    slots[slot] = node;
    slotFamily[slot] = families;
    this.family.add(node);
    if (this.family.count * 2 > slots.length) this.growSlots();
    return node;
  }

  private hash(node: number): number {
    const hash = Math.imul(this.stacks.frame[node]!, 0x9e3779b1) ^ (this.withLines ? this.stacks.line[node]! : 0);
    return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 8;
  }

  private growSlots(): void {
    const { family } = this;
    this.slots = new Int32Array(this.slots.length * 2);
    this.slotFamily = new Int32Array(this.slots.length);
    const mask = this.slots.length - 1;
    for (let at = 0; at < family.count; at++) {
      const member = family.members[at]!;
      let slot = this.hash(member) & mask;
      while (this.slotFamily[slot] === this.families) slot = (slot + 1) & mask;
      this.slots[slot] = member;
      this.slotFamily[slot] = this.families;
    }
  }

  private finish(place: number): void {
    const { family, waiting, waitingParent } = this;
    family.sort();
    const { members } = family;
    for (let at = family.count - 1; at >= 0; at--) {
      waiting[this.waits] = members[at]!;
      waitingParent[this.waits++] = place;
    }
  }
}

function subtreeEnds(parent: Int32Array): Int32Array {
  const { length } = parent;
  const ends = new Int32Array(length);
  inStretches(length, (from, to) => {
    for (let node = length - 1 - from; node >= length - to; node--) {
      if (ends[node] === 0) ends[node] = node + 1;
      const above = parent[node]!;
      if (above >= 0 && ends[above] === 0) ends[above] = ends[node]!;
    }
  });
  return ends;
}
