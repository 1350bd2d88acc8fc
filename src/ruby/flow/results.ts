import {
  AndNode,
  ArrayNode,
  BeginNode,
  BlockNode,
  CallNode,
  CaseNode,
  DefNode,
  ElseNode,
  IfNode,
  LambdaNode,
  NextNode,
  NilNode,
  type Node,
  OrNode,
  ParenthesesNode,
  RescueModifierNode,
  ReturnNode,
  StatementsNode,
  UnlessNode,
  WhenNode,
} from '@ruby/prism/src/nodes.js';
import { descendants } from '../syntax';

/** The value of a branch that is not there. */
const nothing: readonly Node[] = [];

/**
 * The expressions that may be the value of branches and brackets: of `if` those at the end of both. Those that are left out
 * are `nil`. Null for what is no branch.
 */
export function resultsOf(node: Node): readonly Node[] | null {
  if (node instanceof ParenthesesNode) return endOfBody(node.body);
  if (node instanceof StatementsNode) return endOfBody(node);
  if (node instanceof IfNode) return [...endOfBody(node.statements), ...endOfBody(node.subsequent)];
  if (node instanceof UnlessNode) return [...endOfBody(node.statements), ...endOfBody(node.elseClause)];
  if (node instanceof ElseNode || node instanceof WhenNode) return endOfBody(node.statements);
  if (node instanceof CaseNode) {
    return [...node.conditions.flatMap((when) => endOfBody(when)), ...endOfBody(node.elseClause)];
  }
  if (node instanceof AndNode) return leavesOf(node.right);
  if (node instanceof OrNode) return [node.left, node.right].flatMap(leavesOf);
  if (node instanceof RescueModifierNode) return [node.expression, node.rescueExpression].flatMap(leavesOf);
  if (node instanceof BeginNode) {
    const rescued: Node[] = [];
    for (let rescue = node.rescueClause; rescue; rescue = rescue.subsequent)
      rescued.push(...endOfBody(rescue.statements));
    return [...endOfBody(node.elseClause ?? node.statements), ...rescued];
  }
  return null;
}

/** The expressions that an expression's value comes from: those of its branches, or itself. */
export function leavesOf(node: Node): readonly Node[] {
  return resultsOf(node) ?? [node];
}

/** What a method may return, by its end and by `return`. */
export function returnsOf(method: DefNode): readonly Node[] {
  return [...endOfBody(method.body), ...jumpsOf(method, ReturnNode, isMethod)];
}

/** What a block may give back, by its end and by `next`. */
export function blockResults(block: BlockNode): readonly Node[] {
  return [...endOfBody(block.body), ...jumpsOf(block, NextNode, isClosure)];
}

/** `nil`, `[]`, and what does not come back. */
export function isNeutral(node: Node): boolean {
  if (node instanceof NilNode || node instanceof ReturnNode || node instanceof NextNode) return true;
  if (node instanceof ArrayNode) return node.elements.length === 0;
  return node instanceof CallNode && node.receiver === null && /^(?:raise|fail|exit|abort)$/.test(node.name);
}

function endOfBody(body: Node | null): readonly Node[] {
  if (body === null) return nothing;
  const last = body instanceof StatementsNode ? (body.body.at(-1) ?? null) : body;
  return last === null ? nothing : leavesOf(last);
}

/** Values of the jumps of such a class that leave this node; several values are one array, which stands for itself. */
function jumpsOf(
  root: DefNode | BlockNode,
  kind: typeof ReturnNode | typeof NextNode,
  isBoundary: (node: Node) => boolean,
): Node[] {
  return descendants(root, (child) => !isBoundary(child)).flatMap((node) => {
    if (!(node instanceof kind)) return [];
    const values = node.arguments_?.arguments_ ?? [];
    return values.length === 1
      ? leavesOf(values[0]!)
      : values.length === 0 || !node.arguments_
        ? []
        : [node.arguments_];
  });
}

function isMethod(node: Node): boolean {
  return node instanceof DefNode || node instanceof LambdaNode;
}

function isClosure(node: Node): boolean {
  return isMethod(node) || node instanceof BlockNode;
}
