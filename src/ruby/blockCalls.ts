import {
  BlockNode,
  BreakNode,
  CallNode,
  ForNode,
  LambdaNode,
  type Node,
  UntilNode,
  WhileNode,
} from '@ruby/prism/src/nodes.js';
import { descendants } from './syntax';

/** Every call inside a block, at any depth. */
export function callsInside(block: BlockNode): CallNode[] {
  return descendants(block, () => true).filter((node): node is CallNode => node instanceof CallNode);
}

/** Whether `break value` ends the block's own iteration, so that the value becomes the call's. */
export function breaksWithValue(block: BlockNode): boolean {
  const own = descendants(
    block,
    (child) => !(child instanceof BlockNode || child instanceof LambdaNode || isLoop(child)),
  );
  return own.some((node) => node instanceof BreakNode && node.arguments_ !== null);
}

function isLoop(node: Node): boolean {
  return node instanceof WhileNode || node instanceof UntilNode || node instanceof ForNode;
}
