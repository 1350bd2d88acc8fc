import { CallNode } from '@ruby/prism/src/nodes.js';
import { endOf, type Syntax } from './syntax';

/** Two calls in a row, neither of which takes arguments, such as `text.chars.size`. */
export interface CallPair {
  readonly inner: CallNode;
  readonly outer: CallNode;
  /** Offsets in bytes of the start of the inner name and the end of the outer one. */
  readonly from: number;
  readonly to: number;
  /** 1-based lines that Ruby charges the two to. */
  readonly lines: readonly number[];
}

/** The pair that ends with `outer`, or null where one has no name or no receiver. */
export function callPair(outer: CallNode, syntax: Syntax): CallPair | null {
  const { receiver: inner, messageLoc } = outer;
  if (!(inner instanceof CallNode) || !inner.receiver || !inner.messageLoc || !messageLoc) return null;
  const lines = [...new Set([inner.messageLoc, messageLoc].map((location) => syntax.lineOf(location)))];
  return { inner, outer, from: inner.messageLoc.startOffset, to: endOf(messageLoc), lines };
}

/**
 * Whether the pair may become one call with the inner's dot: not `text&.chars.size`, which raises for `nil` where
 * `text&.size` does not.
 */
export function mayBecomeOne({ inner, outer }: CallPair): boolean {
  return !inner.isSafeNavigation() || outer.isSafeNavigation();
}
