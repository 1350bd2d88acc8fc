import {
  AndNode,
  ArrayNode,
  CallNode,
  CaseMatchNode,
  CaseNode,
  ConstantPathNode,
  ConstantReadNode,
  ElseNode,
  FalseNode,
  FloatNode,
  HashNode,
  IfNode,
  ImaginaryNode,
  InNode,
  IntegerNode,
  InterpolatedRegularExpressionNode,
  InterpolatedStringNode,
  InterpolatedSymbolNode,
  KeywordHashNode,
  LambdaNode,
  NextNode,
  NilNode,
  type Node,
  OrNode,
  ParenthesesNode,
  RangeNode,
  RationalNode,
  RegularExpressionNode,
  SelfNode,
  SourceFileNode,
  SourceLineNode,
  StatementsNode,
  StringNode,
  SymbolNode,
  TrueNode,
  UnlessNode,
  WhenNode,
} from '@ruby/prism/src/nodes.js';

/** Whether an expression, or the last one of statements, may be `nil` or `false`. Null stands for no expression: `nil`. */
export function canBeFalsy(node: Node | null): boolean {
  return canBe(node, 'nil') || canBe(node, 'false');
}

/** Like `canBeFalsy`, for `false` only. */
export function canBeFalse(node: Node | null): boolean {
  return canBe(node, 'false');
}

/** Like `canBeFalsy`, for `nil` only. */
export function canBeNil(node: Node | null): boolean {
  return canBe(node, 'nil');
}

function canBe(node: Node | null, falsy: 'nil' | 'false'): boolean {
  if (node === null || node instanceof NilNode) return falsy === 'nil';
  if (node instanceof FalseNode) return falsy === 'false';
  if (isTruthyLiteral(node)) return false;
  if (node instanceof StatementsNode) return canBe(node.body.at(-1) ?? null, falsy);
  if (node instanceof ParenthesesNode || node instanceof ElseNode) {
    return canBe(node instanceof ElseNode ? node.statements : node.body, falsy);
  }
  if (node instanceof NextNode) return canBe(node.arguments_?.arguments_[0] ?? null, falsy);
  if (node instanceof OrNode) return canBe(node.right, falsy);
  if (node instanceof AndNode) return canBe(node.left, falsy) || canBe(node.right, falsy);
  if (node instanceof IfNode) return canBe(node.statements, falsy) || canBe(node.subsequent, falsy);
  if (node instanceof UnlessNode) return canBe(node.statements, falsy) || canBe(node.elseClause, falsy);
  if (node instanceof CaseNode || node instanceof CaseMatchNode) return caseCanBe(node, falsy);
  if (node instanceof CallNode) return callCanBe(node, falsy);
  return true;
}

/** Without `else`, `case … when` gives nil where nothing fits, and `case … in` raises an error. */
function caseCanBe({ conditions, elseClause }: CaseNode | CaseMatchNode, falsy: 'nil' | 'false'): boolean {
  const branches = conditions.map((one) =>
    one instanceof WhenNode || one instanceof InNode ? canBe(one.statements, falsy) : false,
  );
  const isNilOtherwise = falsy === 'nil' && conditions.some((one) => one instanceof WhenNode);
  return branches.includes(true) || (elseClause ? canBe(elseClause, falsy) : isNilOtherwise);
}

function isTruthyLiteral(node: Node): boolean {
  return (
    node instanceof TrueNode ||
    node instanceof SelfNode ||
    node instanceof StringNode ||
    node instanceof SymbolNode ||
    node instanceof IntegerNode ||
    node instanceof FloatNode ||
    node instanceof RationalNode ||
    node instanceof ImaginaryNode ||
    node instanceof ArrayNode ||
    node instanceof HashNode ||
    node instanceof KeywordHashNode ||
    node instanceof RangeNode ||
    node instanceof LambdaNode ||
    node instanceof RegularExpressionNode ||
    node instanceof InterpolatedRegularExpressionNode ||
    node instanceof InterpolatedStringNode ||
    node instanceof InterpolatedSymbolNode ||
    node instanceof SourceFileNode ||
    node instanceof SourceLineNode
  );
}

function callCanBe(call: CallNode, falsy: 'nil' | 'false'): boolean {
  if (call.isSafeNavigation()) return falsy === 'nil' || callResultCanBe(call, falsy);
  return callResultCanBe(call, falsy);
}

function callResultCanBe({ name, receiver }: CallNode, falsy: 'nil' | 'false'): boolean {
  if (truthyResults.has(name)) return false;
  if (name === 'new') return !(receiver instanceof ConstantReadNode || receiver instanceof ConstantPathNode);
  if (comparisons.has(name) || (name.endsWith('?') && name !== 'nonzero?')) return falsy === 'false';
  return true;
}

const comparisons = new Set(['==', '!=', '<', '>', '<=', '>=', '===', '!', '!~']);

/** Arithmetic, and conversions whose result is always an object of their class. */
const truthyResults = new Set([
  ...['+', '-', '*', '/', '%', '**', '-@', '+@'],
  ...['to_s', 'to_i', 'to_f', 'to_r', 'to_c', 'to_d', 'to_a', 'to_h', 'to_sym', 'to_str', 'to_json', 'inspect', 'hash'],
  ...['size', 'length', 'count', 'bytesize', 'class', 'keys', 'values', 'map', 'merge', 'join', 'format', 'sprintf'],
  ...['Integer', 'Float', 'String', 'Array', 'Rational', 'BigDecimal'],
]);
