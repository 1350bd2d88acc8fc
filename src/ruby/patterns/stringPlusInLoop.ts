import {
  ArrayNode,
  CallNode,
  EmbeddedStatementsNode,
  EmbeddedVariableNode,
  InterpolatedStringNode,
  LocalVariableOperatorWriteNode,
  LocalVariableWriteNode,
  type Node,
  StringNode,
} from '@ruby/prism/src/nodes.js';
import { type LoopAccumulation, loopAccumulation } from '../accumulators';
import { insertAt } from '../edits';
import { countOf, madeOnLine } from '../madeOnLine';
import type { MatchContext } from '../matchContext';
import { definePattern, type Fix, type Match } from '../pattern';
import { needsParentheses } from '../precedence';
import { isValueLiteral } from '../purity';
import { endOf, type Syntax } from '../syntax';
import { isAtLeast } from '../versions';

/**
 * A string is built up by +, which copies all of it in every turn of the loop.
 *
 * before:
 *
 *     def export(rows)
 *       text = ""
 *       rows.each { |row| text += row.to_csv }
 *       text
 *     end
 *
 * after:
 *
 *     def export(rows)
 *       text = +""
 *       rows.each { |row| text << row.to_csv }
 *       text
 *     end
 *
 * why:
 *
 * Every `+` makes a new string with everything so far: n turns copy n²/2 pieces. Measured on 200 turns: 616 objects before and
 * 417 after; on 20,000 turns 64 MB before and 0.6 MB after.
 *
 * rewrite:
 *
 * `+""` is a string that may be changed, also where literals are frozen.
 *
 * check:
 * - Nothing: the edit is only offered for a string that starts as a literal in the same method and that nobody else gets to
 *   see before the loop ends.
 *
 * advice:
 * - A version of the string is kept in the loop (`lines << text`), passed on, assigned, or frozen.
 * - The variable gets other values in the loop, or what is added is made from it.
 *
 * silent:
 * - The string came in as an argument, or from anywhere but a literal: its owner would see the changes.
 */
export const stringPlusInLoop = definePattern([LocalVariableOperatorWriteNode, LocalVariableWriteNode], {
  id: 'string-plus-in-loop',
  section: 'ruby',
  title: 'This string is copied in every turn of the loop',
  explanation:
    '+ makes a new string with everything so far; << adds to the one there is. ' +
    'One string per turn less, and no copies of the text.',
  gain: 'objects',
  safety: 'safe',
  severity: 'warning',
  perRow: true,
  names: null,
  match: matchWrite,
});

function matchWrite(
  write: LocalVariableOperatorWriteNode | LocalVariableWriteNode,
  syntax: Syntax,
  context: MatchContext,
): Match | null {
  const found = loopAccumulation(write, isNewString, syntax);
  if (found === null || isValueLiteral(found.added) || found.added instanceof ArrayNode) return null;
  return {
    range: syntax.rangeBetween(write.nameLoc.startOffset, found.added.location.startOffset),
    lines: [syntax.lineOf(write.nameLoc)],
    note: found.obstacle,
    saving: { all: [{ own: true }, { calls: /^String#\+$/ }], part: 1 / madeWith(found, syntax, context) },
    fixes: found.obstacle === null ? fixesFor(found, syntax, context) : [],
  };
}

/** Objects that the line makes in a turn, of which the copy of the string is one. */
function madeWith({ write, read }: LoopAccumulation, syntax: Syntax, context: MatchContext): number {
  const made = madeOnLine(write, syntax, context);
  const isCounted = made.joins.includes(read === null ? write : write.value);
  return countOf(made) + (isCounted ? 0 : 1);
}

/** A literal, `+""`, `"".dup`. */
function isNewString(value: Node): boolean {
  if (isText(value)) return true;
  return (
    value instanceof CallNode &&
    /^(?:\+@|dup)$/.test(value.name) &&
    !value.isSafeNavigation() &&
    !value.block &&
    value.receiver !== null &&
    isText(value.receiver)
  );
}

function isText(node: Node): node is StringNode | InterpolatedStringNode {
  return node instanceof StringNode || node instanceof InterpolatedStringNode;
}

function fixesFor({ write, added, start }: LoopAccumulation, syntax: Syntax, { ruby }: MatchContext): Fix[] {
  const from = endOf(write.nameLoc);
  if (syntax.hasCommentBetween(from, added.location.startOffset)) return [];
  const isLoose = needsParentheses(added, 'operand', syntax);
  const range = syntax.rangeBetween(from, added.location.startOffset);
  return [
    {
      title: 'Use <<',
      edits: [
        ...(mayBeFrozen(start.value, ruby) ? [insertAt(start.value.location.startOffset, '+', syntax)] : []),
        { range, newText: isLoose ? ' << (' : ' << ' },
        ...(isLoose ? [insertAt(endOf(added.location), ')', syntax)] : []),
      ],
    },
  ];
}

/** Literals may be, by the comment or by Ruby's flag; those with interpolation before Ruby 3.0. */
function mayBeFrozen(value: Node, ruby: string | null): boolean {
  if (value instanceof StringNode) return true;
  if (!(value instanceof InterpolatedStringNode)) return false;
  const isFilled = value.parts.some(
    (part) => part instanceof EmbeddedStatementsNode || part instanceof EmbeddedVariableNode,
  );
  return !isFilled || isAtLeast(ruby, '3.0') !== true;
}
