import {
  BlockNode,
  CallNode,
  ClassNode,
  DefNode,
  ForNode,
  LambdaNode,
  ModuleNode,
  type Node,
  SingletonClassNode,
  UntilNode,
  WhileNode,
} from '@ruby/prism/src/nodes.js';
import type { Syntax } from './syntax';

/** Code that runs again and again: the block of an iterator, or the body of `while`, `until` or `for`. */
export interface Loop {
  /** The call with its block, or the `while`, `until` or `for`. */
  readonly node: CallNode | WhileNode | UntilNode | ForNode;
  /** The block of the call; null for the others. */
  readonly block: BlockNode | null;
}

/** The nearest loop around a node in its own method, or null. What an iterator is called on is not in its loop. */
export function loopOf(node: Node, syntax: Syntax): Loop | null {
  for (const loop of loopsAround(node, syntax)) return loop;
  return null;
}

/** Like `loopOf`, the outermost. */
export function outermostLoopOf(node: Node, syntax: Syntax): Loop | null {
  return [...loopsAround(node, syntax)].at(-1) ?? null;
}

/** From the innermost outwards; ends at the method, class or lambda around. */
export function* loopsAround(node: Node, syntax: Syntax): Generator<Loop> {
  let inner = node;
  for (const outer of syntax.ancestorsOf(node)) {
    if (isBoundary(outer)) return;
    if (inner instanceof BlockNode && outer instanceof CallNode) {
      if (definesMethods.has(outer.name)) return;
      if (isIterator(outer.name)) yield { node: outer, block: inner };
    } else if (isKeywordLoop(outer) && !(outer instanceof ForNode && inner === outer.collection)) {
      yield { node: outer, block: null };
    }
    inner = outer;
  }
}

/** `while`, `until`, `for`. */
export function isKeywordLoop(node: Node): node is WhileNode | UntilNode | ForNode {
  return node instanceof WhileNode || node instanceof UntilNode || node instanceof ForNode;
}

/** Whether a method of this name calls its block once per element or turn. */
export function isIterator(name: string): boolean {
  return iterators.has(name);
}

/** Whether an iterator of this name throws away what its block returns. */
export function ignoresBlockValue(name: string): boolean {
  return ignoring.has(name);
}

/** Whether an iterator of this name puts what its block returns into its own result. */
export function keepsBlockValue(name: string): boolean {
  return keeping.has(name);
}

function isBoundary(node: Node): boolean {
  return (
    node instanceof DefNode ||
    node instanceof LambdaNode ||
    node instanceof ClassNode ||
    node instanceof ModuleNode ||
    node instanceof SingletonClassNode
  );
}

/** Their blocks run later, as a method or job of their own. */
const definesMethods = new Set([
  ...['define_method', 'define_singleton_method', 'lambda', 'proc', 'new', 'at_exit', 'scope', 'task', 'rule'],
  ...['before_action', 'after_action', 'around_action', 'before_save', 'after_save', 'after_commit', 'rescue_from'],
]);

const ignoring = new Set([
  ...['each', 'each_with_index', 'each_entry', 'each_with_object', 'each_pair', 'each_key', 'each_value', 'each_index'],
  ...['each_slice', 'each_cons', 'each_char', 'each_byte', 'each_line', 'each_codepoint', 'each_grapheme_cluster'],
  ...['reverse_each', 'times', 'upto', 'downto', 'step', 'loop', 'cycle', 'foreach', 'each_child', 'each_entry'],
  ...['find_each', 'find_in_batches', 'in_batches', 'each_record', 'each_row', 'in_groups', 'in_groups_of'],
  ...['each_object', 'each_file', 'with_index', 'each_node', 'each_element'],
]);

const keeping = new Set([
  ...['map', 'map!', 'collect', 'collect!', 'flat_map', 'collect_concat', 'filter_map', 'to_h', 'group_by', 'sum'],
  ...['inject', 'reduce', 'transform_values', 'transform_values!', 'transform_keys', 'transform_keys!', 'index_by'],
  ...['index_with', 'sort_by', 'sort_by!', 'min_by', 'max_by', 'minmax_by', 'uniq', 'uniq!', 'tally_by'],
]);

const iterators = new Set([
  ...ignoring,
  ...['map', 'map!', 'collect', 'collect!', 'flat_map', 'collect_concat', 'filter_map', 'select', 'select!', 'filter'],
  ...['filter!', 'reject', 'reject!', 'keep_if', 'delete_if', 'find', 'detect', 'find_index', 'rindex', 'find_all'],
  ...['partition', 'group_by', 'chunk', 'chunk_while', 'slice_when', 'slice_before', 'slice_after', 'sum', 'count'],
  ...['inject', 'reduce', 'any?', 'all?', 'none?', 'one?', 'sort', 'sort!', 'sort_by', 'sort_by!', 'min_by', 'max_by'],
  ...[
    'minmax_by',
    'uniq',
    'uniq!',
    'to_h',
    'to_set',
    'tally_by',
    'zip',
    'each_with_index',
    'with_object',
    'take_while',
  ],
  ...['drop_while', 'transform_values', 'transform_values!', 'transform_keys', 'transform_keys!', 'index_by'],
  ...['index_with', 'filter_with_index', 'map_with_index', 'bsearch', 'cycle', 'gsub', 'gsub!', 'scan', 'map_batches'],
  ...['parallel_map', 'in_threads', 'each_in_batches', 'pluck_each', 'pluck_in_batches'],
]);
