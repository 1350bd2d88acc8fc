import { IntColumn } from '../column';
import { StackTrie } from '../stackTrie';
import { DecodeFailure } from './decodeFailure';

/** Accepted stack length: StackProf cuts at 2,048. */
const MAX_STACK = 65_535;

/**
 * Real dumps have 3.3 million nodes and 2.5 million runs per gigabyte; at these limits the columns take about 1 GiB.
 */
const MAX_NODES = 1 << 24;
const MAX_RUNS = 1 << 25;

/** Room for the deepest stack that is usual. */
const FIRST_ROOM = 256;

/**
 * StackProf's run lists (`raw`, `raw_lines`), repeated: length, that many elements (root first), count. Scanners put the
 * elements of one run into `elements`, tell how many at the front are the same as in the run before, and `commit`.
 */
export interface RunSink {
  /** Elements of the current run; until they are overwritten, those of runs before it. Another array after `begin`. */
  readonly elements: Int32Array;
  /** Whether a run of this many elements may come now; makes room for it. */
  begin(length: number): boolean;
  /** `same`: elements at the front that were not changed. False when the run cannot be right. */
  commit(length: number, same: number, count: number): boolean;
}

/**
 * One run list as a trie of elements and a list of (leaf, count). Neighbouring stacks share most of their path, so only
 * the part below the first difference is looked up.
 */
export class StackRuns implements RunSink {
  elements: Int32Array = new Int32Array(FIRST_ROOM);
  /** `frame` holds the element. */
  readonly trie: StackTrie;
  /** Per run: the node of its last element, -1 for an empty stack; the number of elements; the samples. */
  readonly leaf: IntColumn;
  readonly height: IntColumn;
  readonly count: IntColumn;
  private path: Int32Array = new Int32Array(FIRST_ROOM);
  private pathLength = 0;

  /** `bytes`: about how long the list is in the file. */
  constructor(bytes = 0) {
    const expected = nodesToExpect(bytes);
    this.trie = new StackTrie(expected);
    this.leaf = new IntColumn(expected);
    this.height = new IntColumn(expected);
    this.count = new IntColumn(expected);
  }

  begin(length: number): boolean {
    if (length < 0 || length > MAX_STACK) return false;
    this.elements = withRoom(this.elements, length);
    this.path = withRoom(this.path, length);
    return true;
  }

  commit(length: number, same: number, count: number): boolean {
    if (count <= 0 || count > 0x7fffffff) return false;
    const { path, elements, trie } = this;
    let depth = Math.min(same, this.pathLength);
    let node = depth > 0 ? path[depth - 1]! : -1;
    const known = trie.length;
    while (depth < length && node < known) {
      node = trie.child(node, elements[depth]!, 0);
      path[depth++] = node;
    }
    // Below a new node all is new.
    for (; depth < length; depth++) {
      node = trie.append(node, elements[depth]!, 0);
      path[depth] = node;
    }
    // A stack shorter than the one before ends inside its path.
    if (known > MAX_NODES || this.leaf.length > MAX_RUNS) throw tooMany();
    this.leaf.push(length > 0 ? path[length - 1]! : -1);
    this.height.push(length);
    this.count.push(count);
    this.pathLength = length;
    return true;
  }

  get length(): number {
    return this.leaf.length;
  }
}

/**
 * The lines of stacks that are already known: pairs the n-th run of `raw_lines` with the n-th run of `raw` and builds the
 * trie over (frame, line).
 */
export class LineRuns implements RunSink {
  elements: Int32Array = new Int32Array(FIRST_ROOM);
  /** Over (element of `stacks`, line). */
  readonly trie: StackTrie;
  /** Samples whose leaf is the node, by node of `trie`. */
  self = new Float64Array(1024);
  /** Per run of `stacks`: the node of `trie` for its last element, -1 for an empty stack. */
  readonly leaf: Int32Array;
  /** Runs paired so far. */
  run = 0;
  /** Nodes of `stacks.trie` and of `trie` on the current stack. */
  private stackPath: Int32Array = new Int32Array(FIRST_ROOM);
  private path: Int32Array = new Int32Array(FIRST_ROOM);
  private stackLength = 0;
  private pathLength = 0;
  private sameStack = 0;

  constructor(private readonly stacks: StackRuns) {
    this.trie = new StackTrie(stacks.trie.length);
    this.leaf = new Int32Array(stacks.length);
  }

  get isComplete(): boolean {
    return this.run === this.stacks.length;
  }

  begin(length: number): boolean {
    if (this.run >= this.stacks.length) return false;
    const { stacks } = this;
    const parent = stacks.trie.parent;
    let node = stacks.leaf.values[this.run]!;
    const expected = stacks.height.values[this.run]!;
    if (length !== expected) return false;
    this.elements = withRoom(this.elements, length);
    this.path = withRoom(this.path, length);
    this.stackPath = withRoom(this.stackPath, length);
    const { stackPath } = this;
    let depth = expected;
    while (depth > 0 && (depth > this.stackLength || stackPath[depth - 1] !== node)) {
      stackPath[--depth] = node;
      node = parent[node]!;
    }
    this.sameStack = depth;
    this.stackLength = expected;
    return true;
  }

  commit(length: number, same: number, count: number): boolean {
    if (count !== this.stacks.count.values[this.run]) return false;
    const { path, stackPath, elements, trie } = this;
    const frame = this.stacks.trie.frame;
    let depth = Math.min(same, this.sameStack, this.pathLength);
    let node = depth > 0 ? path[depth - 1]! : -1;
    const known = trie.length;
    while (depth < length && node < known) {
      node = trie.child(node, frame[stackPath[depth]!]!, elements[depth]!);
      path[depth++] = node;
    }
    for (; depth < length; depth++) {
      node = trie.append(node, frame[stackPath[depth]!]!, elements[depth]!);
      path[depth] = node;
    }
    if (known > MAX_NODES) throw tooMany();
    if (trie.length > this.self.length) this.growSelf();
    const leaf = length > 0 ? path[length - 1]! : -1;
    if (leaf >= 0) this.self[leaf]! += count;
    this.leaf[this.run++] = leaf;
    this.pathLength = length;
    return true;
  }

  private growSelf(): void {
    const wider = new Float64Array(this.trie.parent.length);
    wider.set(this.self);
    this.self = wider;
  }
}

function tooMany(): DecodeFailure {
  return new DecodeFailure(
    'limit',
    'This profile has more than 16 million different stacks; record it with a larger interval.',
    null,
  );
}

function withRoom(column: Int32Array, length: number): Int32Array {
  if (length <= column.length) return column;
  const wider = new Int32Array(length * 2);
  wider.set(column);
  return wider;
}

/** Real dumps have a new node, and a run, every 300 to 400 bytes; memory that is asked for and not written costs nothing. */
function nodesToExpect(bytes: number): number {
  return Number.isFinite(bytes) ? Math.max(1024, Math.min(Math.ceil(bytes / 300), 1 << 19)) : 1024;
}

/** Feeds recorded runs (lines that came before their stacks) into a sink; false when they do not fit each other. */
export function replayRuns(from: StackRuns, into: RunSink): boolean {
  const { parent, frame } = from.trie;
  for (let run = 0; run < from.length; run++) {
    let node = from.leaf.values[run]!;
    const length = from.height.values[run]!;
    if (!into.begin(length)) return false;
    for (let depth = length - 1; depth >= 0; depth--) {
      into.elements[depth] = frame[node]!;
      node = parent[node]!;
    }
    if (!into.commit(length, 0, from.count.values[run]!)) return false;
  }
  return true;
}
