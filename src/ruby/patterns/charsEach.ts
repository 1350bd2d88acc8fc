import { CallNode, InterpolatedStringNode, StringNode } from '@ruby/prism/src/nodes.js';
import { touches } from '../blocks';
import { renameCall } from '../edits';
import { definePattern, type Fix, type Match } from '../pattern';
import { type CallPair, callPair, mayBecomeOne } from '../readChain';
import { endOf, type Syntax } from '../syntax';
import { useOfIteratorValue } from '../useOfValue';
import { called } from '../witness';

/**
 * The characters, bytes or lines of a string are collected into an array, only to be walked once.
 *
 * before:
 *
 *     count = 0
 *     text.lines.each { |line| count += line.size }
 *     puts count
 *
 * after:
 *
 *     count = 0
 *     text.each_line { |line| count += line.size }
 *     puts count
 *
 * why:
 *
 * The pieces are made one by one either way; what falls is the array that holds all of them at once.
 *
 * check:
 * - `lines.each` returns the array, `each_line` the string.
 *
 * advice:
 * - The block names the string in more than a question: it may change it while it is walked.
 * - The value of `each` is used.
 *
 * silent:
 * - `order.lines.each`: an association or a method of your own.
 */
export const charsEach = definePattern(CallNode, {
  id: 'chars-each',
  section: 'ruby',
  title: 'The pieces of this string are collected before they are walked',
  explanation:
    'chars, bytes, lines and codepoints build an array of the whole string; each_char, each_byte, each_line and ' +
    'each_codepoint hand out one piece at a time.',
  gain: 'bytes',
  safety: 'safe',
  severity: 'information',
  names: ['each'],
  match: matchEach,
});

const walks: ReadonlyMap<string, string> = new Map([
  ['chars', 'each_char'],
  ['bytes', 'each_byte'],
  ['lines', 'each_line'],
  ['codepoints', 'each_codepoint'],
]);

function matchEach(each: CallNode, syntax: Syntax): Match | null {
  const pair = callPair(each, syntax);
  const name = pair && walks.get(pair.inner.name);
  if (!pair || !name || !each.block || each.arguments_ || pair.inner.block) return null;
  const { inner } = pair;
  if (inner.arguments_ && inner.name !== 'lines') return null;

  const use = useOfIteratorValue(each, syntax);
  const obstacle = obstacleTo(pair, use, syntax);
  return {
    range: syntax.rangeBetween(pair.from, pair.to),
    lines: pair.lines,
    likely: inner.receiver instanceof StringNode || inner.receiver instanceof InterpolatedStringNode,
    witnesses: [called(new RegExp(`^String#${inner.name}$`), 'that this is a String', 'mandatory')],
    safety: use === 'returned' ? 'review' : 'safe',
    note: obstacle ?? (use === 'returned' ? 'Check that nobody uses the array returned.' : null),
    fixes: obstacle === null ? fixesFor(pair, name, syntax) : [],
  };
}

function obstacleTo(pair: CallPair, use: string, syntax: Syntax): string | null {
  const { block } = pair.outer;
  if (use === 'used') return 'The value of each is used, and would be the string, so no edit is offered.';
  if (block && pair.inner.receiver && touches(block, pair.inner.receiver, syntax)) {
    return 'The block may change the string while it is walked, so no edit is offered.';
  }
  return mayBecomeOne(pair) ? null : 'For nil, each would no longer raise, so no edit is offered.';
}

/** `lines(chomp: true).each` -> `each_line(chomp: true)`. */
function fixesFor({ inner, to }: CallPair, name: string, syntax: Syntax): Fix[] {
  const rename = renameCall(inner, name, syntax);
  const from = endOf(inner.location);
  if (!rename || syntax.hasCommentBetween(from, to)) return [];
  return [{ title: `Use ${name}`, edits: [rename, { range: syntax.rangeBetween(from, to), newText: '' }] }];
}
