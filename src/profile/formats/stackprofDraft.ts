import { ProfileBuilder } from '../builder';
import { FloatColumn, IntColumn } from '../column';
import type { TrieColumns } from '../depthFirst';
import { inStretches } from '../inStretches';
import type { Problem } from '../problem';
import type { Detail, FrameIndex, MetadataEntry, Profile, ProfileMode, Timeline } from '../profile';
import { StackTrie } from '../stackTrie';
import { checkAgainstFile, type FileFigures } from './checkAgainstFile';
import { DecodeFailure } from './decodeFailure';
import { FrameIds, type IdIndex } from './frameIds';
import { type LongLines, MAX_RAW_LINE, restoreLongLines } from './restoreLongLines';
import { LineRuns, type RunSink, replayRuns, StackRuns } from './stackRuns';

/** StackProf keeps the innermost 2,048 frames of a stack (BUF_SIZE in stackprof.c). */
const STACKPROF_MAX_DEPTH = 2048;

const MAX_FRAMES = 1 << 21;

/** One entry of the file's `frames` without its lines and edges; figures as the file gives them, null when absent. */
export interface FrameEntry {
  readonly name: string;
  readonly file: string;
  readonly line: number | null;
  readonly samples: number | null;
  readonly totalSamples: number | null;
  /** Has the `hash` key of StackProf's merge. */
  readonly isMerged: boolean;
}

/**
 * What a StackProf file says, collected key by key in whatever order the file has them; both dialects (Marshal, JSON)
 * fill one, so that equal files give equal profiles. `finish` settles what the parts say together.
 */
export class StackprofDraft {
  version: number | null = null;
  mode: string | null = null;
  interval: number | null = null;
  samples: number | null = null;
  missedSamples: number | null = null;
  gcSamples: number | null = null;
  metadata: MetadataEntry[] = [];
  /** Entries of `raw_sample_timestamps`, one per sample with a stack; null without them. */
  timestamps: number | null = null;
  readonly ids = new FrameIds();
  readonly builder = new ProfileBuilder();

  /** True once any key of a StackProf hash was seen. */
  private isStackprof = false;
  /** Figures that were no counts. */
  private oddFigures = 0;
  private framesWhole = false;
  private readonly rowOfId = new IntColumn(1024);
  private readonly figures: FileFigures = { self: [], total: [], ids: [], missing: 0, unequalLines: 0 };
  /** Lines and edges of all entries, one after the other, until it is known which of them are needed. */
  private readonly lineTriples = new FloatColumn(1024);
  private readonly edgePairs = new FloatColumn(1024);
  private readonly entries: Entry[] = [];
  private isMerged = false;
  private stacks: StackRuns | null = null;
  private stacksWhole = false;
  /** Whether `stacks` holds rows of the frame table (frames came first) or ids. */
  private stacksHoldRows = false;
  private lines: LineRuns | null = null;
  /** Lines that came before their stacks. */
  private earlyLines: StackRuns | null = null;
  private linesWhole = false;
  private unknownRow = -1;
  private cutIds: Map<string, FrameIndex> | null = null;

  /** True when the whole frame table was read: from then on a damaged file still gives a profile. */
  get hasFrames(): boolean {
    return this.framesWhole;
  }

  get hasStacks(): boolean {
    return this.stacks !== null;
  }

  get hasLines(): boolean {
    return this.lines !== null || this.earlyLines !== null;
  }

  /** Sets a header figure; what is not a count is as good as absent. */
  setCount(key: 'samples' | 'missedSamples' | 'gcSamples' | 'interval', value: number | null): void {
    const isCount = value === null || (Number.isSafeInteger(value) && value >= 0);
    if (!isCount) this.oddFigures++;
    this[key] = isCount ? value : null;
  }

  sawKey(key: string | null): void {
    if (key !== null && STACKPROF_KEYS.has(key)) this.isStackprof = true;
  }

  /** Begins an entry; what an entry that could not be read to its end has left is dropped. */
  beginFrame(): void {
    const last = this.entries.at(-1);
    this.lineTriples.length = last?.linesEnd ?? 0;
    this.edgePairs.length = last?.edgesEnd ?? 0;
  }

  /** A line of the entry that is being read: `lines` of the file. */
  addLine(line: number, total: number, self: number): void {
    this.lineTriples.push(line);
    this.lineTriples.push(total);
    this.lineTriples.push(self);
  }

  /** An edge of the entry that is being read. */
  addEdge(callee: IdIndex, count: number): void {
    this.edgePairs.push(callee);
    this.edgePairs.push(count);
  }

