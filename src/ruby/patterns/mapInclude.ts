import {
  CallNode,
  ForwardingArgumentsNode,
  KeywordHashNode,
  LocalVariableReadNode,
  type Node,
  SplatNode,
  StringNode,
} from '@ruby/prism/src/nodes.js';
import { blockOf, parameterNames, readsInside, singleExpression, symbolOfBlock } from '../blocks';
import { callChain } from '../callChain';
import { allEdits, insertAt, removeCall, renameCall } from '../edits';
import { callsNil, isImplicitParameter, iteratorBefore } from '../iteratorPairs';
import { isLocalRead } from '../locals';
import { freshName } from '../names';
import { definePattern, type Fix, type Match } from '../pattern';
import { isCheapConstant, isLiteral } from '../purity';
import { descendants, endOf, type Syntax } from '../syntax';
import { called } from '../witness';

/**
 * One field of all elements is collected, only to look for a value.
 *
 * before:
 *
 *     ids.count do |id|
 *       rows.map(&:id).include?(id)
 *     end
 *
 * after:
 *
 *     ids.count do |id|
 *       rows.any? { |x| x.id == id }
 *     end
 *
 * why:
 *
 * `any?` stops at the first match and builds no array. Measured on 300 questions about 300 rows: 617 objects before and 317
 * after, 730 KB and 7 KB. Where it is asked for every row of another list, a Set made once before the loop is faster still.
 *
 * check:
 * - The reader is not called for the elements after the first match: it must not be there for what it does.
 *
 * advice:
 * - The value looked for is the result of a call or a new String, which `any?` would repeat for every element.
 *
 * silent:
 * - The profile shows no `Array#map` or `Enumerable#map` called by the line: a relation, which is better asked by `exists?`.
 */
export const mapInclude = definePattern(CallNode, {
  id: 'map-include',
  section: 'ruby',
  title: 'One field of all elements is collected to look for a value',
  explanation: 'any? stops at the first match and builds no array. One array per call less.',
  gain: 'objects',
  saving: { made: /^(?:Array|Enumerable)#(?:map|collect)$/ },
  safety: 'review',
  severity: 'information',
  witnesses: [
    called(/^(?:Array|Enumerable)#(?:map|collect)$/, 'that this is an Array or another Enumerable', 'silent'),
  ],
  names: ['include?', 'member?'],
  match: matchInclude,
});

function matchInclude(include: CallNode, syntax: Syntax): Match | null {
  const map = iteratorBefore(include, /^(?:map|collect)$/);
  const [value, ...others] = include.arguments_?.arguments_ ?? [];
  const field = map && fieldOf(map, syntax);
  if (!map?.messageLoc || !field || !value || others.length > 0) return null;
  if (include.block || isSpread(value)) return null;

  const isCheap = isCheapConstant(value) && !(value instanceof StringNode && !value.isFrozen());
  const isKept = !descendants(value, () => true).some((node) => isImplicitParameter(node) || isHidden(node, field));
  return {
    range: syntax.rangeOf(map.messageLoc),
    note: noteFor(isCheap, isKept),
    fixes: isCheap && isKept && !callsNil(map, include) ? fixesFor(include, map, field, value, syntax) : [],
  };
}

/** What is asked of each element, with the name of the parameter it is asked of. */
interface Field {
  /** Null for `&:id`, which names none. */
  readonly parameter: string | null;
  /** With `parameter`: the source of the block's expression. Without: `id`. */
  readonly source: string;
}

/** `&:id`, `{ |row| row.id }`. */
function fieldOf(map: CallNode, syntax: Syntax): Field | null {
  const reader = symbolOfBlock(map);
  if (reader !== null) return /^[a-z_]\w*\??$/.test(reader) ? { parameter: null, source: reader } : null;
  const block = blockOf(map);
  const [parameter, ...others] = (block && parameterNames(block)) ?? [];
  const expression = block && singleExpression(block);
  if (!block || !expression || parameter === undefined || others.length > 0) return null;
  if (!isReadChain(expression, parameter)) return null;
  return { parameter, source: syntax.sourceOf(expression.location) };
}

/** `row.user.id`, `row[:id]`. */
function isReadChain(node: Node, parameter: string): boolean {
  const { root, calls } = callChain(node);
  const isOwn = isLocalRead(root) && readsInside(root, parameter).length === 1;
  return isOwn && calls.length > 0 && calls.every((call) => isPlainRead(call));
}

function isPlainRead({ name, arguments_, block }: CallNode): boolean {
  if (block !== null) return false;
  const [key, ...others] = arguments_?.arguments_ ?? [];
  return name === '[]'
    ? others.length === 0 && isLiteral(key ?? null)
    : key === undefined && /^[a-z_]\w*\??$/.test(name);
}

/** A read of another variable that has the name of the block's parameter. */
function isHidden(node: Node, { parameter }: Field): boolean {
  return node instanceof LocalVariableReadNode && node.name === parameter;
}

function isSpread(value: Node): boolean {
  return value instanceof SplatNode || value instanceof KeywordHashNode || value instanceof ForwardingArgumentsNode;
}

function noteFor(isCheap: boolean, isKept: boolean): string {
  if (!isCheap)
    return 'The value looked for is not a plain one and would be made anew for every element, so no edit is offered.';
  if (!isKept)
    return 'A block inside cannot read the value: it is a parameter without a name, or the block has one of the same name. No edit is offered.';
  return 'Check that the reader need not be called for the elements after the first match.';
}

function fixesFor(include: CallNode, map: CallNode, field: Field, value: Node, syntax: Syntax): Fix[] {
  const wanted = syntax.sourceOf(value.location);
  const body = field.parameter === null ? null : blockOf(map)?.body;
  if (body)
    return use(
      allEdits([
        renameCall(map, 'any?', syntax),
        insertAt(endOf(body.location), ` == ${wanted}`, syntax),
        removeCall(include, syntax),
      ]),
    );
  const from = map.messageLoc?.startOffset ?? 0;
  const to = endOf(map.location);
  if (syntax.hasCommentBetween(from, to)) return [];
  const name = freshName('x', include, syntax);
  const newText = `any? { |${name}| ${name}.${field.source} == ${wanted} }`;
  return use(allEdits([{ range: syntax.rangeBetween(from, to), newText }, removeCall(include, syntax)]));
}

function use(edits: Fix['edits'] | null): Fix[] {
  return edits === null ? [] : [{ title: 'Use any?', edits }];
}
