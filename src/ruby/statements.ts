import { type Node, ParenthesesNode, StatementsNode } from '@ruby/prism/src/nodes.js';
import type { Syntax } from './syntax';

/** The statement that a node is or is part of: the nearest one in a body. Null for parameters and the like. */
export function statementOf(node: Node, syntax: Syntax): Node | null {
  let inner = node;
  for (const outer of syntax.ancestorsOf(node)) {
    if (outer instanceof StatementsNode && !(syntax.parentOf(outer) instanceof ParenthesesNode)) return inner;
    inner = outer;
  }
  return null;
}

/** The list of statements that a statement stands in. */
export function statementsAround(statement: Node, syntax: Syntax): readonly Node[] {
  const list = syntax.parentOf(statement);
  return list instanceof StatementsNode ? list.body : [];
}

/** White space before the first thing on the node's line; null when that is not the node itself. */
export function indentOf(node: Node, syntax: Syntax): string | null {
  const { line, character } = syntax.rangeOf(node.location).start;
  const before = syntax.lineText(line).slice(0, character);
  return before.trim() === '' ? before : null;
}

/** White space at the start of the line on which a node starts. */
export function lineIndent(node: Node, syntax: Syntax): string {
  return /^[ \t]*/.exec(syntax.lineText(syntax.rangeOf(node.location).start.line))?.[0] ?? '';
}
