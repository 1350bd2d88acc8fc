import { Origin } from '../profile/origin';
import { type FrameIndex, FrameKind, type Profile, type StackIndex, type StringIndex } from '../profile/profile';
import { iteratorFrames } from './iteratorFrames';

/** One appearance of a line of the file on a stack. */
export interface SiteNode {
  readonly node: StackIndex;
  /** How often the same line stands above it on the stack; 0 for the outermost. */
  readonly depth: number;
  /** Whether an iterator that own code called stands above it. */
  readonly iterated: boolean;
}

/**
 * Where the lines of a file stand in the stacks: per key, their nodes in depth-first order. The key is the current line
 * where stacks have lines, else the definition line of the method. One pass over all stacks.
 */
export function buildSiteIndex(
  profile: Profile,
  files: readonly StringIndex[],
  origin: Uint8Array,
): ReadonlyMap<number, readonly SiteNode[]> {
  const { stacks, frames, strings } = profile;
  const byLine = profile.detail === 'raw_lines';
  const here = new Set(files);
  const isHere = Uint8Array.from(frames.file, (file) => (here.has(file) ? 1 : 0));
  const isIterator = Uint8Array.from(frames.name, (name) => (iteratorFrames.test(strings[name]!) ? 1 : 0));
  const isMine = (frame: FrameIndex): boolean => isHere[frame] === 1 || origin[frames.file[frame]!] === Origin.Mine;

  const index = new Map<number, SiteNode[]>();
  const onStack = new Map<number, number>();
  // The path to the node at hand: its ends, keys (0 for frames of other files), and what is known below each of its nodes.
  const path: Level[] = [];
  for (let node = 0; node < stacks.length; node++) {
    for (let top = path.at(-1); top && top.end <= node; top = path.at(-1)) {
      if (top.key > 0) onStack.set(top.key, onStack.get(top.key)! - 1);
      path.pop();
    }
    const above = path.at(-1) ?? outside;
    const frame = stacks.frame[node]!;
    const key = isHere[frame] === 1 ? (byLine ? stacks.line[node]! : frames.line[frame]!) : 0;
    if (key > 0) {
      const depth = onStack.get(key) ?? 0;
      onStack.set(key, depth + 1);
      const entry = { node, depth, iterated: above.iterated };
      const known = index.get(key);
      if (known) known.push(entry);
      else index.set(key, [entry]);
    }
    path.push({
      end: stacks.subtreeEnd[node]!,
      key,
      iterated: above.iterated || (above.calledByMine && isIterator[frame] === 1),
      calledByMine: isCore(frames.kind[frame]!) ? above.calledByMine : isMine(frame),
    });
  }
  return index;
}

interface Level {
  readonly end: StackIndex;
  readonly key: number;
  readonly iterated: boolean;
  /** Whether the nearest frame that is not core code is the user's. */
  readonly calledByMine: boolean;
}

const outside: Level = { end: 0, key: 0, iterated: false, calledByMine: false };

/** Core code passes calls on: an `Array#each` under an own `Enumerable#map` is own. */
function isCore(kind: number): boolean {
  return kind === FrameKind.C || kind === FrameKind.Internal;
}
