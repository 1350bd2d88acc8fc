import { CallNode, InterpolatedStringNode, StringNode } from '@ruby/prism/src/nodes.js';
import { definePattern, type Fix, type Match } from '../pattern';
import { type CallPair, callPair, mayBecomeOne } from '../readChain';
import { endOf, type Syntax } from '../syntax';
import { called } from '../witness';

/**
 * A string is taken apart into an array, only to count its pieces or to look at one end.
 *
 * before:
 *
 *     width = names.sum { |name| name.chars.size }
 *
 * after:
 *
 *     width = names.sum { |name| name.size }
 *
 * why:
 *
 * `chars` makes a string of every character, and an array of them. Measured on 100 strings of 5 to 7 characters: 1,009 objects
 * before and 217 after.
 *
 * rewrite:
 *
 * `chars.size` becomes `size`, `chars.first` and `chars.last` become `[0]` and `[-1]`, `bytes.size` becomes `bytesize`.
 *
 * advice:
 * - `name&.chars.size`: raises for `nil`, which `name&.size` does not.
 *
 * silent:
 * - `chars.first(2)`, an array where `[0, 2]` is a string.
 * - `chars.count("a")` and `count` with a block.
 */
export const charsSize = definePattern(CallNode, {
  id: 'chars-size',
  section: 'ruby',
  title: 'This string is taken apart to count its pieces or to read one',
  explanation:
    'chars makes a string of every character and bytes an array of every byte; size, bytesize and [] answer from the ' +
    'string itself.',
  gain: 'objects',
  safety: 'safe',
  severity: 'information',
  names: ['size', 'length', 'count', 'first', 'last'],
  match: matchRead,
});

const rewrites: ReadonlyMap<string, string> = new Map([
  ['chars.size', 'size'],
  ['chars.length', 'size'],
  ['chars.count', 'size'],
  ['chars.first', '[0]'],
  ['chars.last', '[-1]'],
  ['bytes.size', 'bytesize'],
  ['bytes.length', 'bytesize'],
  ['bytes.count', 'bytesize'],
]);

function matchRead(read: CallNode, syntax: Syntax): Match | null {
  const pair = callPair(read, syntax);
  const rewrite = pair && rewrites.get(`${pair.inner.name}.${read.name}`);
  if (!pair || !rewrite || read.arguments_ || read.block || pair.inner.arguments_ || pair.inner.block) return null;
  const { inner } = pair;
  const names = new RegExp(`^String#${inner.name}$`);
  const isWhole = mayBecomeOne(pair) && !(rewrite.startsWith('[') && inner.isSafeNavigation());
  return {
    range: syntax.rangeBetween(pair.from, pair.to),
    lines: pair.lines,
    likely: inner.receiver instanceof StringNode || inner.receiver instanceof InterpolatedStringNode,
    witnesses: [called(names, 'that this is a String', 'mandatory')],
    saving: { calls: names },
    note: isWhole ? null : 'The rewrite would treat nil differently, so no edit is offered.',
    fixes: isWhole ? fixesFor(pair, rewrite, syntax) : [],
  };
}

/** Names go in place of the two names, brackets right behind the receiver. */
function fixesFor({ inner, outer, from, to }: CallPair, rewrite: string, syntax: Syntax): Fix[] {
  if (!inner.receiver) return [];
  const start = rewrite.startsWith('[') ? endOf(inner.receiver.location) : from;
  const end = Math.max(to, endOf(outer.location));
  if (syntax.hasCommentBetween(start, end)) return [];
  return [{ title: `Use ${rewrite}`, edits: [{ range: syntax.rangeBetween(start, end), newText: rewrite }] }];
}
