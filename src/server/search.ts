import { compileQuery } from '../profile/search';
import { searchShape } from '../profile/searchShape';
import type { SearchParams, SearchResult } from '../protocol/requests';
import { comparedTree } from './comparedTree';
import type { ViewContext } from './context';
import { namedFrames, renumbered, shapedTree } from './flame';

/** More than anybody steps through. */
const MOST_MATCHES = 10_000;

/**
 * How many frames match a query, in how many samples one of them is, and the boxes they are. Throws when the profile is
 * not open or has no such shape.
 */
export async function search(context: ViewContext, params: SearchParams): Promise<SearchResult> {
  const compared = params.compared === null ? null : await comparedTree(context, params, params.compared);
  const isCompared = compared !== null && typeof compared !== 'string';
  const { open, tree } = isCompared ? compared : shapedTree(context, params);
  const viewFrame = isCompared ? compared.viewFrame : (frame: number) => frame;
  const query = compileQuery(params.query);
  const { frames, samples, boxes, nodes, error } = searchShape(open.profile, params.shape, tree, query, MOST_MATCHES);
  const frame = Int32Array.from(nodes, (node) => tree.frame[node]!);
  const named = namedFrames(open, renumbered(frame).index);
  const parentTotal = (node: number): number =>
    tree.parent[node]! < 0 ? tree.totalSamples : tree.total[tree.parent[node]!]!;
  return {
    frames,
    samples,
    boxes,
    error,
    matches: {
      length: nodes.length,
      node: Int32Array.from(nodes),
      depth: Uint16Array.from(nodes, (node) => tree.depth[node]!),
      start: Float64Array.from(nodes, (node) => tree.start[node]!),
      total: Float64Array.from(nodes, (node) => tree.total[node]!),
      self: Float64Array.from(nodes, (node) => tree.self[node]!),
      parentTotal: Float64Array.from(nodes, parentTotal),
      frame: frame.map(viewFrame),
      line: Int32Array.from(nodes, (node) => Math.abs(tree.line[node]!)),
    },
    named: { ...named, index: named.index.map(viewFrame) },
  };
}
