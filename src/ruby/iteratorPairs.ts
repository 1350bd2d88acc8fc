import {
  BlockNode,
  BlockParametersNode,
  BreakNode,
  CallNode,
  ItLocalVariableReadNode,
  LocalVariableReadNode,
  type Node,
  ParametersNode,
  ParenthesesNode,
  RangeNode,
  SelfNode,
  StatementsNode,
  YieldNode,
} from '@ruby/prism/src/nodes.js';
import { blockOf, callsInside, parameterNames, symbolOfBlock } from './blocks';
import { callChain } from './callChain';
import { isLocalRead } from './locals';
import { descendants } from './syntax';

/**
 * The iterator in `list.ITERATOR { … }.LAST`, when its name is one of these and one call could do the work of both: it has a
 * block and no arguments, nothing leaves it by `break`, and the chain is not lazy. Null for
 * anything else.
 */
export function iteratorBefore({ receiver: iterator, callOperatorLoc }: CallNode, names: RegExp): CallNode | null {
  return callOperatorLoc && iterator instanceof CallNode && isIterator(iterator, names) ? iterator : null;
}

/** The same demands, whatever the iterator's value is used for. */
export function isIterator(call: CallNode, names: RegExp): boolean {
  const { receiver, messageLoc, block, arguments_ } = call;
  if (!names.test(call.name) || !receiver || !messageLoc || !block || arguments_) return false;
  return !isLazy(call) && !breaks(block) && !choosesColumns(call);
}

/** `dataset.select { [min(price), max(price)] }`: the block looks at no element, it names columns as Sequel does. */
export function choosesColumns(call: CallNode): boolean {
  return /^(?:select|filter)$/.test(call.name) && blockOf(call)?.parameters === null;
}

/** `a&.b.c`, where `c` is called on `nil` when there is no `a`. */
export function callsNil(first: CallNode, last: CallNode): boolean {
  return first.isSafeNavigation() && !last.isSafeNavigation();
}

/** No arguments and no block. */
export function isBare({ arguments_, block }: CallNode): boolean {
  return arguments_ === null && block === null;
}

/** `list.lazy.map { … }`. */
export function isLazy(call: CallNode): boolean {
  return callChain(call).calls.some(({ name }) => name === 'lazy');
}

/** Whether anything in a block, nested ones included, says `break`. */
export function breaks(block: Node): boolean {
  return descendants(block, () => true).some((node) => node instanceof BreakNode);
}

/** `&block`, `&method(:name)`: nobody knows how many parameters it wants. */
export function hasGivenBlock(call: CallNode): boolean {
  return call.block !== null && !(call.block instanceof BlockNode) && symbolOfBlock(call) === null;
}

/** Whether the block wants one thing per element: `{ |row| … }`, `{ |(a, b)| … }`, `{ |*all| … }`, `{ it }`, `&:name`. */
export function takesOne(call: CallNode): boolean {
  const block = blockOf(call);
  if (block === null) return true;
  const names = parameterNames(block);
  if (names !== null) return names.length === 1;
  const { parameters } = block;
  const list = parameters instanceof BlockParametersNode ? parameters.parameters : null;
  return !(list instanceof ParametersNode && list.requireds.length > 1);
}

/**
 * Whether iterators disagree about what the block gets: `list.each_with_index.select { |x| … }` is given pairs, `count` in its
 * place only the elements.
 */
export function splitsElements(call: CallNode): boolean {
  return takesOne(call) && yieldsSeveral(call.receiver);
}

function yieldsSeveral(list: Node | null): boolean {
  return list instanceof CallNode && !list.block && several.test(list.name);
}

const several = /^(?:each_)?with_(?:index|object)$|^(?:each_pair|each_entry|each|map|to_enum|enum_for)$/;

/**
 * Whether the block of a call runs code that may change the collection it walks over without naming it: a given block, a
 * `yield`, or a method of this object when the collection is no local variable.
 */
export function mayReach(call: CallNode, collection: Node): boolean {
  const { block } = call;
  if (!(block instanceof BlockNode)) return symbolOfBlock(call) === null;
  if (isLocalRead(collection)) return false;
  const calls = callsInside(block).filter(({ receiver }) => receiver === null || receiver instanceof SelfNode);
  return calls.length > 0 || descendants(block, () => true).some((node) => node instanceof YieldNode);
}

/** `(a..b)`, which is no Array and no Hash either. */
export function isRange(node: Node | null): boolean {
  const body = node instanceof ParenthesesNode ? node.body : null;
  return body instanceof StatementsNode && body.body.length === 1 && body.body[0] instanceof RangeNode;
}

/** A read of `it` or `_1`, which mean something else, or nothing, in a block inside. */
export function isImplicitParameter(node: Node): boolean {
  return (
    node instanceof ItLocalVariableReadNode || (node instanceof LocalVariableReadNode && /^_[1-9]$/.test(node.name))
  );
}
