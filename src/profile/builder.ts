import { FloatColumn, IntColumn } from './column';
import { countFrames } from './countFrames';
import { placeDepthFirst, type TrieColumns } from './depthFirst';
import { movedTimeline } from './movedTimeline';
import {
  type Detail,
  type EdgeTable,
  type FrameIndex,
  FrameKind,
  type FrameLineTable,
  type FrameTable,
  type MetadataEntry,
  type Profile,
  type ProfileFormat,
  type ProfileMode,
  type StackTable,
  type StringIndex,
  type Timeline,
} from './profile';
import { StackTrie } from './stackTrie';

/** A frame to add: `line` is the definition's, 0 for none; `self` and `total` are the file's own figures in samples. */
export interface NewFrame {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly self?: number;
  readonly total?: number;
}

/**
 * The only writer of a `Profile`. Set the header fields, add frames (equal ones become one row), add stacks, `finish`.
 *
 *   const builder = new ProfileBuilder();
 *   const a = builder.addFrame({ name: 'A#a', file: 'a.rb', line: 1 });
 *   const b = builder.addFrame({ name: 'B#b', file: 'b.rb', line: 9 });
 *   builder.addStack([a, b], [3, 10], 5);      // a.rb:3 calls b.rb:10: five samples
 *   const profile = builder.finish();
 */
export class ProfileBuilder {
  format: ProfileFormat = 'stackprof-marshal';
  compressed = false;
  fileBytes = 0;
  version: number | null = 1.2;
  mode: ProfileMode = 'object';
  interval: number | null = 1;
  /** Samples recorded; at least as many as the stacks (without stacks: the frames) hold. */
  samples = 0;
  missedSamples = 0;
  gcSamples = 0;
  /** Recordings in it. */
  runs = 1;
  metadata: readonly MetadataEntry[] = [];
  /** Null: what the stacks show (lines, no lines, no stacks). */
  detail: Detail | null = null;

  private readonly strings: string[] = [];
  private readonly stringIndex = new Map<string, StringIndex>();
  private readonly frameIndex = new Map<string, FrameIndex>();
  private readonly frameName = new IntColumn();
  private readonly frameFile = new IntColumn();
  private readonly frameLine = new IntColumn();
  private readonly frameSelf = new FloatColumn();
  private readonly frameTotal = new FloatColumn();
  private readonly lineRows = new PairRows();
  private readonly edgeRows = new PairRows();
  private readonly trie = new StackTrie();
  private readonly trieSelf = new FloatColumn();
  private trieColumns: TrieColumns | null = null;
  private timeline: Timeline | null = null;

  addString(text: string): StringIndex {
    const known = this.stringIndex.get(text);
    if (known !== undefined) return known;
    const index = this.strings.push(text) - 1;
    this.stringIndex.set(text, index);
    return index;
  }

  /** The row of the frame; a frame with the same name, file and line is the same row, its own figures are added up. */
  addFrame(frame: NewFrame): FrameIndex {
    const name = this.addString(frame.name);
    const file = this.addString(frame.file);
    const key = `${name},${file},${frame.line}`;
    let index = this.frameIndex.get(key);
    if (index === undefined) {
      index = this.frameName.length;
      this.frameIndex.set(key, index);
      this.frameName.push(name);
      this.frameFile.push(file);
      this.frameLine.push(frame.line);
      this.frameSelf.push(0);
      this.frameTotal.push(0);
    }
    this.frameSelf.values[index]! += frame.self ?? 0;
    this.frameTotal.values[index]! += frame.total ?? 0;
    return index;
  }

  /** Adds to a frame's own figures, which count when there are no stacks. */
  addSamples(frame: FrameIndex, self: number, total: number): void {
    this.frameSelf.values[frame]! += self;
    this.frameTotal.values[frame]! += total;
  }

  /**
   * `count` samples of one stack, root first. `lines`: the current line of each frame, 0 for none. Answers the node of its
   * innermost frame, -1 for an empty one.
   */
  addStack(frames: readonly FrameIndex[], lines: readonly number[] | null = null, count = 1): number {
    let node = -1;
    for (let depth = 0; depth < frames.length; depth++) {
      node = this.trie.child(node, frames[depth]!, lines?.[depth] ?? 0);
      if (node === this.trieSelf.length) this.trieSelf.push(0);
    }
    if (node >= 0) this.trieSelf.values[node]! += count;
    return node;
  }

