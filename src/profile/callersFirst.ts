import type { UnorderedTree } from './callTree';
import { FloatColumn, IntColumn } from './column';
import { HeaviestFirst } from './heaviestFirst';
import type { FrameIndex, StackTable } from './profile';

/** Beyond these there is nothing more to see at once; what is not taken apart stays whole. */
const MAX_NODES = 400_000;
/** Boxes below this share of the whole are not taken apart. */
const MIN_SHARE = 1 / 200_000;

/**
 * The stacks upside down: leaves on top, each with its samples, and who called them below. With `around`, the one method on
 * top with all samples that pass through it, each once, and who called its outermost occurrence.
 *
 * Every sample would make a branch as deep as its stack, so the heaviest node is taken apart first, until there are as many
 * boxes as anybody can look at. `self` of a node: samples whose stack begins there, and those of callers not taken apart.
 */
export function callersFirst(stacks: StackTable, around: FrameIndex | null, withLines: boolean): UnorderedTree {
  const tree = new InvertedTree(stacks, withLines);
  const weight = around === null ? tree.addLeaves() : tree.addOutermost(around);
  tree.expand(weight * MIN_SHARE);
  return tree.finish();
}

/**
 * Nodes hold entries: (stack node reached on the way up, samples), one per stack node, side by side. The entries of a node's
 * children are never more than its own were, and take their room.
 */
class InvertedTree {
  private readonly parent = new IntColumn(ROOM);
  private readonly frame = new IntColumn(ROOM);
  private readonly line = new IntColumn(ROOM);
  private readonly self = new FloatColumn(ROOM);
  /** Per node, where its entries are; those of a node that was taken apart are its children's now. */
  private readonly firstEntry = new IntColumn(ROOM);
  private readonly entryCount = new IntColumn(ROOM);
  private readonly entryNode = new IntColumn();
  private readonly entrySamples = new FloatColumn();
  private readonly heaviest = new HeaviestFirst();
  /** What one level leads to while it is gathered: stack nodes and samples, and where each stack node is among them. */
  private readonly met = new IntColumn();
  private readonly metSamples = new FloatColumn();
  private readonly metAt: Int32Array;
  /** The child that each of them belongs to. */
  private metChild = new Int32Array(256);
  /** Children of the node at hand by frame and line: open addressing, at most half full; older children are free slots. */
  private slots = new Int32Array(64);

  constructor(
    private readonly stacks: StackTable,
    private readonly withLines: boolean,
  ) {
    this.metAt = new Int32Array(stacks.length).fill(-1);
  }

  /** A root per method (and line) that samples end in. Answers all samples. */
  addLeaves(): number {
    const { length, self } = this.stacks;
    let weight = 0;
    for (let node = 0; node < length; node++) {
      if (self[node] === 0) continue;
      this.meet(node, self[node]!);
      weight += self[node]!;
    }
    this.addRoots();
    return weight;
  }

  /** The method as the root (one per line), with the samples of its outermost occurrences. */
  addOutermost(frame: FrameIndex): number {
    const { length, subtreeEnd, total } = this.stacks;
    let weight = 0;
    for (let node = 0; node < length; ) {
      if (this.stacks.frame[node] === frame) {
        this.meet(node, total[node]!);
        weight += total[node]!;
        node = subtreeEnd[node]!;
      } else node++;
    }
    this.addRoots();
    return weight;
  }

  expand(smallest: number): void {
    while (this.self.length < MAX_NODES) {
      const node = this.heaviest.pop();
      if (node < 0 || this.self.values[node]! < smallest) return;
      this.takeApart(node);
    }
  }

  finish(): UnorderedTree {
    const { parent, frame, line, self } = this;
    return {
      length: self.length,
      parent: parent.values,
      frame: frame.values,
      line: line.values,
      self: self.values,
    };
  }

  private addRoots(): void {
    for (let at = 0; at < this.met.length; at++) {
      this.entryNode.push(0);
      this.entrySamples.push(0);
    }
    this.addChildren(-1, 0);
  }

