import { ArrayNode, KeywordHashNode, type Node, SplatNode } from '@ruby/prism/src/nodes.js';
import { insertAt } from './edits';
import { needsParentheses } from './precedence';
import { endOf, type Syntax } from './syntax';
import type { TextEdit } from './textRange';

/**
 * Makes `array += ADDED` (or `array + ADDED`) add to the array: ` << x` for `[x]`, `.push(x, y)` for `[x, y]`, `.concat(ADDED)`
 * for anything else. `from`: offset in bytes where the array's name ends. Null when a comment would be lost, and for
 * `array += x, y`, which has no brackets.
 */
export function appendEdits(from: number, added: Node, syntax: Syntax): readonly TextEdit[] | null {
  const { startOffset } = added.location;
  if (syntax.hasCommentBetween(from, startOffset)) return null;
  if (!(added instanceof ArrayNode)) return wrap(from, added, '.concat(', syntax);
  const { openingLoc, closingLoc, elements } = added;
  if (openingLoc === null || closingLoc === null) return null;
  const [first] = elements;
  const last = elements.at(-1);
  const isPlain = elements.every((one) => !(one instanceof KeywordHashNode));
  if (!first || !last || !isPlain || syntax.sourceOf(openingLoc) !== '[') return wrap(from, added, '.concat(', syntax);

  const [start, end] = [first.location.startOffset, endOf(last.location)];
  if (syntax.hasCommentBetween(from, start) || syntax.hasCommentBetween(end, endOf(added.location))) return null;
  const isOne = first === last && !(first instanceof SplatNode);
  const isLoose = isOne && needsParentheses(first, 'operand', syntax);
  const opening = isOne ? (isLoose ? ' << (' : ' << ') : '.push(';
  return [
    { range: syntax.rangeBetween(from, start), newText: opening },
    { range: syntax.rangeBetween(end, endOf(added.location)), newText: isOne && !isLoose ? '' : ')' },
  ];
}

function wrap(from: number, added: Node, opening: string, syntax: Syntax): TextEdit[] {
  const isLoose = needsParentheses(added, 'argument', syntax);
  return [
    { range: syntax.rangeBetween(from, added.location.startOffset), newText: isLoose ? `${opening}(` : opening },
    insertAt(endOf(added.location), isLoose ? '))' : ')', syntax),
  ];
}
