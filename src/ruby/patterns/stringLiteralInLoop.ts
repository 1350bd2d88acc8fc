import { AssocNode, CallNode, CaseNode, InterpolatedStringNode, StringNode, WhenNode } from '@ruby/prism/src/nodes.js';
import { frozenStringLiteral, insertFrozenStringLiteral } from '../magicComments';
import type { MatchContext } from '../matchContext';
import { mutatesLiterals } from '../mutatedLiterals';
import { definePattern, type Match } from '../pattern';
import { isLiteral } from '../purity';
import type { Syntax } from '../syntax';
import { isAtLeast } from '../versions';
import { ownObjects } from '../witness';

/**
 * The same text is made again each time its literal is evaluated.
 *
 * before:
 *
 *     rows.count { |row| row[:kind] == "invoice" }
 *
 * after:
 *
 *     # frozen_string_literal: true
 *
 *     rows.count { |row| row[:kind] == "invoice" }
 *
 * why:
 *
 * A text literal is a new object each time, so that it can be changed. With the comment all literals of the file are made once,
 * and frozen. Measured on 200 rows: 1,028 objects before and 828 after.
 *
 * check:
 * - No text of this file is changed somewhere else: with the comment that raises `FrozenError`.
 *
 * advice:
 * - The file itself changes one of its texts (`out = ""; out << x`).
 *
 * silent:
 * - The comment is there, be it `true` or `false`.
 * - `hash["key"]` up to Ruby 3.4, keys of hash literals, `when "text"`, `"text".freeze`: they make no object.
 */
export const stringLiteralInLoop = definePattern(StringNode, {
  id: 'string-literal-in-loop',
  section: 'ruby',
  title: 'The same text is made in every turn of the loop',
  explanation:
    'A text literal is a new object each time. With # frozen_string_literal: true the literals of the file are made once.',
  gain: 'objects',
  saving: { own: true },
  safety: 'review',
  severity: 'information',
  perRow: true,
  witnesses: [ownObjects('that the line itself makes texts', 'silent')],
  names: null,
  match: matchString,
});

function matchString(text: StringNode, syntax: Syntax, { ruby }: MatchContext): Match | null {
  if (frozenStringLiteral(syntax) !== null || !isMade(text, syntax, ruby)) return null;
  const isMutated = mutatesLiterals(syntax);
  return {
    range: syntax.rangeOf(text.location),
    note: isMutated
      ? 'This file changes one of its texts, which would raise with the comment: no edit is offered.'
      : 'Check that no text of this file is changed anywhere: that would raise.',
    fixes: isMutated ? [] : [{ title: 'Freeze the texts of this file', edits: [insertFrozenStringLiteral(syntax)] }],
  };
}

/** Calls on a literal that make nothing, or a new text anyway. */
const ownWays = new Set(['freeze', '-@', '+@', 'dup', 'clone', 'dedup']);

function isMade(text: StringNode, syntax: Syntax, ruby: string | null): boolean {
  if (text.openingLoc === null) {
    // Parts of `"a#{b}"` have no quotes of their own, and the words of `%w[…]` neither.
    return false;
  }
  const outer = syntax.parentOf(text);
  if (outer instanceof InterpolatedStringNode) return false;
  if (outer instanceof AssocNode && outer.key === text) return false;
  if (outer instanceof WhenNode) {
    const whole = syntax.parentOf(outer);
    return !(
      whole instanceof CaseNode &&
      whole.conditions.every((one) => one instanceof WhenNode && one.conditions.every(isLiteral))
    );
  }
  if (outer instanceof CallNode && outer.receiver === text) return !ownWays.has(outer.name);
  const call = outer && syntax.parentOf(outer);
  const isKey = call instanceof CallNode && /^\[\]=?$/.test(call.name) && call.arguments_?.arguments_[0] === text;
  return !isKey || isAtLeast(ruby, '4.0') === true;
}
