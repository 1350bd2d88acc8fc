import {
  AndNode,
  ArgumentsNode,
  BeginNode,
  BlockNode,
  CallNode,
  CaseMatchNode,
  CaseNode,
  ClassNode,
  DefNode,
  ElseNode,
  EnsureNode,
  ForNode,
  IfNode,
  InNode,
  LambdaNode,
  ModuleNode,
  type Node,
  OrNode,
  ParenthesesNode,
  ProgramNode,
  RescueModifierNode,
  RescueNode,
  ReturnNode,
  SingletonClassNode,
  StatementsNode,
  UnlessNode,
  UntilNode,
  WhenNode,
  WhileNode,
} from '@ruby/prism/src/nodes.js';
import { ignoresBlockValue, keepsBlockValue } from './loops';
import type { Syntax } from './syntax';

/**
 * What happens to an expression's value. `unused`: a statement with others after it. `returned`: the last statement of a
 * method or block, so a caller may use it, which for `perform` and the like nobody does. `used`: everything else.
 */
export type UseOfValue = 'unused' | 'returned' | 'used';

export function useOfValue(node: Node, syntax: Syntax): UseOfValue {
  return follow(node, syntax, 'returned');
}

/** Like `useOfValue`; what the block of a `map` and its like returns is `used`. */
export function useOfIteratorValue(node: Node, syntax: Syntax): UseOfValue {
  return follow(node, syntax, 'used');
}

function follow(node: Node, syntax: Syntax, collected: UseOfValue): UseOfValue {
  let inner = node;
  for (const outer of syntax.ancestorsOf(node)) {
    if (outer instanceof StatementsNode) {
      if (outer.body[outer.body.length - 1] !== inner) return 'unused';
    } else if (drops(outer, inner, syntax)) {
      return 'unused';
    } else if (outer instanceof BlockNode && isCollected(outer, syntax)) {
      return collected;
    } else if (returns(outer, syntax)) {
      return 'returned';
    } else if (!passesOn(outer, inner)) {
      return 'used';
    }
    inner = outer;
  }
  return 'unused';
}

/** The block of a `map` and its like, which keep what it gives. */
function isCollected(block: BlockNode, syntax: Syntax): boolean {
  const call = syntax.parentOf(block);
  return call instanceof CallNode && keepsBlockValue(call.name);
}

function returns(outer: Node, syntax: Syntax): boolean {
  if (outer instanceof ArgumentsNode) return syntax.parentOf(outer) instanceof ReturnNode;
  return outer instanceof DefNode || outer instanceof BlockNode || outer instanceof LambdaNode;
}

/** Bodies whose last value goes nowhere; blocks of `each` among them. */
function drops(outer: Node, inner: Node, syntax: Syntax): boolean {
  if (outer instanceof BlockNode) {
    const call = syntax.parentOf(outer);
    return call instanceof CallNode && ignoresBlockValue(call.name);
  }
  if (outer instanceof ProgramNode || outer instanceof EnsureNode) return true;
  if (outer instanceof ClassNode || outer instanceof ModuleNode || outer instanceof SingletonClassNode) {
    return inner === outer.body;
  }
  return (
    (outer instanceof WhileNode || outer instanceof UntilNode || outer instanceof ForNode) && inner === outer.statements
  );
}

/** Branches and brackets, whose value is that of their last statement. */
function passesOn(outer: Node, inner: Node): boolean {
  if (outer instanceof IfNode || outer instanceof UnlessNode) return inner !== outer.predicate;
  if (outer instanceof CaseNode || outer instanceof CaseMatchNode) return inner !== outer.predicate;
  if (outer instanceof WhenNode || outer instanceof InNode) return inner === outer.statements;
  if (outer instanceof RescueNode) return inner === outer.statements || inner === outer.subsequent;
  if (outer instanceof AndNode || outer instanceof OrNode) return inner === outer.right;
  return (
    outer instanceof ElseNode ||
    outer instanceof BeginNode ||
    outer instanceof ParenthesesNode ||
    outer instanceof RescueModifierNode
  );
}
