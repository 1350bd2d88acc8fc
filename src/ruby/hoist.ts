import type { Node } from '@ruby/prism/src/nodes.js';
import { lineBefore, replace } from './edits';
import type { Loop } from './loops';
import { freshName } from './names';
import type { Fix } from './pattern';
import { endOf, type Syntax } from './syntax';

/**
 * Makes a value before a loop, in a local variable of its own, and reads that in the loop. No fix when it spans lines, holds
 * a comment, or the loop does not start on a line of its own.
 */
export function hoist(node: Node, loop: Loop, base: string, suffix: string, syntax: Syntax): Fix[] {
  const source = syntax.sourceOf(node.location);
  const { startOffset } = node.location;
  if (source.includes('\n') || syntax.hasCommentBetween(startOffset, endOf(node.location))) return [];
  const name = freshName(base, node, syntax);
  const before = lineBefore(loop.node, `${name} = ${source}${suffix}`, syntax);
  return before === null ? [] : [{ title: 'Make it before the loop', edits: [before, replace(node, name, syntax)] }];
}