  /** Gives the node its callers; goes on as long as there is just one, which is as heavy as the node was. */
  private takeApart(first: number): void {
    for (let node = first; this.self.length < MAX_NODES; ) {
      const from = this.firstEntry.values[node]!;
      const to = from + this.entryCount.values[node]!;
      const above = this.stacks.parent[this.entryNode.values[from]!]!;
      if (to - from === 1 && above >= 0) {
        const child = this.addNode(node, above);
        this.self.values[child] = this.self.values[node]!;
        this.self.values[node] = 0;
        this.firstEntry.values[child] = from;
        this.entryCount.values[child] = 1;
        this.entryNode.values[from] = above;
        node = child;
        continue;
      }
      let ends = 0;
      for (let entry = from; entry < to; entry++) {
        const samples = this.entrySamples.values[entry]!;
        const caller = this.stacks.parent[this.entryNode.values[entry]!]!;
        if (caller < 0) ends += samples;
        else this.meet(caller, samples);
      }
      this.self.values[node] = ends;
      this.addChildren(node, from);
      return;
    }
  }

  private meet(stackNode: number, samples: number): void {
    const at = this.metAt[stackNode]!;
    if (at >= 0) {
      this.metSamples.values[at]! += samples;
      return;
    }
    this.metAt[stackNode] = this.met.length;
    this.met.push(stackNode);
    this.metSamples.push(samples);
  }

  /** Makes children of a node (-1: roots) of what was met, with their entries from `firstEntry` on. */
  private addChildren(parent: number, firstEntry: number): void {
    const { met, metSamples, self, entryCount } = this;
    const firstChild = self.length;
    if (this.metChild.length < met.length) this.metChild = new Int32Array(met.values.length);
    const { metChild } = this;
    for (let at = 0; at < met.length; at++) {
      const stackNode = met.values[at]!;
      const child = this.childFor(stackNode, parent, firstChild);
      metChild[at] = child;
      self.values[child]! += metSamples.values[at]!;
      entryCount.values[child]!++;
      this.metAt[stackNode] = -1;
    }
    let next = firstEntry;
    for (let child = firstChild; child < self.length; child++) {
      this.firstEntry.values[child] = next;
      next += entryCount.values[child]!;
      entryCount.values[child] = 0;
      this.heaviest.push(child, self.values[child]!);
    }
    for (let at = 0; at < met.length; at++) {
      const child = metChild[at]!;
      const entry = this.firstEntry.values[child]! + entryCount.values[child]!++;
      this.entryNode.values[entry] = met.values[at]!;
      this.entrySamples.values[entry] = metSamples.values[at]!;
    }
    met.length = 0;
    metSamples.length = 0;
  }

  /** The child of `parent`, among those from `firstChild` on, with the frame and line of a stack node; made when it is new. */
  private childFor(stackNode: number, parent: number, firstChild: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    const frame = this.stacks.frame[stackNode]!;
    const line = this.withLines ? this.stacks.line[stackNode]! : 0;
    let slot = slotHash(frame, line) & mask;
    for (let child = slots[slot]! - 1; child >= firstChild; child = slots[slot]! - 1) {
      if (this.frame.values[child] === frame && this.line.values[child] === line) return child;
      slot = (slot + 1) & mask;
    }
    const child = this.addNode(parent, stackNode);
    slots[slot] = child + 1;
    if ((child + 1 - firstChild) * 2 > slots.length) this.growSlots(firstChild);
    return child;
  }

  private addNode(parent: number, stackNode: number): number {
    const node = this.self.length;
    this.parent.push(parent);
    this.frame.push(this.stacks.frame[stackNode]!);
    this.line.push(this.withLines ? this.stacks.line[stackNode]! : 0);
    this.self.push(0);
    this.firstEntry.push(0);
    this.entryCount.push(0);
    return node;
  }

  private growSlots(firstChild: number): void {
    this.slots = new Int32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let child = firstChild; child < this.self.length; child++) {
      let slot = slotHash(this.frame.values[child]!, this.line.values[child]!) & mask;
      while (this.slots[slot]! > firstChild) slot = (slot + 1) & mask;
      this.slots[slot] = child + 1;
    }
  }
}

const ROOM = 4096;

function slotHash(frame: number, line: number): number {
  const hash = Math.imul(frame, 0x9e3779b1) ^ line;
  return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 8;
}
