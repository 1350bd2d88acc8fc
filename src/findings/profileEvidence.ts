import { assertNever } from '../profile/assertNever';
import { type LineIndex, rowOfLine } from '../profile/lineIndex';
import type { Measure } from '../profile/measure';
import type { FrameIndex, Profile, StringIndex } from '../profile/profile';
import type { Witness } from '../ruby/pattern';

/** What one profile says about the lines of one local file. Lines are 1-based, in the text as it is now. */
export interface Evidence {
  /** Local path of the file. */
  readonly file: string;
  /** Samples with one of these lines on the stack; an upper bound when they overlap. 0 without a record. */
  samplesThrough(lines: readonly number[]): number;
  /** Samples in which one of these lines called a witness. `where` says which occurrences of the line count. */
  samplesWitnessed(lines: readonly number[], witness: Witness, where: Occurrences): number;
  /** Definition line (as captured) of the method around a line, or null: tells whether two lines share a method. */
  methodAround(line: number): number | null;
  /** False when stacks have no lines: a witness then belongs to a method, not to a line. */
  readonly knowsLines: boolean;
  /** Samples of the whole profile. */
  readonly samples: number;
  /** Objects that samples stand for, or null when the profile does not count objects. */
  objectsOf(samples: number): number | null;
}

/**
 * A block on the line of its own loop runs at that line too:
 *
 *     Report#run:7 > Array#each > Report#run:7 > ActiveRecord::Relation#load
 *
 * `outermost` looks only at the first `Report#run:7`, whose callees are those of the loop and not of its block.
 */
export type Occurrences = 'outermost' | 'any';

export interface EvidenceSource {
  readonly profile: Profile;
  readonly measure: Measure;
  readonly lines: LineIndex;
  /** The recorded files that are this local file: one, or several releases of it. */
  readonly files: readonly StringIndex[];
  readonly path: string;
  /** 1-based line at capture of a 1-based line now; null for lines that were not there or changed since. */
  readonly capturedLine?: (line: number) => number | null;
}

export function profileEvidence(source: EvidenceSource): Evidence {
  const { profile, measure, lines: index, files, path } = source;
  const captured = (lines: readonly number[]): number[] =>
    lines.map((line) => (source.capturedLine ? source.capturedLine(line) : line)).filter((line) => line !== null);
  const names = new FrameNames(profile);
  const framesHere = framesOf(profile, files);

  return {
    file: path,
    knowsLines: profile.detail === 'raw_lines',
    samples: profile.samples,
    objectsOf: (samples) => (measure.unit === 'objects' ? samples * measure.perSample : null),
    samplesThrough(lines) {
      const sums = captured(lines).map((line) =>
        files.reduce((sum, file) => {
          const row = rowOfLine(index, file, line);
          return row < 0 ? sum : sum + index.through[row]!;
        }, 0),
      );
      return Math.max(0, ...sums);
    },
    methodAround(line) {
      const [at] = captured([line]);
      return at === undefined ? null : definitionAround(profile, framesHere, at);
    },
    samplesWitnessed(lines, witness, where) {
      const called = names.matching(witness.called);
      const beneath = names.matching(witness.beneath);
      const at = captured(lines);
      switch (profile.detail) {
        case 'raw_lines': {
          const wanted = new Set(at);
          return witnessedInStacks(
            profile,
            called,
            beneath,
            where,
            (frame, line) => framesHere.has(frame) && wanted.has(line),
          );
        }
        case 'raw': {
          const methods = methodsAround(profile, framesHere, at);
          return witnessedInStacks(profile, called, beneath, where, (frame) => methods.has(frame));
        }
        case 'aggregate':
          return witnessedInEdges(profile, called, beneath, methodsAround(profile, framesHere, at));
        default:
          return assertNever(profile.detail);
      }
    },
  };
}

/** Samples under a called witness that has one beneath it, each once; called by the nodes that `isSite` picks. */
function witnessedInStacks(
  { stacks }: Profile,
  called: Uint8Array,
  beneath: Uint8Array,
  where: Occurrences,
  isSite: (frame: FrameIndex, line: number) => boolean,
): number {
  let samples = 0;
  let outermost = -1;
  for (let node = 0; node < stacks.length; node++) {
    const parent = stacks.parent[node]!;
    if (called[stacks.frame[node]!] === 1 && parent >= 0) {
      const counts = where === 'any' ? isSite(stacks.frame[parent]!, stacks.line[parent]!) : parent === outermost;
      if (counts && holds(stacks.frame, node, stacks.subtreeEnd[node]!, beneath)) {
        samples += stacks.total[node]!;
        node = stacks.subtreeEnd[node]! - 1;
        continue;
      }
    }
    const inside = outermost >= 0 && node < stacks.subtreeEnd[outermost]!;
    if (!inside && isSite(stacks.frame[node]!, stacks.line[node]!)) outermost = node;
  }
  return samples;
}

function holds(frame: Int32Array, from: number, to: number, marked: Uint8Array): boolean {
  for (let node = from; node < to; node++) if (marked[frame[node]!] === 1) return true;
  return false;
}

/** Edges count appearances, so the callee's own samples are the limit. */
function witnessedInEdges(
  profile: Profile,
  called: Uint8Array,
  beneath: Uint8Array,
  methods: ReadonlySet<FrameIndex>,
): number {
  const { edges, frames } = profile;
  if (!beneath.some((mark, frame) => mark === 1 && frames.total[frame]! > 0)) return 0;
  let samples = 0;
  for (const method of methods) {
    for (let edge = edges.offset[method]!; edge < edges.offset[method + 1]!; edge++) {
      const callee = edges.callee[edge]!;
      if (called[callee] === 1) samples += Math.min(edges.count[edge]!, frames.total[callee]!, frames.total[method]!);
    }
  }
  return samples;
}

function framesOf({ frames }: Profile, files: readonly StringIndex[]): Set<FrameIndex> {
  const wanted = new Set(files);
  const found = new Set<FrameIndex>();
  for (let frame = 0; frame < frames.length; frame++) if (wanted.has(frames.file[frame]!)) found.add(frame);
  return found;
}

/** The last definition at or before a line. */
function definitionAround({ frames }: Profile, here: ReadonlySet<FrameIndex>, line: number): number | null {
  let closest = 0;
  for (const frame of here) {
    const definition = frames.line[frame]!;
    if (definition <= line && definition > closest) closest = definition;
  }
  return closest === 0 ? null : closest;
}

function methodsAround(profile: Profile, here: ReadonlySet<FrameIndex>, lines: readonly number[]): Set<FrameIndex> {
  const definitions = new Set(lines.map((line) => definitionAround(profile, here, line)));
  return new Set([...here].filter((frame) => definitions.has(profile.frames.line[frame]!)));
}

/** Which frames a pattern names, worked out once for each pattern. */
class FrameNames {
  private readonly known = new Map<RegExp, Uint8Array>();

  constructor(private readonly profile: Profile) {}

  matching(name: RegExp): Uint8Array {
    let marks = this.known.get(name);
    if (!marks) {
      const { frames, strings } = this.profile;
      marks = Uint8Array.from({ length: frames.length }, (_, frame) =>
        name.test(strings[frames.name[frame]!]!) ? 1 : 0,
      );
      this.known.set(name, marks);
    }
    return marks;
  }
}
