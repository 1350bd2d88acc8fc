import { StringNode } from '@ruby/prism/src/nodes.js';
import { countOf, isMadeText, madeOnLine } from '../madeOnLine';
import { frozenStringLiteral, insertFrozenStringLiteral } from '../magicComments';
import type { MatchContext } from '../matchContext';
import { mutatesLiterals } from '../mutatedLiterals';
import { definePattern, type Match } from '../pattern';
import type { Syntax } from '../syntax';
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

function matchString(text: StringNode, syntax: Syntax, context: MatchContext): Match | null {
  if (frozenStringLiteral(syntax) !== null || !isMadeText(text, syntax, context.ruby)) return null;
  const made = madeOnLine(text, syntax, context);
  // One comment freezes them all: the first of a line speaks for the others.
  if (made.texts[0] !== text) return null;
  const isMutated = mutatesLiterals(syntax);
  return {
    range: syntax.rangeOf(text.location),
    saving: {
      all: made.joins.length === 0 ? [{ own: true }] : [{ own: true }, { calls: /^String#\+$/ }],
      part: made.texts.length / countOf(made),
    },
    note: isMutated
      ? 'This file changes one of its texts, which would raise with the comment: no edit is offered.'
      : 'Check that no text of this file is changed anywhere: that would raise.',
    fixes: isMutated ? [] : [{ title: 'Freeze the texts of this file', edits: [insertFrozenStringLiteral(syntax)] }],
  };
}
