import {
  ArrayNode,
  AssocNode,
  BlockNode,
  CallNode,
  CaseNode,
  DefNode,
  HashNode,
  InterpolatedRegularExpressionNode,
  InterpolatedStringNode,
  KeywordHashNode,
  LambdaNode,
  LocalVariableOperatorWriteNode,
  type Node,
  StringNode,
  SymbolNode,
  WhenNode,
} from '@ruby/prism/src/nodes.js';
import { frozenStringLiteral } from './magicComments';
import type { MatchContext } from './matchContext';
import { isLiteral } from './purity';
import { callLine } from './sites';
import type { Syntax } from './syntax';
import { isAtLeast } from './versions';

/** What the expressions of a line make themselves each time it is evaluated, as far as its text tells. */
export interface MadeOnLine {
  /** Text literals that are a new object each time, in source order. */
  readonly texts: readonly StringNode[];
  /** `+` of texts. Ruby charges it to the line or to `String#+`: that depends on the encodings. */
  readonly joins: readonly Node[];
  /** Objects by lists, hashes, interpolations and lambdas. */
  readonly others: number;
}

/**
 * What is made on the line of a node and in the same block: a block on the line of its own loop runs more often than what
 * stands before it. One pass over the text, kept.
 */
export function madeOnLine(node: Node, syntax: Syntax, context: MatchContext): MadeOnLine {
  const made = tables.get(syntax) ?? countAll(syntax, context);
  tables.set(syntax, made);
  return made.get(placeOf(node, syntax)) ?? nothing;
}

const nothing: MadeOnLine = { texts: [], joins: [], others: 0 };

const tables = new WeakMap<Syntax, ReadonlyMap<string, MadeOnLine>>();

/** How many objects that is in one turn. */
export function countOf({ texts, joins, others }: MadeOnLine): number {
  return texts.length + joins.length + others;
}

function countAll(syntax: Syntax, { ruby }: MatchContext): Map<string, MadeOnLine> {
  const isFrozen = frozenStringLiteral(syntax) === true;
  const table = new Map<string, MadeOnLine>();
  const joins = new Set<Node>();
  // Inner joins first: what they give is a text for the outer ones.
  for (const node of syntax.nodes.toReversed()) {
    const isText = node instanceof StringNode && !isFrozen && isMadeText(node, syntax, ruby);
    const isJoin = isJoinOfTexts(node, joins);
    const others = objectsOf(node);
    if (isJoin) joins.add(node);
    if (!isText && !isJoin && others === 0) continue;
    const place = placeOf(node, syntax);
    const found = table.get(place) ?? nothing;
    table.set(place, {
      texts: isText ? [node, ...found.texts] : found.texts,
      joins: isJoin ? [node, ...found.joins] : found.joins,
      others: found.others + others,
    });
  }
  return table;
}

/** Calls on a literal that make nothing, or a new text anyway. */
const ownWays = new Set(['freeze', '-@', '+@', 'dup', 'clone', 'dedup']);

/** Whether a literal is a new object each time, in a file without the magic comment. */
export function isMadeText(text: StringNode, syntax: Syntax, ruby: string | null): boolean {
  // Parts of `"a#{b}"` have no quotes of their own, and the words of `%w[…]` neither.
  if (text.openingLoc === null) return false;
  const outer = syntax.parentOf(text);
  if (outer instanceof InterpolatedStringNode) return false;
  if (outer instanceof AssocNode && outer.key === text) return false;
  if (outer instanceof WhenNode) {
    const whole = syntax.parentOf(outer);
    return !(
      whole instanceof CaseNode &&
      whole.conditions.every((one) => one instanceof WhenNode && one.conditions.every(isLiteral))
    );
  }
  if (outer instanceof CallNode && outer.receiver === text) return !ownWays.has(outer.name);
  const call = outer && syntax.parentOf(outer);
  const isKey = call instanceof CallNode && /^\[\]=?$/.test(call.name) && call.arguments_?.arguments_[0] === text;
  return !isKey || isAtLeast(ruby, '4.0') === true;
}

function isJoinOfTexts(node: Node, joins: ReadonlySet<Node>): boolean {
  const isText = (one: Node | null | undefined): boolean =>
    one instanceof StringNode || one instanceof InterpolatedStringNode || (!!one && joins.has(one));
  if (node instanceof LocalVariableOperatorWriteNode) return node.binaryOperator === '+' && isText(node.value);
  return (
    node instanceof CallNode && node.name === '+' && (isText(node.receiver) || isText(node.arguments_?.arguments_[0]))
  );
}

function objectsOf(node: Node): number {
  // Keywords become arguments without an object where all are symbols; else Ruby makes a hash and hands on a copy.
  if (node instanceof KeywordHashNode) {
    return node.elements.every((pair) => pair instanceof AssocNode && pair.key instanceof SymbolNode) ? 0 : 2;
  }
  const isOne =
    node instanceof ArrayNode ||
    node instanceof HashNode ||
    node instanceof InterpolatedStringNode ||
    node instanceof InterpolatedRegularExpressionNode ||
    node instanceof LambdaNode;
  return isOne ? 1 : 0;
}

/** The line that Ruby charges the node to, and the block that it stands in. */
function placeOf(node: Node, syntax: Syntax): string {
  let block = 0;
  for (const outer of syntax.ancestorsOf(node)) {
    if (!(outer instanceof BlockNode || outer instanceof LambdaNode || outer instanceof DefNode)) continue;
    block = outer.location.startOffset;
    break;
  }
  return `${callLine(node, syntax)}:${block}`;
}
