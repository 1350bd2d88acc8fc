import { CallNode, type Node } from '@ruby/prism/src/nodes.js';
import { type CallChain, callChain, isConstant } from './callChain';
import { singular } from './inflect';
import type { Syntax } from './syntax';

/** Methods of `ActiveRecord::QueryMethods` that keep the rows and their order as they would be. */
export const plainQueryMethods: readonly string[] = [
  ['all', 'where', 'not', 'rewhere', 'invert_where', 'and', 'or', 'missing', 'associated', 'excluding', 'without'],
  ['includes', 'preload', 'eager_load', 'references', 'strict_loading', 'readonly', 'annotate', 'optimizer_hints'],
  ['unscoped', 'unscope', 'create_with', 'extending', 'merge', 'none'],
].flat();

/** Methods that make a query of what they are called on. */
export const queryMethods: ReadonlySet<string> = new Set([
  ...plainQueryMethods,
  ...['order', 'reorder', 'in_order_of', 'reverse_order', 'offset', 'limit', 'select', 'reselect', 'group', 'having'],
  ...['distinct', 'joins', 'left_joins', 'left_outer_joins', 'lock', 'from'],
]);

/** Calls that read a relation's rows into memory and change nothing else: `.to_a`, `.load`, `.records`. */
export function loaderOf(node: Node | null): CallNode | null {
  const loads = node instanceof CallNode && /^(?:to_a|to_ary|load|records)$/.test(node.name);
  return loads && node.receiver && !node.arguments_ && !node.block ? node : null;
}

/** A chain of calls that may be a relation. */
export interface RelationChain extends CallChain {
  /** Method names, in source order. */
  readonly names: readonly string[];
  /** True when a query method stands in it, so that the text alone makes it a relation. */
  readonly likely: boolean;
}

/** The chain that ends with this node; null when it is no call or one with a block, which no query has. */
export function relationChain(node: Node | null): RelationChain | null {
  const chain = callChain(node);
  if (chain.calls.length === 0 || chain.calls.some((call) => call.block && call.name !== 'extending')) return null;
  const names = chain.calls.map((call) => call.name);
  return { ...chain, names, likely: names.some((name) => queryMethods.has(name)) };
}

/** The model's constant when the chain starts with one: `Billing::Invoice.where(…)` -> `Billing::Invoice`; else null. */
export function modelOf(chain: CallChain, syntax: Syntax): string | null {
  return isConstant(chain.root) ? syntax.sourceOf(chain.root.location) : null;
}

/** Words for the model, in the singular and without case: the constant, or the association. `user.line_items` -> `lineitem`. */
export function modelWords(chain: CallChain, syntax: Syntax): Set<string> {
  const words = chain.calls.filter((call) => !queryMethods.has(call.name)).map((call) => call.name);
  if (chain.root) words.push(syntax.sourceOf(chain.root.location));
  return new Set(words.map(modelWord));
}

/** `account.line_items`, `LineItem` -> `lineitem`. */
export function modelWord(source: string): string {
  const last = /(\w+)\W*$/.exec(source)?.[1] ?? source;
  return singular(last.replaceAll('_', '').toLowerCase());
}
