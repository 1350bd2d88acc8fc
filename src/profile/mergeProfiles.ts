import { ProfileBuilder } from './builder';
import { FloatColumn } from './column';
import { measureOf } from './measure';
import type { Problem } from './problem';
import type { Detail, FrameIndex, MetadataEntry, Profile, ProfileMode } from './profile';
import { StackTrie } from './stackTrie';

/** A profile that is part of a merge. */
export interface MergedPart {
  readonly name: string;
  readonly samples: number;
  /** Objects, microseconds or samples: see `Measure`. */
  readonly total: number;
  readonly interval: number | null;
  readonly detail: Detail;
  readonly metadata: readonly MetadataEntry[];
}

export interface MergedProfile {
  readonly profile: Profile;
  readonly parts: readonly MergedPart[];
  /** What the merge itself cost: unlike intervals, unlike detail. */
  readonly problems: readonly Problem[];
}

/**
 * Several profiles of one mode as one: the dumps of many workers. Frames with the same name, file and definition line are one
 * row, equal stacks one stack. Only the sums and the profile at hand are held, so any number can be added.
 *
 * The same interval everywhere: samples add up. Different ones: every sample counts for what it stands for, and the sums are
 * brought back to samples of the smallest interval (rounded; what is rounded off is carried on, so that the whole stays whole).
 * What the files know unlike (`Detail`) is brought down to what all of them know.
 *
 * StackProf's own merge (`Report#+`) drops stacks: https://github.com/tmm1/stackprof/blob/master/lib/stackprof/report.rb
 */
export class ProfileMerger {
  private readonly builder = new ProfileBuilder();
  private readonly parts: MergedPart[] = [];
  private mode: ProfileMode | null = null;
  private detail: Detail = 'raw_lines';
  private stacks = new MergedStacks();
  private readonly frameSums = new PairSums();
  private readonly lineSums = new PairSums();
  private readonly edgeSums = new PairSums();
  /** What a sample of the first profile stands for. */
  private unit = 1;
  /** True from the second unlike unit on: all sums are then in what samples stand for. */
  private mixed = false;
  private smallestUnit = Number.POSITIVE_INFINITY;
  private total = 0;
  private samples = 0;
  private missedSamples = 0;
  private gcSamples = 0;
  private fileBytes = 0;

  /** Adds one. Answers why it cannot be added (one sentence), having changed nothing, or null. */
  add(profile: Profile, name: string): string | null {
    if (this.mode !== null && profile.mode !== this.mode)
      return `${name} is a profile of mode ${profile.mode}, the others of mode ${this.mode}: they cannot be added up.`;
    this.mode = profile.mode;
    const measure = measureOf(profile);
    const scale = this.scaleFor(measure.exact && profile.interval !== null ? profile.interval : measure.perSample);
    this.lowerTo(profile.detail);
    const frames = this.addFrames(profile, scale);
    if (profile.detail !== 'aggregate') this.addStacks(profile, frames, scale);
    if (this.detail !== 'raw_lines') this.addSums(profile, frames, scale);
    this.samples += profile.samples * scale;
    this.missedSamples += profile.missedSamples;
    this.gcSamples += profile.gcSamples;
    this.fileBytes += profile.fileBytes;
    if (this.parts.length === 0) this.builder.format = profile.format;
    this.builder.compressed ||= profile.compressed;
    this.total += measure.total;
    const { samples, interval, detail, metadata } = profile;
    this.parts.push({ name, samples, total: measure.total, interval, detail, metadata });
    return null;
  }

  /** The sum of what was added; null when that is nothing. Ends the merge. */
  finish(): MergedProfile | null {
    const { builder, mode, detail, parts } = this;
    const [first] = parts;
    if (mode === null || first === undefined) return null;
    const divisor = this.mixed ? this.smallestUnit : 1;
    builder.mode = mode;
    builder.detail = detail;
    builder.runs = parts.length;
    builder.fileBytes = this.fileBytes;
    builder.interval = this.mixed && first.interval !== null ? Math.round(divisor) : first.interval;
    builder.samples = Math.round(this.samples / divisor);
    builder.missedSamples = this.mixed ? Math.max(0, Math.round(this.total) - builder.samples) : this.missedSamples;
    builder.gcSamples = this.gcSamples;
    builder.metadata = sharedMetadata(parts);
    if (detail === 'aggregate') {
      this.frameSums.each((frame, _key, self, total) =>
        builder.addSamples(frame, Math.round(self / divisor), Math.round(total / divisor)),
      );
    } else builder.useStacks(this.stacks.columns(divisor));
    this.lineSums.each((frame, line, self, total) =>
      builder.addFrameLine(frame, line, Math.round(total / divisor), Math.round(self / divisor)),
    );
    this.edgeSums.each((caller, callee, count) => builder.addEdge(caller, callee, Math.round(count / divisor)));
    return { profile: builder.finish(), parts, problems: mergeProblems(parts, detail, this.mixed) };
  }

