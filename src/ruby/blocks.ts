import {
  BlockArgumentNode,
  BlockNode,
  BlockParametersNode,
  BreakNode,
  CallNode,
  ItParametersNode,
  LambdaNode,
  NextNode,
  type Node,
  NumberedParametersNode,
  ParametersNode,
  RequiredParameterNode,
  ReturnNode,
  StatementsNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import { isLocalRead } from './locals';
import { isKeywordLoop } from './loops';
import { descendants, type Syntax } from './syntax';

/** The `{ … }` or `do … end` of a call, or null. */
export function blockOf(call: CallNode): BlockNode | null {
  return call.block instanceof BlockNode ? call.block : null;
}

/** `name` for `&:name`, else null. */
export function symbolOfBlock(call: CallNode): string | null {
  const { block } = call;
  return block instanceof BlockArgumentNode && block.expression instanceof SymbolNode
    ? (block.expression.unescaped.value ?? null)
    : null;
}

/**
 * Names of a block's parameters: `['k', 'v']`, `['it']`, `['_1', '_2']`, or [] for none. Null when there is anything but
 * plain required ones (defaults, splats, destructuring, block locals).
 */
export function parameterNames(block: BlockNode): string[] | null {
  const { parameters } = block;
  if (parameters === null) return [];
  if (parameters instanceof ItParametersNode) return ['it'];
  if (parameters instanceof NumberedParametersNode) {
    return Array.from({ length: parameters.maximum }, (_, i) => `_${i + 1}`);
  }
  if (!(parameters instanceof BlockParametersNode) || parameters.locals.length > 0) return null;
  const list = parameters.parameters;
  if (list === null) return [];
  if (!(list instanceof ParametersNode)) return null;
  const { requireds, optionals, rest, posts, keywords, keywordRest, block: blockParameter } = list;
  if (optionals.length + posts.length + keywords.length > 0 || rest || keywordRest || blockParameter) return null;
  const names = requireds.map((one) => (one instanceof RequiredParameterNode ? one.name : null));
  return names.includes(null) ? null : names.filter((name) => name !== null);
}

/** The only expression of a block, or null for none, several, and `begin`/`rescue` bodies. */
export function singleExpression(block: BlockNode): Node | null {
  const { body } = block;
  return body instanceof StatementsNode && body.body.length === 1 ? (body.body[0] ?? null) : null;
}

/** Statements of a block, or null for a body with `rescue` or `ensure`. */
export function statementsOf(block: BlockNode): readonly Node[] | null {
  if (block.body === null) return [];
  return block.body instanceof StatementsNode ? block.body.body : null;
}

/** Every call inside a node, at any depth. */
export function callsInside(node: Node): CallNode[] {
  return descendants(node, () => true).filter((part): part is CallNode => part instanceof CallNode);
}

/** Reads of a local, `it` or `_1` by this name inside a node. */
export function readsInside(node: Node, name: string): Node[] {
  return descendants(node, () => true).filter((part) => isLocalRead(part) && nameOfRead(part) === name);
}

/** Whether `break value` ends the block's own iteration, so that the value becomes the call's. */
export function breaksWithValue(block: BlockNode): boolean {
  return ownJumps(block).some((node) => node instanceof BreakNode && node.arguments_ !== null);
}

/** Whether the block leaves by `break`, `next` or `return` before its last expression. */
export function jumps(block: BlockNode): boolean {
  return ownJumps(block).length > 0;
}

function ownJumps(block: BlockNode): Node[] {
  const own = descendants(
    block,
    (child) => !(child instanceof BlockNode || child instanceof LambdaNode || isKeywordLoop(child)),
  );
  return own.filter((node) => node instanceof BreakNode || node instanceof NextNode || node instanceof ReturnNode);
}

/**
 * Whether a block may notice or change the collection it walks over: it names it in anything but a question or a read
 * (`hash[k]`, `hash.key?(k)`). For a receiver that is a call, any call of the same text counts as naming it.
 */
export function touches(block: Node, receiver: Node, syntax: Syntax): boolean {
  const source = syntax.sourceOf(receiver.location);
  return descendants(block, () => true).some((node) => {
    if (node.constructor !== receiver.constructor || syntax.sourceOf(node.location) !== source) return false;
    const outer = syntax.parentOf(node);
    return !(outer instanceof CallNode && outer.receiver === node && isReader(outer.name));
  });
}

function isReader(name: string): boolean {
  return (name.endsWith('?') && !/^(?:add|delete)/.test(name)) || readers.has(name);
}

const readers = new Set(['[]', 'fetch', 'dig', 'size', 'length', 'count', 'keys', 'values', '==', '!=', 'values_at']);

function nameOfRead(node: Node): string {
  return 'name' in node && typeof node.name === 'string' ? node.name : 'it';
}
