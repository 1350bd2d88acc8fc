import type { UnorderedTree } from './callTree';
import { FloatColumn, IntColumn } from './column';
import { HeaviestFirst } from './heaviestFirst';
import type { FrameIndex, StackTable } from './profile';
import { StackTrie } from './stackTrie';

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

/** Nodes hold entries: (stack node reached on the way up, samples), one per stack node. */
class InvertedTree {
  private readonly trie = new StackTrie();
  private readonly self = new FloatColumn();
  /** Per node, where its entries are; entries of taken-apart nodes are not needed any more, but stay. */
  private readonly firstEntry = new IntColumn();
  private readonly entryCount = new IntColumn();
  private readonly entryNode = new IntColumn();
  private readonly entrySamples = new FloatColumn();
  private readonly heaviest = new HeaviestFirst();
  /** Entries of one level while they are gathered: per stack node its place among them, and the nodes met. */
  private readonly placeOf: Int32Array;
  private readonly met = new IntColumn();
  private readonly metSamples = new FloatColumn();

  constructor(
    private readonly stacks: StackTable,
    private readonly withLines: boolean,
  ) {
    this.placeOf = new Int32Array(stacks.length).fill(-1);
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
    this.addChildren(-1);
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
    this.addChildren(-1);
    return weight;
  }

  expand(smallest: number): void {
    while (this.trie.length < MAX_NODES) {
      const node = this.heaviest.pop();
      if (node < 0 || this.self.values[node]! < smallest) return;
      this.takeApart(node);
    }
  }

  finish(): UnorderedTree {
    const { length, parent, frame, line } = this.trie;
    return { length, parent, frame, line, self: this.self.values };
  }

  private takeApart(node: number): void {
    const from = this.firstEntry.values[node]!;
    const to = from + this.entryCount.values[node]!;
    let ends = 0;
    for (let entry = from; entry < to; entry++) {
      const samples = this.entrySamples.values[entry]!;
      const above = this.stacks.parent[this.entryNode.values[entry]!]!;
      if (above < 0) ends += samples;
      else this.meet(above, samples);
    }
    this.self.values[node] = ends;
    this.addChildren(node);
  }

  private meet(stackNode: number, samples: number): void {
    const place = this.placeOf[stackNode]!;
    if (place >= 0) {
      this.metSamples.values[place]! += samples;
      return;
    }
    this.placeOf[stackNode] = this.met.length;
    this.met.push(stackNode);
    this.metSamples.push(samples);
  }

  /** Makes children of a node (-1: roots) of what was met, each with its entries side by side. */
  private addChildren(parent: number): void {
    const { met, metSamples, trie, stacks } = this;
    const firstChild = trie.length;
    const childOf = new Int32Array(met.length);
    for (let at = 0; at < met.length; at++) {
      const stackNode = met.values[at]!;
      const line = this.withLines ? stacks.line[stackNode]! : 0;
      const child = trie.child(parent, stacks.frame[stackNode]!, line);
      if (child === this.self.length) {
        this.self.push(0);
        this.firstEntry.push(0);
        this.entryCount.push(0);
      }
      childOf[at] = child;
      this.self.values[child]! += metSamples.values[at]!;
      this.entryCount.values[child]!++;
      this.placeOf[stackNode] = -1;
    }
    let next = this.entryNode.length;
    const nextEntry = new Int32Array(trie.length - firstChild);
    for (let child = firstChild; child < trie.length; child++) {
      this.firstEntry.values[child] = next;
      nextEntry[child - firstChild] = next;
      next += this.entryCount.values[child]!;
    }
    while (this.entryNode.length < next) {
      this.entryNode.push(0);
      this.entrySamples.push(0);
    }
    for (let at = 0; at < met.length; at++) {
      const entry = nextEntry[childOf[at]! - firstChild]!++;
      this.entryNode.values[entry] = met.values[at]!;
      this.entrySamples.values[entry] = metSamples.values[at]!;
    }
    for (let child = firstChild; child < trie.length; child++) this.heaviest.push(child, this.self.values[child]!);
    met.length = 0;
    metSamples.length = 0;
  }
}