  /** What a sample counts in the sums; the first unlike unit turns the sums of samples into sums of what they stand for. */
  private scaleFor(unit: number): number {
    if (this.parts.length === 0) this.unit = unit;
    else if (!this.mixed && unit !== this.unit) {
      this.mixed = true;
      this.samples *= this.unit;
      for (const sums of [this.stacks, this.frameSums, this.lineSums, this.edgeSums]) sums.multiply(this.unit);
    }
    this.smallestUnit = Math.min(this.smallestUnit, unit);
    return this.mixed ? unit : 1;
  }

  /** Stacks that lose their lines, or are lost, leave StackProf's sums behind. */
  private lowerTo(detail: Detail): void {
    if (LEVELS.indexOf(detail) <= LEVELS.indexOf(this.detail)) return;
    const { stacks } = this;
    if (this.detail === 'raw_lines') stacks.addLineSums(this.lineSums);
    if (detail === 'aggregate') stacks.addEdgeSums(this.edgeSums);
    this.stacks = detail === 'aggregate' ? new MergedStacks() : stacks.withoutLines();
    this.detail = detail;
  }

  private addFrames({ frames, strings }: Profile, scale: number): Int32Array {
    const into = new Int32Array(frames.length);
    for (let frame = 0; frame < frames.length; frame++) {
      const [name, file] = [strings[frames.name[frame]!]!, strings[frames.file[frame]!]!];
      const row = this.builder.addFrame({ name, file, line: frames.line[frame]! });
      this.frameSums.add(row, 0, frames.self[frame]! * scale, frames.total[frame]! * scale);
      into[frame] = row;
    }
    return into;
  }

  private addStacks({ stacks }: Profile, frames: Int32Array, scale: number): void {
    if (this.detail === 'aggregate') {
      const own = new MergedStacks();
      own.add(stacks, frames, scale, true);
      own.addLineSums(this.lineSums);
      own.addEdgeSums(this.edgeSums);
    } else this.stacks.add(stacks, frames, scale, this.detail === 'raw_lines');
  }

  /** The sums of a file; where it has lines in its stacks instead, those of its stacks. */
  private addSums(
    { detail, stacks, frameLines, edges, frames: table }: Profile,
    frames: Int32Array,
    scale: number,
  ): void {
    if (detail === 'raw_lines' && this.detail === 'raw') {
      const own = new MergedStacks();
      own.add(stacks, frames, scale, true);
      own.addLineSums(this.lineSums);
    }
    for (let frame = 0; frame < table.length; frame++) {
      for (let row = frameLines.offset[frame]!; row < frameLines.offset[frame + 1]!; row++) {
        const { line, self, total } = frameLines;
        this.lineSums.add(frames[frame]!, line[row]!, self[row]! * scale, total[row]! * scale);
      }
      if (this.detail !== 'aggregate') continue;
      for (let row = edges.offset[frame]!; row < edges.offset[frame + 1]!; row++)
        this.edgeSums.add(frames[frame]!, frames[edges.callee[row]!]!, edges.count[row]! * scale, 0);
    }
  }
}

/** From most to least. */
const LEVELS: readonly Detail[] = ['raw_lines', 'raw', 'aggregate'];

/** The stacks of all, with own samples. */
class MergedStacks {
  private readonly trie = new StackTrie();
  private readonly self = new FloatColumn();

  add(
    stacks: Pick<Profile['stacks'], 'length' | 'parent' | 'frame' | 'line' | 'self'>,
    frames: Int32Array,
    scale: number,
    withLines: boolean,
  ): void {
    const into = new Int32Array(stacks.length);
    for (let node = 0; node < stacks.length; node++) {
      const above = stacks.parent[node]!;
      const line = withLines ? stacks.line[node]! : 0;
      const at = this.trie.child(above < 0 ? -1 : into[above]!, frames[stacks.frame[node]!]!, line);
      if (at === this.self.length) this.self.push(0);
      this.self.values[at]! += stacks.self[node]! * scale;
      into[node] = at;
    }
  }

