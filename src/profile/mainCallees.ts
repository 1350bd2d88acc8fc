import { chargeableFrames, isChargeable } from './chargedFrames';
import { frameCalls } from './frameCalls';
import type { Lens } from './lens';
import { type LineIndex, type LineRow, ownOf, rowOfLine, soleRows } from './lineIndex';
import { hasLine } from './linesFromStacks';
import type { FrameIndex, Profile } from './profile';
import { StackTrie } from './stackTrie';
import { walkStacks } from './walkStacks';

/** Per row of a line index: the method directly under the line that most of the line's own samples come by. */
export interface MainCallees {
  /** FrameIndex, or -1: the line's own samples are its very own, or the profile does not tell. */
  readonly frame: Int32Array;
  /** Those samples: at most the row's own under the lens. */
  readonly samples: Float64Array;
}

/**
 * What makes most of each line's own objects under `lens`. Not the same as the line's heaviest callee: a line that calls
 * other lines of the workspace passes through much that is theirs. Without lines in the stacks this is known only for a
 * line that is the only line of its method.
 */
export function mainCallees(profile: Profile, index: LineIndex, origin: Uint8Array, lens: Lens): MainCallees {
  const main = { frame: new Int32Array(index.length).fill(-1), samples: new Float64Array(index.length) };
  if (lens === 'recorded') return main;
  const own = ownOf(index, lens);
  const offer = (row: LineRow, callee: FrameIndex, samples: number): void => {
    if (samples <= main.samples[row]!) return;
    main.samples[row] = samples;
    main.frame[row] = callee;
  };
  if (profile.detail === 'raw_lines') mainByStacks(profile, index, origin, lens, offer);
  else
    mainBySums(profile, index, chargeableFrames(profile, lens, origin), (row, callee, samples) =>
      offer(row, callee, Math.min(samples, own[row]!)),
    );
  return main;
}

type Offer = (row: LineRow, callee: FrameIndex, samples: number) => void;

function mainByStacks(profile: Profile, index: LineIndex, origin: Uint8Array, lens: Lens, offer: Offer): void {
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
  for (let pair = 0; pair < pairs.length; pair++) offer(pairs.line[pair]!, pairs.frame[pair]!, pairSamples[pair]!);
}

function mainBySums(profile: Profile, index: LineIndex, chargeable: Uint8Array, offer: Offer): void {
  const calls = frameCalls(profile, chargeable);
  soleRows(profile, index).forEach((row, frame) => {
    if (row < 0 || chargeable[frame] === 0) return;
    for (const { callee, samples } of calls.of(frame)) offer(row, callee, samples);
  });
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
