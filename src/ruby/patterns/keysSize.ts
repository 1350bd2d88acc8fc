import { CallNode } from '@ruby/prism/src/nodes.js';
import { callsNil, isBare } from '../iteratorPairs';
import { definePattern, type Fix, type Match } from '../pattern';
import { endOf, type Syntax } from '../syntax';
import { called } from '../witness';

/**
 * The keys or values of a hash are copied into an array, only to be counted.
 *
 * before:
 *
 *     rows.sum do |row|
 *       row.keys.size
 *     end
 *
 * after:
 *
 *     rows.sum do |row|
 *       row.size
 *     end
 *
 * why:
 *
 * A hash knows its size. Measured on 200 rows: 424 objects before and 224 after.
 *
 * silent:
 * - The keys are counted by a block or a value: `keys.count { … }`.
 * - The profile shows no `Hash#keys` or `Hash#values` called by the line: `redis.keys.size`, a method of the same name.
 */
export const keysSize = definePattern(CallNode, {
  id: 'keys-size',
  section: 'ruby',
  title: 'The keys of this hash are copied to count them',
  explanation: 'keys and values build an array of the whole hash each time; the hash itself knows its size.',
  gain: 'objects',
  safety: 'safe',
  severity: 'information',
  names: ['size', 'length', 'count'],
  match: matchSize,
});

function matchSize(size: CallNode, syntax: Syntax): Match | null {
  const { receiver: list, messageLoc } = size;
  if (!(list instanceof CallNode) || !/^(?:keys|values)$/.test(list.name)) return null;
  if (!messageLoc || !list.messageLoc || !list.receiver || !isBare(list) || !isBare(size)) return null;
  const names = list.name === 'keys' ? /^Hash#keys$/ : /^Hash#values$/;
  return {
    range: syntax.rangeBetween(list.messageLoc.startOffset, endOf(messageLoc)),
    lines: [syntax.lineOf(list.messageLoc)],
    witnesses: [called(names, 'that this is a Hash', 'silent')],
    saving: { calls: names },
    fixes: fixesFor(size, list, syntax),
  };
}

function fixesFor(size: CallNode, list: CallNode, syntax: Syntax): Fix[] {
  const from = list.messageLoc?.startOffset ?? 0;
  const to = size.messageLoc ? endOf(size.messageLoc) : 0;
  if (callsNil(list, size) || syntax.hasCommentBetween(from, to)) return [];
  return [{ title: 'Use size', edits: [{ range: syntax.rangeBetween(from, to), newText: 'size' }] }];
}
