import { assertNever } from './assertNever';
import { countFrames } from './countFrames';
import type { PlacedStacks } from './depthFirst';
import { placeInOrder } from './inOrder';
import { inStretches } from './inStretches';
import { placeMerged } from './mergeStacks';
import { movedTimeline } from './movedTimeline';
import type { FrameLineTable, FrameTable, Profile, StackTable, Timeline } from './profile';
import type { FilterSubject, FrameFacts, Refinement, StackFilter } from './refinement';
import { compileQuery, findFrames } from './search';

/** The part of a profile that filters leave. */
export interface RefinedProfile {
  /** The same strings and frame rows, other stacks and counts; the profile itself without filters. */
  readonly profile: Profile;
  /** Why a filter could not be applied (a broken regular expression), one sentence; it then left everything as it was. */
  readonly problem: string | null;
}

/**
 * Applies filters, in order. `samples` of the result are those that are left: `focus` keeps what has such a frame on its
 * stack, `ignore` what has none, together all. The others move samples only: a stack without any frame left still counts
 * among all samples, as one that was recorded without a stack.
 *
 * Where stacks have no lines (`raw`), the sums per line are brought down with their method, hence estimates. A profile
 * without stacks (`aggregate`) cannot be filtered and comes back as it is.
 */
export function refineStacks(profile: Profile, refinement: Refinement, facts: FrameFacts): RefinedProfile {
  if (refinement.length === 0 || profile.detail === 'aggregate') return { profile, problem: null };
  let { stacks, samples, timeline } = profile;
  let problem: string | null = null;
  const take = (placed: PlacedStacks): void => {
    stacks = placed.stacks;
    if (timeline !== null) timeline = movedTimeline(timeline, placed.place);
  };
  for (const filter of refinement) {
    if (filter.kind === 'foldRecursion') {
      take(foldRecursion(profile, stacks));
      continue;
    }
    const hits = framesOf(profile, filter.of, facts);
    if (hits.error !== null) {
      problem ??= hits.error;
      continue;
    }
    const before = weightOf(stacks);
    take(filtered(profile, stacks, filter.kind, hits.found));
    if (filter.kind === 'focus') samples = weightOf(stacks);
    else if (filter.kind === 'ignore') samples -= before - weightOf(stacks);
  }
  return { profile: withStacks(profile, stacks, timeline, samples), problem };
}

/** The frames that a filter means, 1 per FrameIndex. */
function framesOf(
  profile: Profile,
  of: FilterSubject,
  facts: FrameFacts,
): { readonly found: Uint8Array; readonly error: string | null } {
  const { frames, strings } = profile;
  const found = new Uint8Array(frames.length);
  const mark = (isMeant: (frame: number) => boolean): void => {
    for (let frame = 0; frame < frames.length; frame++) if (isMeant(frame)) found[frame] = 1;
  };
  switch (of.by) {
    case 'frame':
      mark((frame) => frame === of.frame);
      break;
    case 'file':
      mark((frame) => strings[frames.file[frame]!] === of.file);
      break;
    case 'package':
      mark((frame) => facts.package[frames.file[frame]!] === of.package);
      break;
    case 'origin':
      mark((frame) => facts.origin[frames.file[frame]!] === of.origin);
      break;
    case 'kind':
      mark((frame) => frames.kind[frame] === of.kind);
      break;
    case 'text':
      return findFrames(profile, compileQuery(of.text));
    default:
      assertNever(of);
  }
  return { found, error: null };
}

function filtered(
  profile: Profile,
  stacks: StackTable,
  kind: Exclude<StackFilter['kind'], 'foldRecursion'>,
  hits: Uint8Array,
): PlacedStacks {
  switch (kind) {
    case 'focus':
      return keepSamples(profile, stacks, hits, 1);
    case 'ignore':
      return keepSamples(profile, stacks, hits, 0);
    case 'hide':
      return keepFrames(profile, stacks, hits, 0);
    case 'show':
      return keepFrames(profile, stacks, hits, 1);
    default:
      return assertNever(kind);
  }
}

