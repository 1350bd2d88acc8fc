import type { CallNode, Location, Node } from '@ruby/prism/src/nodes.js';
import { indentOf, statementOf } from './statements';
import { endOf, type Syntax } from './syntax';
import type { TextEdit } from './textRange';

/** Puts `newText` in place of a node or location. */
export function replace(place: Node | Location, newText: string, syntax: Syntax): TextEdit {
  return { range: syntax.rangeOf('location' in place ? place.location : place), newText };
}

/** Puts text before a byte offset. */
export function insertAt(offset: number, newText: string, syntax: Syntax): TextEdit {
  return { range: syntax.rangeBetween(offset, offset), newText };
}

/** Gives a call another name; null for calls without one (`x.()`). */
export function renameCall(call: CallNode, name: string, syntax: Syntax): TextEdit | null {
  return call.messageLoc && { range: syntax.rangeOf(call.messageLoc), newText: name };
}

/**
 * Takes a call out of its chain, dot, arguments and block included: `users.to_a.each` -> `users.each`. Null when it has no
 * receiver or a comment would be lost.
 */
export function removeCall(call: CallNode, syntax: Syntax): TextEdit | null {
  return call.receiver && removeBetween(endOf(call.receiver.location), endOf(call.location), syntax);
}

/** Takes out what is between two byte offsets; null when a comment would be lost. */
export function removeBetween(from: number, to: number, syntax: Syntax): TextEdit | null {
  if (syntax.hasCommentBetween(from, to)) return null;
  return { range: syntax.rangeBetween(from, to), newText: '' };
}

/** `edits` when none of them is null, else null: a fix is made whole or not at all. */
export function allEdits(edits: readonly (TextEdit | null)[]): readonly TextEdit[] | null {
  const made = edits.filter((edit) => edit !== null);
  return made.length === edits.length ? made : null;
}

/** A line of its own before the statement that holds a node, indented like it. Null when something stands before it there. */
export function lineBefore(node: Node, text: string, syntax: Syntax): TextEdit | null {
  const statement = statementOf(node, syntax);
  if (statement === null) return null;
  const indent = indentOf(statement, syntax);
  if (indent === null) return null;
  return insertAt(statement.location.startOffset, `${text}${syntax.newline}${indent}`, syntax);
}