  /** Ends an entry. */
  addFrame(id: IdIndex, entry: FrameEntry): void {
    if (this.rowOf(id) >= 0) {
      throw new DecodeFailure('corrupt', `The frame ${this.ids.label(id)} is in the file twice.`, null);
    }
    if (this.entries.length >= MAX_FRAMES) {
      throw new DecodeFailure('limit', `This profile has more than ${MAX_FRAMES.toLocaleString('en')} frames.`, null);
    }
    const self = this.countOr0(entry.samples);
    const total = this.countOr0(entry.totalSamples);
    const line = entry.line !== null && isLine(entry.line) ? entry.line : 0;
    const row = this.builder.addFrame({ name: entry.name, file: entry.file, line, self, total });
    while (this.rowOfId.length <= id) this.rowOfId.push(-1);
    this.rowOfId.values[id] = row;
    const { figures } = this;
    figures.self[row] = (figures.self[row] ?? 0) + self;
    figures.total[row] = (figures.total[row] ?? 0) + total;
    figures.ids[row] = (figures.ids[row] ?? 0) + 1;
    if (entry.samples === null || entry.totalSamples === null) figures.missing++;
    else if (!this.linesAddUpTo(entry.samples)) figures.unequalLines++;
    const linesEnd = this.lineTriples.length;
    this.entries.push({ row, definition: line, linesEnd, edgesEnd: this.edgePairs.length });
    this.isMerged ||= entry.isMerged;
  }

  endFrames(): void {
    this.framesWhole = true;
  }

  /** `bytes`: how much of the file is left. */
  beginStacks(bytes: number): RunSink {
    this.stacks = new StackRuns(bytes);
    this.stacksHoldRows = this.framesWhole;
    return this.stacks;
  }

  endStacks(): void {
    this.stacksWhole = true;
  }

  /** Where `raw_lines` go: onto their stacks, or aside until these are known. */
  beginLines(): RunSink {
    if (this.stacksWhole && this.stacks !== null) return (this.lines = new LineRuns(this.stacks));
    return (this.earlyLines = new StackRuns());
  }

  endLines(): void {
    this.linesWhole = true;
  }

  /** What the trie holds for an id of `raw`: its frame where the frames are known, so that equal frames are one. */
  elementOf(low: number, high: number): number {
    const id = this.ids.intern(low, high);
    return this.stacksHoldRows ? this.rowOrUnknown(id) : id;
  }

  /**
   * The profile and what there is to say about it. `failure`: why the file could not be read to its end; it is thrown
   * again when too little was read.
   */
  finish(failure: DecodeFailure | null): { profile: Profile; problems: Problem[] } {
    if (!this.framesWhole) throw failure ?? this.withoutFrames();
    const problems: Problem[] = [];
    if (failure === null && this.earlyLines !== null && this.stacks !== null) this.joinEarlyLines(this.stacks);
    const { columns, leaf } = this.lineColumns() ?? this.stackColumns();
    const detail: Detail = columns.length === 0 ? 'aggregate' : columns.line === null ? 'raw' : 'raw_lines';
    if (this.hasLines && detail !== 'raw_lines' && columns.length > 0 && failure === null) {
      problems.push({
        code: 'inconsistent',
        message: "The lines of the stacks (raw_lines) do not fit the stacks (raw); only the stacks' methods are used.",
      });
    }
    this.fillHeader(detail);
    if (detail === 'aggregate') this.addEdges();
    if (detail !== 'raw_lines') this.addFrameLines();
    if (detail !== 'aggregate') {
      this.builder.useStacks(columns);
      this.builder.useTimeline(this.timelineOf(leaf));
    }
    if (failure !== null) problems.push(this.partial(failure, detail));
    const longLines = detail === 'raw_lines' ? this.longLinesByRow() : null;
    if (longLines !== null && longLines.size > 0) problems.push(overflowProblem(columns, longLines));
    const profile = this.builder.finish();
    this.addStructuralProblems(profile, problems);
    problems.push(
      ...checkAgainstFile(profile, this.figures, {
        samples: this.samples,
        timestamps: this.timestamps,
        isMerged: this.isMerged,
        isPartial: failure !== null && !this.stacksWhole && this.stacks !== null,
        unknownFrames: this.unknownRow >= 0,
        oddFigures: this.oddFigures,
      }),
    );
    return { profile, problems };
  }

  private withoutFrames(): DecodeFailure {
    if (!this.isStackprof) {
      return new DecodeFailure('not-a-profile', 'This file holds data, but not a StackProf profile.', null);
    }
    return new DecodeFailure(
      'corrupt',
      'This StackProf profile has no table of frames, so nothing in it has a name.',
      null,
    );
  }

  private rowOf(id: IdIndex): FrameIndex {
    return id < this.rowOfId.length ? this.rowOfId.values[id]! : -1;
  }

