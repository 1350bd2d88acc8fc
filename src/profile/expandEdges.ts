import type { UnorderedTree } from './callTree';
import { rootSamples } from './chargeByEdges';
import { FloatColumn, IntColumn } from './column';
import { HeaviestFirst } from './heaviestFirst';
import type { Profile } from './profile';

/** A picture from sums cannot be exact: beyond these there is nothing more to see. */
const MAX_NODES = 50_000;
const MAX_DEPTH = 1_000;
/** Boxes below this share of the whole are not taken apart. */
const MIN_SHARE = 1 / 20_000;

/**
 * A call tree from caller-callee sums. Each root gets the samples that start there, and every node hands its samples on
 * as its method does on average: a part is its own, the rest goes to callees by their counts. Where a method ends depends
 * on what led to it, which sums forgot, so this is an approximation; cycles unroll until too little is left to show.
 *
 * The heaviest node is taken apart first. What is not taken apart stays with its node as self, so no weight is lost.
 */
export function expandEdges(profile: Profile): UnorderedTree {
  const { frames, edges } = profile;
  const parent = new IntColumn();
  const frame = new IntColumn();
  const self = new FloatColumn();
  const depth = new IntColumn();
  const heaviest = new HeaviestFirst();
  const add = (of: number, above: number, weight: number): void => {
    const node = self.length;
    parent.push(above);
    frame.push(of);
    self.push(weight);
    depth.push(above < 0 ? 0 : depth.values[above]! + 1);
    heaviest.push(node, weight);
  };

  const roots = rootSamples(profile);
  const smallest = profile.samples * MIN_SHARE;
  for (let each = 0; each < frames.length; each++) {
    if (roots[each]! > 0 && self.length < MAX_NODES) add(each, -1, roots[each]!);
  }
  while (self.length < MAX_NODES) {
    const node = heaviest.pop();
    if (node < 0) break;
    const weight = self.values[node]!;
    if (weight < smallest) break;
    const of = frame.values[node]!;
    const first = edges.offset[of]!;
    const end = edges.offset[of + 1]!;
    if (first === end || depth.values[node]! + 1 >= MAX_DEPTH || self.length + (end - first) > MAX_NODES) continue;
    let appearances = frames.self[of]!;
    for (let edge = first; edge < end; edge++) appearances += edges.count[edge]!;
    let own = weight;
    for (let edge = first; edge < end; edge++) {
      const share = weight * (edges.count[edge]! / appearances);
      if (!(share > 0)) continue;
      own -= share;
      add(edges.callee[edge]!, node, share);
    }
    self.values[node] = Math.max(0, own);
  }
  return {
    length: self.length,
    parent: parent.values,
    frame: frame.values,
    line: new Int32Array(self.length),
    self: self.values,
  };
}
