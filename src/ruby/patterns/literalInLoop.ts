import {
  ArrayNode,
  AssocNode,
  AssocSplatNode,
  CallNode,
  HashNode,
  type Node,
  SplatNode,
} from '@ruby/prism/src/nodes.js';
import { hoist } from '../hoist';
import { outermostLoopOf } from '../loops';
import type { MatchContext } from '../matchContext';
import { definePattern, type Match } from '../pattern';
import { isLiteral, isValueLiteral } from '../purity';
import type { Syntax } from '../syntax';
import { isAtLeast } from '../versions';
import { ownObjects } from '../witness';

/**
 * The same array or hash is made again in every turn of a loop.
 *
 * before:
 *
 *     def known(kinds)
 *       kinds.count { |kind| %i[a b].include?(kind) }
 *     end
 *
 * after:
 *
 *     def known(kinds)
 *       hoisted = %i[a b].freeze
 *       kinds.count { |kind| hoisted.include?(kind) }
 *     end
 *
 * why:
 *
 * A literal is a new object each time it is evaluated. Measured on 200 turns: 430 objects before and 231 after. From Ruby 3.4
 * on, `[…].include?` makes no array.
 *
 * check:
 * - A better name for the variable, or a constant of the class.
 *
 * advice:
 * - The loop is in another method, or does not start on a line of its own.
 * - The literal spans several lines.
 *
 * silent:
 * - Anything in the literal that is not a literal itself.
 * - Methods that may change it, and those that hand out its texts, arrays or hashes.
 */
export const literalInLoop = definePattern(CallNode, {
  id: 'literal-in-loop',
  section: 'ruby',
  title: 'The same literal is made in every turn of the loop',
  explanation:
    'An array or hash literal is a new object each time; made once before the loop, it is one for all turns.',
  gain: 'objects',
  saving: { own: true },
  safety: 'review',
  severity: 'information',
  perRow: true,
  witnesses: [ownObjects('that the line itself makes the literal', 'silent')],
  names: [
    ...['include?', 'member?', 'key?', 'has_key?', 'value?', 'has_value?', 'index', 'find_index', 'size', 'length'],
    ...['[]', 'fetch', 'dig', 'at', 'first', 'last', 'values_at', 'key'],
  ],
  match: matchQuestion,
});

/** They hand out what is in the literal, which must then be nothing that can be changed. */
const handsOut = new Set(['[]', 'fetch', 'dig', 'at', 'first', 'last', 'values_at', 'key']);

function matchQuestion(call: CallNode, syntax: Syntax, { ruby }: MatchContext): Match | null {
  const { receiver: literal, name, messageLoc } = call;
  if (!messageLoc || !(literal instanceof ArrayNode || literal instanceof HashNode)) return null;
  if (literal.elements.length === 0 || !isLiteral(literal)) return null;
  if (handsOut.has(name) && !literal.elements.every(holdsOnlyValues)) return null;
  if (literal instanceof ArrayNode && name === 'include?' && isAtLeast(ruby, '3.4') === true) return null;
  const loop = outermostLoopOf(call, syntax);
  const fixes = loop === null ? [] : hoist(literal, loop, 'hoisted', '.freeze', syntax);
  return {
    range: syntax.rangeOf(messageLoc),
    note: fixes.length === 0 ? 'Make it once, as a frozen constant of the class or a variable before the loop.' : null,
    fixes,
  };
}

function holdsOnlyValues(element: Node): boolean {
  if (element instanceof AssocSplatNode || element instanceof SplatNode) return false;
  return isValueLiteral(element instanceof AssocNode ? element.value : element);
}
