import {
  AndNode,
  ArgumentsNode,
  BreakNode,
  CallNode,
  DefinedNode,
  IfNode,
  MatchPredicateNode,
  MatchRequiredNode,
  MultiWriteNode,
  NextNode,
  type Node,
  OrNode,
  RangeNode,
  RescueModifierNode,
  ReturnNode,
  SuperNode,
  UnlessNode,
  UntilNode,
  WhileNode,
  YieldNode,
} from '@ruby/prism/src/nodes.js';
import type { Syntax } from './syntax';

/** Where the text of an expression is to be put: `(X, y)`, `z << X`, `X.name`. */
export type Place = 'argument' | 'operand' | 'receiver';

/** The source of a node, in parentheses where the place needs them. For operands: of an operator as strong as `<<`. */
export function sourceAs(node: Node, place: Place, syntax: Syntax): string {
  const source = syntax.sourceOf(node.location);
  return needsParentheses(node, place, syntax) ? `(${source})` : source;
}

export function needsParentheses(node: Node, place: Place, syntax: Syntax): boolean {
  return strengthOf(node, syntax) < needed[place];
}

/** How strongly a node holds together, weakest first: what Ruby's grammar calls statement, argument and primary. */
const Strength = {
  /** `a and b`, `x if y`, `puts 1`: may not be an argument. */
  statement: 0,
  /** `a ? b : c`, `x = 1`, `a || b`, `1..2`, `a == b`, `a << b`. */
  shift: 1,
  /** `a + b`, `-a`, `a * b`, `!a`. */
  arithmetic: 2,
  /** Names, literals, calls with a dot, anything in brackets or with its own `end`. */
  primary: 3,
} as const;
type Strength = (typeof Strength)[keyof typeof Strength];

const needed: Readonly<Record<Place, Strength>> = {
  argument: Strength.shift,
  operand: Strength.arithmetic,
  receiver: Strength.primary,
};

function strengthOf(node: Node, syntax: Syntax): Strength {
  if (node instanceof AndNode || node instanceof OrNode) {
    return /^(?:and|or)$/.test(syntax.sourceOf(node.operatorLoc)) ? Strength.statement : Strength.shift;
  }
  if (node instanceof IfNode) {
    if (node.ifKeywordLoc === null) return Strength.shift;
    return node.endKeywordLoc === null ? Strength.statement : Strength.primary;
  }
  if (node instanceof UnlessNode) return node.endKeywordLoc === null ? Strength.statement : Strength.primary;
  if (node instanceof WhileNode || node instanceof UntilNode) {
    return node.closingLoc === null ? Strength.statement : Strength.primary;
  }
  if (node instanceof CallNode) return strengthOfCall(node, syntax);
  if (node instanceof YieldNode || node instanceof SuperNode) {
    return node.arguments_ !== null && node.lparenLoc === null ? Strength.statement : Strength.primary;
  }
  if (isStatement(node)) return Strength.statement;
  if (node instanceof RangeNode || node instanceof DefinedNode) return Strength.shift;
  return isAssignment(node) ? Strength.shift : Strength.primary;
}

function isStatement(node: Node): boolean {
  return (
    node instanceof RescueModifierNode ||
    node instanceof MatchPredicateNode ||
    node instanceof MatchRequiredNode ||
    node instanceof MultiWriteNode ||
    node instanceof ReturnNode ||
    node instanceof NextNode ||
    node instanceof BreakNode
  );
}

function strengthOfCall(call: CallNode, syntax: Syntax): Strength {
  const { name, arguments_, openingLoc, callOperatorLoc, block } = call;
  if (callOperatorLoc === null && call.receiver !== null && /^\W/.test(name) && name !== '[]' && name !== '[]=') {
    if (name === '!' && /^not\b/.test(syntax.sourceOf(call.location))) return Strength.statement;
    return tight.has(name) ? Strength.arithmetic : Strength.shift;
  }
  if (call.equalLoc !== null) return Strength.shift;
  // `foo bar`, `foo bar do … end`
  if (arguments_ !== null && openingLoc === null) return Strength.statement;
  return block !== null && openingLoc === null && call.receiver === null && isDoBlock(block, syntax)
    ? Strength.statement
    : Strength.primary;
}

function isDoBlock(block: Node, syntax: Syntax): boolean {
  return syntax.sourceOf(block.location).startsWith('do');
}

/** Operators stronger than `<<`. */
const tight = new Set(['+', '-', '*', '/', '%', '**', '-@', '+@', '!', '~']);

/** `x = 1`, `x += 1`, `x.y ||= 1`, `A = 1`: all nodes that Prism gives a value and an operator. */
function isAssignment(node: Node): boolean {
  return 'value' in node && ('operatorLoc' in node || 'binaryOperatorLoc' in node);
}

/** `write b.attributes.slice("date")`: a brace in place of the argument would open a block. */
export function braceOpensBlock(argument: Node, syntax: Syntax): boolean {
  let inner = argument;
  for (const outer of syntax.ancestorsOf(argument)) {
    if (outer instanceof ArgumentsNode) {
      const call = syntax.parentOf(outer);
      return call instanceof CallNode && isCommand(call) && outer.arguments_[0] === inner;
    }
    if (outer.location.startOffset !== argument.location.startOffset) return false;
    inner = outer;
  }
  return false;
}

/** `write x`; not `write(x)` and not the operator of `rows << x`. */
function isCommand({ name, openingLoc }: CallNode): boolean {
  return openingLoc === null && /\w[?!]?$/.test(name);
}