  private rowOrUnknown(id: IdIndex): FrameIndex {
    let row = this.rowOf(id);
    if (row < 0) {
      row = this.rowOfCutId(id);
      if (row < 0) row = this.unknownRow;
      if (row < 0) {
        row = this.unknownRow = this.builder.addFrame({ name: '(frame missing in the file)', file: '', line: 0 });
      }
      while (this.rowOfId.length <= id) this.rowOfId.push(-1);
      this.rowOfId.values[id] = row;
    }
    return row;
  }

  /**
   * StackProf 0.2.26 and later keep a line in the upper 16 bits of the words behind `raw`, so ids there have 48 bits,
   * while the keys of `frames` have all 64.
   */
  private rowOfCutId(id: IdIndex): FrameIndex {
    if (this.cutIds === null) {
      this.cutIds = new Map();
      for (let known = 0; known < this.rowOfId.length; known++) {
        const row = this.rowOfId.values[known]!;
        if (row >= 0 && this.ids.isWide(known)) this.cutIds.set(this.ids.cutLabel(known), row);
      }
    }
    return this.cutIds.get(this.ids.cutLabel(id)) ?? -1;
  }

  private joinEarlyLines(stacks: StackRuns): void {
    if (!this.linesWhole || !this.stacksWhole || this.earlyLines === null) return;
    const lines = new LineRuns(stacks);
    this.linesWhole = replayRuns(this.earlyLines, lines);
    this.lines = lines;
  }

  private timelineOf(leaf: Int32Array): Timeline {
    return { stack: leaf, count: this.stacks?.count.exact() ?? NONE, timed: this.timestamps !== null };
  }

  /** The trie without lines. */
  private stackColumns(): ReadStacks {
    const { stacks } = this;
    if (stacks === null) {
      return { columns: { length: 0, parent: NONE, frame: NONE, line: null, self: new Float64Array(0) }, leaf: NONE };
    }
    const self = new Float64Array(stacks.trie.length);
    const leaves = stacks.leaf.values;
    const counts = stacks.count.values;
    inStretches(stacks.length, (from, to) => {
      for (let run = from; run < to; run++) if (leaves[run]! >= 0) self[leaves[run]!]! += counts[run]!;
    });
    const { length, parent, frame } = stacks.trie;
    const read = { columns: { length, parent, frame, line: null, self }, leaf: leaves.subarray(0, stacks.length) };
    return this.stacksHoldRows ? read : this.withRows(read);
  }

  /** The trie with lines, when lines for every stack were read. */
  private lineColumns(): ReadStacks | null {
    const { lines } = this;
    if (lines === null || !this.linesWhole || !lines.isComplete || lines.trie.length === 0) return null;
    const { length, parent, frame, line } = lines.trie;
    const read = { columns: { length, parent, frame, line, self: lines.self }, leaf: lines.leaf };
    return this.stacksHoldRows ? read : this.withRows(read);
  }

  /** Puts frames in the place of ids; ids that share a frame become one branch. */
  private withRows({ columns, leaf }: ReadStacks): ReadStacks {
    const trie = new StackTrie();
    const nodeOf = new Int32Array(columns.length);
    const self = new Float64Array(columns.length);
    for (let old = 0; old < columns.length; old++) {
      const above = columns.parent[old]!;
      const row = this.rowOrUnknown(columns.frame[old]!);
      const node = trie.child(above < 0 ? -1 : nodeOf[above]!, row, columns.line === null ? 0 : columns.line[old]!);
      nodeOf[old] = node;
      self[node]! += columns.self[old]!;
    }
    const { length, parent, frame } = trie;
    return {
      columns: { length, parent, frame, line: columns.line === null ? null : trie.line, self },
      leaf: leaf.map((old) => (old < 0 ? -1 : nodeOf[old]!)),
    };
  }

  private fillHeader(detail: Detail): void {
    const { builder } = this;
    builder.detail = detail;
    builder.version = this.version;
    builder.mode = MODES.get(this.mode ?? '') ?? 'unknown';
    builder.interval = this.interval !== null && this.interval > 0 ? this.interval : null;
    builder.samples = this.samples ?? 0;
    builder.missedSamples = this.missedSamples ?? 0;
    builder.gcSamples = this.gcSamples ?? 0;
    builder.metadata = this.metadata;
  }

  private linesAddUpTo(samples: number): boolean {
    const from = this.entries.at(-1)?.linesEnd ?? 0;
    const { values, length } = this.lineTriples;
    let sum = 0;
    for (let at = from; at < length; at += 3) sum += values[at + 2]!;
    return from === length || sum === samples;
  }

  private addEdges(): void {
    const { values } = this.edgePairs;
    let at = 0;
    for (const { row, edgesEnd } of this.entries) {
      for (; at < edgesEnd; at += 2) {
        const callee = this.rowOf(values[at]!);
        if (callee >= 0) this.builder.addEdge(row, callee, this.countOr0(values[at + 1]!));
        else this.oddFigures++;
      }
    }
  }

