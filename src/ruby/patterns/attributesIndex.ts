import { CallNode, InterpolatedStringNode, StringNode } from '@ruby/prism/src/nodes.js';
import { allEdits, removeCall, replace } from '../edits';
import { definePattern, type Fix, type Match } from '../pattern';
import type { Syntax } from '../syntax';
import { called } from '../witness';

/**
 * A hash of all attributes is built to read one of them.
 *
 * before:
 *
 *     users.map { |user| user.attributes["name"].upcase }
 *
 * after:
 *
 *     users.map { |user| user["name"].upcase }
 *
 * why:
 *
 * `attributes` builds a hash of every column, `[]` of the record reads one. Measured on 150 records: 3,079 objects before and
 * 1,329 after.
 *
 * check:
 * - The column is always loaded: for one that a `select` left out, `attributes["name"]` is `nil` and `user["name"]` raises
 *   `ActiveModel::MissingAttributeError`.
 * - The name is that of the column: `user["alias"]` follows `alias_attribute`, `attributes` does not.
 *
 * advice:
 * - The record is asked with `&.`.
 *
 * silent:
 * - The profile shows no `attributes` of Active Record called by the line: nodes of XML, types of GraphQL.
 * - The name is a symbol (the hash has none, so the value is always `nil`) or no literal.
 */
export const attributesIndex = definePattern(CallNode, {
  id: 'attributes-index',
  section: 'active-record',
  title: 'A hash of all attributes is built to read one',
  explanation: 'attributes builds a hash of every column each time; [] of the record reads the one that is asked for.',
  gain: 'objects',
  saving: { calls: /^ActiveRecord::AttributeMethods#attributes$/ },
  safety: 'review',
  severity: 'information',
  witnesses: [
    called(/^ActiveRecord::AttributeMethods#attributes$/, 'that this is a record of Active Record', 'silent'),
  ],
  links: ['https://api.rubyonrails.org/classes/ActiveRecord/AttributeMethods.html#method-i-5B-5D'],
  names: ['[]'],
  match: matchIndex,
});

function matchIndex(index: CallNode, syntax: Syntax): Match | null {
  const { receiver: attributes, messageLoc } = index;
  if (!(attributes instanceof CallNode) || attributes.name !== 'attributes' || !attributes.messageLoc) return null;
  if (!messageLoc || attributes.arguments_ || attributes.block || index.block) return null;
  const [name, ...others] = index.arguments_?.arguments_ ?? [];
  if (!(name instanceof StringNode || name instanceof InterpolatedStringNode) || others.length > 0) return null;

  const isAsked = attributes.isSafeNavigation() || index.callOperatorLoc !== null;
  return {
    range: syntax.rangeOf(attributes.messageLoc),
    note: isAsked
      ? 'The record may be nil, so no edit is offered.'
      : 'Check that the column is always loaded: for one that a select left out, [] raises where attributes gives nil.',
    fixes: isAsked ? [] : fixesFor(attributes, syntax),
  };
}

/** A bare `attributes` is that of the record itself. */
function fixesFor(attributes: CallNode, syntax: Syntax): Fix[] {
  const edit = attributes.receiver ? removeCall(attributes, syntax) : replace(attributes, 'self', syntax);
  const edits = allEdits([edit]);
  return edits === null ? [] : [{ title: 'Read the one attribute', edits }];
}
