import { BlockNode, CallNode, DefNode, LambdaNode, type Node } from '@ruby/prism/src/nodes.js';
import type { Site } from './pattern';
import type { Syntax } from './syntax';

/**
 * The lines with the number of blocks around the node that are opened on each. A block on the line of its own loop runs at
 * that line too, so a stack can hold the line several times:
 *
 *     rows.each { |row| row.keys.each { … } }        Report#run:7 > Array#each > Report#run:7 > Hash#keys
 *
 * `rows.each` is depth 0 and called by the first `Report#run:7`, `row.keys` is depth 1 and called by the second.
 */
export function sitesOf(node: Node, lines: readonly number[], syntax: Syntax): Site[] {
  const opened = linesOfBlocksAround(node, syntax);
  return lines.map((line) => ({ line, depth: opened.filter((at) => at === line).length }));
}

function linesOfBlocksAround(node: Node, syntax: Syntax): number[] {
  const lines: number[] = [];
  let inner = node;
  for (const outer of syntax.ancestorsOf(node)) {
    if (outer instanceof DefNode) break;
    if (inner instanceof BlockNode) lines.push(callLine(outer, syntax));
    if (inner instanceof LambdaNode) lines.push(syntax.lineOf(inner.location));
    inner = outer;
  }
  return lines;
}

/** 1-based line that Ruby charges a call to: that of the method's name, not of the start of its receiver. */
export function callLine(call: Node, syntax: Syntax): number {
  return syntax.lineOf((call instanceof CallNode && call.messageLoc) || call.location);
}