  /** All stacks at once, in place of `addStack`. The columns are read at `finish`. */
  useStacks(columns: TrieColumns): void {
    this.trieColumns = columns;
  }

  /** The order in which the stacks were recorded; `stack` holds nodes of the trie. Nothing without stacks. */
  useTimeline(timeline: Timeline): void {
    this.timeline = timeline;
  }

  /** StackProf's own sums for a line of a frame, in appearances (`total`) and samples (`self`). */
  addFrameLine(frame: FrameIndex, line: number, total: number, self: number): void {
    this.lineRows.add(frame, line, total, self);
  }

  /** StackProf's caller-callee count, in appearances. */
  addEdge(caller: FrameIndex, callee: FrameIndex, count: number): void {
    this.edgeRows.add(caller, callee, count, 0);
  }

  get frameCount(): number {
    return this.frameName.length;
  }

  finish(): Profile {
    const columns = this.trieColumns ?? {
      length: this.trie.length,
      parent: this.trie.parent,
      frame: this.trie.frame,
      line: this.trie.line,
      self: this.trieSelf.values,
    };
    const { stacks, place } = placeDepthFirst(columns);
    const detail = this.detail ?? detailOf(stacks);
    const weight = detail === 'aggregate' ? sumOf(this.frameSelf) : weightOf(stacks);
    const samples = Math.max(this.samples, weight);
    return {
      format: this.format,
      compressed: this.compressed,
      fileBytes: this.fileBytes,
      version: this.version,
      mode: this.mode,
      interval: this.interval,
      samples,
      missedSamples: this.missedSamples,
      gcSamples: this.gcSamples,
      runs: this.runs,
      detail,
      metadata: this.metadata,
      strings: this.strings,
      frames: this.frameTable(stacks, detail, samples),
      stacks,
      timeline: this.timeline === null || detail === 'aggregate' ? null : movedTimeline(this.timeline, place),
      frameLines: this.frameLineTable(detail),
      edges: this.edgeTable(detail),
    };
  }

  private frameTable(stacks: StackTable, detail: Detail, samples: number): FrameTable {
    const length = this.frameName.length;
    const name = this.frameName.exact();
    const file = this.frameFile.exact();
    const kind = new Uint8Array(length);
    for (let frame = 0; frame < length; frame++) {
      kind[frame] = frameKindOf(this.strings[name[frame]!]!, this.strings[file[frame]!]!);
    }
    const self = detail === 'aggregate' ? this.frameSelf.exact() : new Float64Array(length);
    const total = detail === 'aggregate' ? this.frameTotal.exact() : new Float64Array(length);
    if (detail === 'aggregate') {
      // Sums over gem frames that were on one stack together exceed all samples; a damaged file may have any total.
      for (let frame = 0; frame < length; frame++)
        total[frame] = Math.max(self[frame]!, Math.min(total[frame]!, samples));
    } else {
      countFrames(stacks, self, total);
    }
    return { length, name, file, line: this.frameLine.exact(), kind, self, total };
  }

  private frameLineTable(detail: Detail): FrameLineTable {
    const rows = detail === 'raw_lines' ? new PairRows() : this.lineRows;
    const grouped = rows.grouped(this.frameName.length);
    return { offset: grouped.offset, line: grouped.key, total: grouped.first, self: grouped.second };
  }

  private edgeTable(detail: Detail): EdgeTable {
    const rows = detail === 'aggregate' ? this.edgeRows : new PairRows();
    const grouped = rows.grouped(this.frameName.length);
    return { offset: grouped.offset, callee: grouped.key, count: grouped.first };
  }
}

/** What a frame's name and file say about its code. */
export function frameKindOf(name: string, file: string): FrameKind {
  if (file === '<cfunc>') return FrameKind.C;
  if (file.startsWith('<internal:')) return FrameKind.Internal;
  if (file === '') return GC_NAMES.has(name) ? FrameKind.Gc : FrameKind.Eval;
  // "(eval)", "(eval at a.rb:1)", "(irb)", "(pry)", "<main>" of a binary without a path, "-e", "-" (standard input)
  if (file.startsWith('(') || file.startsWith('<') || file === '-e' || file === '-' || file === 'eval') {
    return FrameKind.Eval;
  }
  return FrameKind.Ruby;
}

