import type { CallNode, CallTree } from './callTree';

/** Children of more than one node: of the node alone, down its heaviest path to a leaf, or on the way from the roots to it. */
export type TreePart = 'children' | 'heaviest' | 'path';

/** Families of a call tree, each as a stretch of `nodes`, parents before children. */
export interface TreeFamilies {
  /** Heaviest first within a family; the heaviest ones where there are more than was asked for. */
  readonly nodes: readonly CallNode[];
  /** Roots of the whole tree. */
  readonly roots: number;
}

/**
 * The children of `node` (-1: the roots) and, by `part`, of others, for a table that unfolds. At most `most` of a family,
 * and the child on the way. A node that does not exist has no children.
 */
export function treeFamilies(tree: CallTree, node: CallNode, part: TreePart, most: number): TreeFamilies {
  const nodes: CallNode[] = [];
  for (const { parent, child } of familiesWanted(tree, node, part)) {
    const family = childrenOf(tree, parent, most);
    // Beyond the heaviest, only the one that leads on.
    if (child >= 0 && !family.includes(child)) family.push(child);
    for (const one of family) nodes.push(one);
  }
  return { nodes, roots: countChildren(tree, -1) };
}

/** How many calls a node makes; of -1, the roots. */
export function countChildren(tree: CallTree, node: CallNode): number {
  let count = 0;
  const end = endOf(tree, node);
  for (let at = node + 1; at < end; at = tree.subtreeEnd[at]!) count++;
  return count;
}

interface Family {
  readonly parent: CallNode;
  /** The one of it that must be there; -1 for none. */
  readonly child: CallNode;
}

function familiesWanted(tree: CallTree, node: CallNode, part: TreePart): Family[] {
  if (node >= tree.length || node < -1) return [];
  if (part === 'children') return [{ parent: node, child: -1 }];
  const families: Family[] = [];
  if (part === 'heaviest') {
    // The heaviest child comes first.
    for (let at = node; endOf(tree, at) > at + 1; at++) families.push({ parent: at, child: -1 });
    return families;
  }
  for (let at = node; at >= 0; at = tree.parent[at]!) families.push({ parent: tree.parent[at]!, child: at });
  return families.reverse();
}

function childrenOf(tree: CallTree, node: CallNode, most: number): CallNode[] {
  const nodes: CallNode[] = [];
  const end = endOf(tree, node);
  for (let at = node + 1; at < end && nodes.length < most; at = tree.subtreeEnd[at]!) nodes.push(at);
  return nodes;
}

function endOf(tree: CallTree, node: CallNode): CallNode {
  return node < 0 ? tree.length : tree.subtreeEnd[node]!;
}