/** Keeps the samples whose stack has (1) or has not (0) one of the frames. */
function keepSamples(profile: Profile, stacks: StackTable, hits: Uint8Array, wanted: 0 | 1): PlacedStacks {
  const { length, parent, frame } = stacks;
  const has = new Uint8Array(length);
  const self = new Float64Array(length);
  const total = new Float64Array(length);
  inStretches(length, (from, to) => {
    for (let node = from; node < to; node++) {
      const above = parent[node]!;
      has[node] = hits[frame[node]!]! | (above < 0 ? 0 : has[above]!);
      if (has[node] === wanted) self[node] = stacks.self[node]!;
    }
  });
  inStretches(length, (from, to) => {
    for (let node = length - 1 - from; node >= length - to; node--) {
      total[node]! += self[node]!;
      const above = parent[node]!;
      if (above >= 0) total[above]! += total[node]!;
    }
  });
  const { stacks: left, place } = placeInOrder(profile, stacks, { self, total });
  // A node may stay for what it calls while its own samples leave.
  return { stacks: left, place: place.map((at, node) => (has[node] === wanted ? at : -1)) };
}

/** Takes frames out of the stacks: those marked (0), or all others (1). Their samples are their caller's. */
function keepFrames(profile: Profile, stacks: StackTable, hits: Uint8Array, wanted: 0 | 1): PlacedStacks {
  const { length, parent, frame } = stacks;
  const into = new Int32Array(length);
  for (let node = 0; node < length; node++) {
    const above = parent[node]!;
    if (hits[frame[node]!] === wanted) into[node] = node;
    else into[node] = above < 0 ? -1 : into[above]!;
  }
  return placeMerged(profile, stacks, into, true);
}

/** A method that is on the stack already is its outermost occurrence again, and so is what it calls. */
function foldRecursion(profile: Profile, stacks: StackTable): PlacedStacks {
  const { length, frame, subtreeEnd } = stacks;
  const into = new Int32Array(length);
  // The outermost node of every method on the stack at hand: valid while the walk is inside it.
  const outermost = new Int32Array(profile.frames.length).fill(-1);
  for (let node = 0; node < length; node++) {
    const outer = outermost[frame[node]!]!;
    if (outer >= 0 && node < subtreeEnd[outer]!) into[node] = outer;
    else {
      outermost[frame[node]!] = node;
      into[node] = node;
    }
  }
  return placeMerged(profile, stacks, into, true);
}

function withStacks(profile: Profile, stacks: StackTable, timeline: Timeline | null, samples: number): Profile {
  const { frames, frameLines } = profile;
  const self = new Float64Array(frames.length);
  const total = new Float64Array(frames.length);
  countFrames(stacks, self, total);
  const left = profile.samples > 0 ? samples / profile.samples : 0;
  return {
    ...profile,
    samples,
    missedSamples: Math.round(profile.missedSamples * left),
    gcSamples: Math.round(profile.gcSamples * left),
    frames: { ...frames, self, total },
    stacks,
    timeline,
    frameLines: scaledLines(frameLines, frames, { self, total }),
  };
}

/** Sums per line go down as their method's do. */
function scaledLines(
  lines: FrameLineTable,
  before: FrameTable,
  after: { readonly self: Float64Array; readonly total: Float64Array },
): FrameLineTable {
  const self = lines.self.slice();
  const total = lines.total.slice();
  for (let frame = 0; frame < before.length; frame++) {
    // A frame that took over samples of hidden ones has more than its lines know of: those have no line.
    const ofSelf = Math.min(1, ratio(after.self[frame]!, before.self[frame]!));
    const ofTotal = Math.min(1, ratio(after.total[frame]!, before.total[frame]!));
    for (let row = lines.offset[frame]!; row < lines.offset[frame + 1]!; row++) {
      self[row]! *= ofSelf;
      total[row]! *= ofTotal;
    }
  }
  return { ...lines, self, total };
}

function ratio(after: number, before: number): number {
  return before > 0 ? after / before : 0;
}

function weightOf(stacks: StackTable): number {
  let weight = 0;
  for (let node = 0; node < stacks.length; node = stacks.subtreeEnd[node]!) weight += stacks.total[node]!;
  return weight;
}