  private addFrameLines(): void {
    const { values } = this.lineTriples;
    let at = 0;
    for (const { row, linesEnd } of this.entries) {
      for (; at < linesEnd; at += 3) {
        const line = values[at]!;
        if (!isLine(line)) this.oddFigures++;
        else if (line > 0) {
          this.builder.addFrameLine(row, line, this.countOr0(values[at + 1]!), this.countOr0(values[at + 2]!));
        }
      }
    }
  }

  private longLinesByRow(): Map<FrameIndex, LongLines> {
    const { values } = this.lineTriples;
    const longLines = new Map<FrameIndex, LongLines>();
    let at = 0;
    for (const { row, definition, linesEnd } of this.entries) {
      const numbers: number[] = [];
      for (; at < linesEnd; at += 3) numbers.push(values[at]!);
      if (definition <= MAX_RAW_LINE && numbers.every((line) => line <= MAX_RAW_LINE)) continue;
      longLines.set(row, { definition, lines: [...(longLines.get(row)?.lines ?? []), ...numbers] });
    }
    return longLines;
  }

  private partial(failure: DecodeFailure, detail: Detail): Problem {
    let shown: string;
    if (this.stacksWhole && this.hasLines && detail === 'raw') {
      shown = 'All stacks could be read, but not all of their lines; only their methods are used.';
    } else if (this.stacksWhole) shown = 'All stacks could be read; the numbers are whole.';
    else if (detail === 'aggregate') shown = "No stack could be read; the numbers are StackProf's sums per method.";
    else shown = 'Only the stacks before that are counted: every number below the total is too low.';
    return { code: failure.reason === 'truncated' ? 'truncated' : 'corrupt', message: `${failure.message} ${shown}` };
  }

  private addStructuralProblems(profile: Profile, problems: Problem[]): void {
    const capped = this.cappedSamples();
    if (capped > 0) {
      problems.push({
        code: 'depth-capped',
        message: `${capped.toLocaleString('en')} samples have stacks that StackProf cut to their innermost ${STACKPROF_MAX_DEPTH.toLocaleString('en')} frames: totals of the outer methods are too low.`,
      });
    }
    if (this.isMerged) {
      let self = 0;
      for (const samples of this.figures.self) self += samples;
      const lost = Math.max(0, profile.samples - self);
      const loss =
        lost > 0
          ? ` ${lost.toLocaleString('en')} of ${profile.samples.toLocaleString('en')} samples were lost in it.`
          : '';
      problems.push({
        code: 'merged',
        message: `StackProf's own merge wrote this file; it drops the stacks.${loss} Open the original dumps instead.`,
      });
    }
  }

  private cappedSamples(): number {
    const { stacks } = this;
    if (stacks === null) return 0;
    let samples = 0;
    const heights = stacks.height.values;
    const counts = stacks.count.values;
    inStretches(stacks.length, (from, to) => {
      for (let run = from; run < to; run++) if (heights[run] === STACKPROF_MAX_DEPTH) samples += counts[run]!;
    });
    return samples;
  }

  private countOr0(value: number | null): number {
    if (value === null) return 0;
    if (Number.isSafeInteger(value) && value >= 0) return value;
    this.oddFigures++;
    return 0;
  }
}

/** Stacks as read. */
interface ReadStacks {
  readonly columns: TrieColumns;
  /** Per run: the node of its innermost frame, -1 for an empty stack. */
  readonly leaf: Int32Array;
}

interface Entry {
  readonly row: FrameIndex;
  readonly definition: number;
  /** Where its lines and edges end in the columns of all. */
  readonly linesEnd: number;
  readonly edgesEnd: number;
}

function overflowProblem(columns: TrieColumns, longLines: ReadonlyMap<FrameIndex, LongLines>): Problem {
  const left = restoreLongLines(columns, longLines);
  return {
    code: 'line-overflow',
    message:
      left === 0
        ? "StackProf cuts line numbers to 16 bits; those above 65,535 were restored from each method's own table of lines."
        : 'StackProf cuts line numbers to 16 bits; some lines above 65,535 are shown 65,536 too low.',
  };
}

const NONE = new Int32Array(0);

const STACKPROF_KEYS = new Set(['mode', 'samples', 'frames', 'raw', 'missed_samples', 'gc_samples']);

const MODES: ReadonlyMap<string, ProfileMode> = new Map<string, ProfileMode>([
  ['object', 'object'],
  ['wall', 'wall'],
  ['cpu', 'cpu'],
  ['custom', 'custom'],
]);

function isLine(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 0x7fffffff;
}