  multiply(factor: number): void {
    for (let node = 0; node < this.self.length; node++) this.self.values[node]! *= factor;
  }

  withoutLines(): MergedStacks {
    const merged = new MergedStacks();
    const { length, parent, frame, line } = this.trie;
    let frames = 0;
    for (let node = 0; node < length; node++) frames = Math.max(frames, frame[node]! + 1);
    const same = Int32Array.from({ length: frames }, (_, index) => index);
    merged.add({ length, parent, frame, line, self: this.self.values }, same, 1, false);
    return merged;
  }

  /** As StackProf counts lines: every appearance on a stack. */
  addLineSums(sums: PairSums): void {
    const { length, frame, line } = this.trie;
    const total = this.totals();
    for (let node = 0; node < length; node++) {
      if (line[node]! > 0) sums.add(frame[node]!, line[node]!, this.self.values[node]!, total[node]!);
    }
  }

  /** As StackProf counts calls: every appearance. */
  addEdgeSums(sums: PairSums): void {
    const { length, parent, frame } = this.trie;
    const total = this.totals();
    for (let node = 0; node < length; node++) {
      const above = parent[node]!;
      if (above >= 0) sums.add(frame[above]!, frame[node]!, total[node]!, 0);
    }
  }

  columns(divisor: number) {
    const { length, parent, frame, line } = this.trie;
    const self = this.self.exact();
    if (divisor !== 1) {
      let exact = 0;
      let given = 0;
      for (let node = 0; node < length; node++) {
        exact += self[node]! / divisor;
        self[node] = self[node]! > 0 ? Math.max(0, Math.round(exact) - given) : 0;
        given += self[node]!;
      }
    }
    return { length, parent, frame, line, self };
  }

  private totals(): Float64Array {
    const total = this.self.exact();
    for (let node = this.trie.length - 1; node >= 0; node--) {
      const above = this.trie.parent[node]!;
      if (above >= 0) total[above]! += total[node]!;
    }
    return total;
  }
}

/** Two sums per pair (frame, line or other frame). */
class PairSums {
  private readonly pairs = new StackTrie();
  private readonly first = new FloatColumn();
  private readonly second = new FloatColumn();

  add(frame: FrameIndex, key: number, first: number, second: number): void {
    const pair = this.pairs.child(-1, frame, key);
    if (pair === this.first.length) {
      this.first.push(0);
      this.second.push(0);
    }
    this.first.values[pair]! += first;
    this.second.values[pair]! += second;
  }

  multiply(factor: number): void {
    for (const column of [this.first, this.second]) {
      for (let pair = 0; pair < column.length; pair++) column.values[pair]! *= factor;
    }
  }

  each(visit: (frame: FrameIndex, key: number, first: number, second: number) => void): void {
    for (let pair = 0; pair < this.pairs.length; pair++) {
      visit(this.pairs.frame[pair]!, this.pairs.line[pair]!, this.first.values[pair]!, this.second.values[pair]!);
    }
  }
}

/** What all parts say alike. */
function sharedMetadata([first, ...others]: readonly MergedPart[]): MetadataEntry[] {
  return (first?.metadata ?? []).filter(({ key, value }) =>
    others.every(({ metadata }) => metadata.some((entry) => entry.key === key && entry.value === value)),
  );
}

function mergeProblems(parts: readonly MergedPart[], detail: Detail, mixed: boolean): Problem[] {
  const problems: Problem[] = [];
  const better = parts.filter((part) => LEVELS.indexOf(part.detail) < LEVELS.indexOf(detail)).length;
  if (better > 0) {
    const lost = detail === 'aggregate' ? 'stacks' : 'lines in their stacks';
    problems.push({
      code: 'unlike-detail',
      message: `${better} of ${parts.length} profiles have ${lost} that the others lack, so the whole is shown without; leave the others out to see them.`,
    });
  }
  if (mixed) {
    const intervals = [...new Set(parts.map(({ interval }) => interval ?? 'none'))].join(', ');
    problems.push({
      code: 'unlike-intervals',
      message: `The profiles were recorded at different intervals (${intervals}): their samples are scaled by what they stand for, and figures below the total are estimates.`,
    });
  }
  return problems;
}
