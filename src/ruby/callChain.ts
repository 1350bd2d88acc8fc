import { CallNode, ConstantPathNode, ConstantReadNode, type Node } from '@ruby/prism/src/nodes.js';

/** `User.where(a).order(b)`: root `User`, calls `where`, `order`. */
export interface CallChain {
  /** What the first call is made on; null when that call has no receiver (`entries.where(...)`: a method of self). */
  readonly root: Node | null;
  /** In source order. */
  readonly calls: readonly CallNode[];
}

/** The chain of calls that ends with this node; no calls when it is something else. */
export function callChain(node: Node | null): CallChain {
  const calls: CallNode[] = [];
  let at = node;
  while (at instanceof CallNode) {
    calls.push(at);
    at = at.receiver;
  }
  return { root: at, calls: calls.reverse() };
}

/** `User`, `Billing::Invoice`, `::User`. */
export function isConstant(node: Node | null): node is ConstantReadNode | ConstantPathNode {
  return node instanceof ConstantReadNode || node instanceof ConstantPathNode;
}
