import {
  ArrayNode,
  type CallNode,
  KeywordHashNode,
  LocalVariableReadNode,
  type Node,
  SplatNode,
} from '@ruby/prism/src/nodes.js';
import { blockOf, jumps, parameterNames, readsInside, singleExpression } from './blocks';

/** `{ |key, value| [key, RESULT] }`, where the result does not read the key. */
export interface KeptKey {
  /** `[key, RESULT]`. */
  readonly pair: ArrayNode;
  readonly result: Node;
}

/** The pair of a call's block when it keeps the first of two parameters and does not use it otherwise; else null. */
export function keptKey(call: CallNode): KeptKey | null {
  const block = blockOf(call);
  const [key, value, ...others] = (block && parameterNames(block)) ?? [];
  if (!block || !key || !value || others.length > 0 || key === value || jumps(block)) return null;
  const pair = singleExpression(block);
  if (!(pair instanceof ArrayNode) || pair.elements.length !== 2) return null;
  const [first, result] = pair.elements;
  if (!(first instanceof LocalVariableReadNode) || first.name !== key || first.depth !== 0 || !result) return null;
  if (result instanceof SplatNode || result instanceof KeywordHashNode || readsInside(result, key).length > 0)
    return null;
  return { pair, result };
}