/** https://github.com/tmm1/stackprof/blob/master/ext/stackprof/stackprof.c (fake frames of a GC pause) */
const GC_NAMES = new Set(['(garbage collection)', '(marking)', '(sweeping)']);

function detailOf(stacks: StackTable): Detail {
  if (stacks.length === 0) return 'aggregate';
  return stacks.line.some((line) => line > 0) ? 'raw_lines' : 'raw';
}

function sumOf(column: FloatColumn): number {
  let sum = 0;
  for (let row = 0; row < column.length; row++) sum += column.values[row]!;
  return sum;
}

function weightOf(stacks: StackTable): number {
  let weight = 0;
  for (let node = 0; node < stacks.length; node = stacks.subtreeEnd[node]!) weight += stacks.total[node]!;
  return weight;
}

interface GroupedRows {
  readonly offset: Int32Array;
  readonly key: Int32Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** Rows (frame, key, first, second) in any order; `grouped` sorts them by frame and key and adds up equal ones. */
class PairRows {
  private readonly frame = new IntColumn(16);
  private readonly key = new IntColumn(16);
  private readonly first = new FloatColumn(16);
  private readonly second = new FloatColumn(16);

  add(frame: FrameIndex, key: number, first: number, second: number): void {
    this.frame.push(frame);
    this.key.push(key);
    this.first.push(first);
    this.second.push(second);
  }

  grouped(frames: number): GroupedRows {
    const frameOf = this.frame.values;
    const keyOf = this.key.values;
    const order = this.orderByFrame(frames);
    const offset = new Int32Array(frames + 1);
    const key = new IntColumn(16);
    const first = new FloatColumn(16);
    const second = new FloatColumn(16);
    let lastFrame = -1;
    for (let at = 0; at < order.length; at++) {
      const row = order[at]!;
      const last = key.length - 1;
      if (frameOf[row] === lastFrame && key.values[last] === keyOf[row]) {
        first.values[last]! += this.first.values[row]!;
        second.values[last]! += this.second.values[row]!;
        continue;
      }
      lastFrame = frameOf[row]!;
      key.push(keyOf[row]!);
      first.push(this.first.values[row]!);
      second.push(this.second.values[row]!);
      offset[lastFrame + 1]!++;
    }
    for (let frame = 0; frame < frames; frame++) offset[frame + 1]! += offset[frame]!;
    return { offset, key: key.exact(), first: first.exact(), second: second.exact() };
  }

  /** Rows by frame, then key. They mostly come frame by frame, so only short stretches are left to sort by key. */
  private orderByFrame(frames: number): Int32Array {
    const { length } = this.frame;
    const frameOf = this.frame.values;
    const keyOf = this.key.values;
    const end = new Int32Array(frames);
    for (let row = 0; row < length; row++) end[frameOf[row]!]!++;
    for (let frame = 1; frame < frames; frame++) end[frame]! += end[frame - 1]!;
    const order = new Int32Array(length);
    const next = end.slice();
    for (let row = length - 1; row >= 0; row--) order[--next[frameOf[row]!]!] = row;
    for (let frame = 0; frame < frames; frame++) sortStretch(order, next[frame]!, end[frame]!, keyOf);
    return order;
  }
}

/** Longest stretch that is sorted in place; a real method has a few lines. */
const SHORT_STRETCH = 32;

/** Sorts rows `from .. to` of `order` by key, equal keys as they came. */
function sortStretch(order: Int32Array, from: number, to: number, keyOf: Int32Array): void {
  if (to - from > SHORT_STRETCH) {
    order.subarray(from, to).sort((a, b) => keyOf[a]! - keyOf[b]! || a - b);
    return;
  }
  for (let at = from + 1; at < to; at++) {
    const row = order[at]!;
    let free = at;
    for (; free > from && keyOf[order[free - 1]!]! > keyOf[row]!; free--) order[free] = order[free - 1]!;
    order[free] = row;
  }
}
