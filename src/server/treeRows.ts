import { countChildren, treeFamilies } from '../profile/treeFamilies';
import type { TreeRowsParams, TreeRowsResult } from '../protocol/requests';
import type { ViewContext } from './context';
import { namedFrames, renumbered, shapedTree } from './flame';

/** Rows of one family; lighter ones are counted only. */
const MOST_OF_FAMILY = 1000;

/** Rows of the call tree that a table unfolds. Throws when the profile is not open or has no such shape. */
export function treeRows(context: ViewContext, params: TreeRowsParams): TreeRowsResult {
  const { open, tree } = shapedTree(context, params);
  const { nodes, roots } = treeFamilies(tree, params.node, params.part, MOST_OF_FAMILY);
  const { frame, index } = renumbered(Int32Array.from(nodes, (node) => tree.frame[node]!));
  return {
    length: nodes.length,
    roots,
    totalSamples: tree.totalSamples,
    approximate: tree.approximate,
    node: Int32Array.from(nodes),
    parent: Int32Array.from(nodes, (node) => tree.parent[node]!),
    depth: Uint16Array.from(nodes, (node) => tree.depth[node]!),
    start: Float64Array.from(nodes, (node) => tree.start[node]!),
    total: Float64Array.from(nodes, (node) => tree.total[node]!),
    self: Float64Array.from(nodes, (node) => tree.self[node]!),
    children: Int32Array.from(nodes, (node) => countChildren(tree, node)),
    line: Int32Array.from(nodes, (node) => tree.line[node]!),
    frame,
    frames: namedFrames(open, index),
  };
}
