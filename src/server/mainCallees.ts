import { isChargeable } from '../profile/chargedFrames';
import type { Lens } from '../profile/lens';
import { type LineIndex, type LineRow, rowOfLine } from '../profile/lineIndex';
import { hasLine } from '../profile/linesFromStacks';
import type { FrameIndex, Profile } from '../profile/profile';
import { StackTrie } from '../profile/stackTrie';
import { walkStacks } from '../profile/walkStacks';
import type { MappedView, OpenProfile } from './openProfile';

/** Per row of a line index: the method directly under the line that most of the line's own samples are in. */
export interface MainCallees {
  /** FrameIndex, or -1: nothing is called, or the profile does not tell. */
  readonly frame: Int32Array;
  readonly samples: Float64Array;
}

const cache = new WeakMap<MappedView, Map<Lens, MainCallees>>();

/** `mainCallees` of an open profile, made once per mapping and lens. */
export function mainCalleesOf({ profile, view }: OpenProfile, lens: Lens): MainCallees {
  const byLens = cache.get(view) ?? new Map<Lens, MainCallees>();
  cache.set(view, byLens);
  const known = byLens.get(lens) ?? mainCallees(profile, view.lines, view.map.origin, lens);
  byLens.set(lens, known);
  return known;
}

/**
 * What makes most of each line's own objects under `lens`. Not the same as the line's heaviest callee: a line that calls
 * other lines of the workspace passes through much that is theirs. Only stacks with lines tell; else all is -1.
 */
export function mainCallees(profile: Profile, index: LineIndex, origin: Uint8Array, lens: Lens): MainCallees {
  const frame = new Int32Array(index.length).fill(-1);
  const samples = new Float64Array(index.length);
  if (profile.detail !== 'raw_lines' || lens === 'recorded') return { frame, samples };

  const { stacks, frames } = profile;
  const rowOf = rowFinder(profile, index);
  const pairs = new StackTrie();
  const pairSamples: number[] = [];
  // At each depth of the stack at hand: the row that answers, and the frame that it called there, -1 for none yet.
  const charged: LineRow[] = [];
  const called: FrameIndex[] = [];
  walkStacks(stacks, (node, depth) => {
    const callee = stacks.frame[node]!;
    const isCharged = isChargeable(frames.kind[callee]!, origin[frames.file[callee]!]!, lens) && hasLine(profile, node);
    charged[depth] = isCharged ? rowOf(callee, stacks.line[node]!) : depth === 0 ? -1 : charged[depth - 1]!;
    const above = depth === 0 ? -1 : called[depth - 1]!;
    called[depth] = isCharged ? -1 : above >= 0 ? above : callee;
    const self = stacks.self[node]!;
    if (isCharged || self === 0 || charged[depth] < 0) return;
    const pair = pairs.child(-1, called[depth], charged[depth]);
    pairSamples[pair] = (pairSamples[pair] ?? 0) + self;
  });
  for (let pair = 0; pair < pairs.length; pair++) {
    const row = pairs.line[pair]!;
    if (pairSamples[pair]! <= samples[row]!) continue;
    samples[row] = pairSamples[pair]!;
    frame[row] = pairs.frame[pair]!;
  }
  return { frame, samples };
}

/** `rowOfLine` for millions of nodes: every (frame, line) is searched for once. */
function rowFinder(profile: Profile, index: LineIndex): (frame: FrameIndex, line: number) => LineRow {
  const seen = new StackTrie();
  const rows: number[] = [];
  return (frame, line) => {
    const pair = seen.child(-1, frame, line);
    if (pair === rows.length) rows.push(rowOfLine(index, profile.frames.file[frame]!, line));
    return rows[pair]!;
  };
}
