import { CallNode, type Node } from '@ruby/prism/src/nodes.js';
import { touches } from '../blocks';
import { callsNil, isBare, mayReach } from '../iteratorPairs';
import { definePattern, type Fix, type Match, type Safety } from '../pattern';
import { endOf, type Syntax } from '../syntax';
import { useOfIteratorValue } from '../useOfValue';
import { called } from '../witness';

/**
 * An array is copied backwards, only to be walked once.
 *
 * before:
 *
 *     days.each do |day|
 *       day.visits.reverse.each { |visit| last[visit.user] = visit }
 *     end
 *
 * after:
 *
 *     days.each do |day|
 *       day.visits.reverse_each { |visit| last[visit.user] = visit }
 *     end
 *
 * check:
 * - `reverse.each` returns the copy, `reverse_each` the array itself.
 * - The array may not be changed while it is walked; the copy was a guard against that.
 *
 * advice:
 * - The block changes the array, passes it on, or hands it out: the copy may be there on purpose.
 * - The value of `each` is used.
 *
 * silent:
 * - The profile shows no `Array#reverse` called by the line: a text, a range, a method of the same name.
 */
export const reverseEach = definePattern(CallNode, {
  id: 'reverse-each',
  section: 'ruby',
  title: 'This array is copied backwards before it is walked',
  explanation: 'reverse_each walks the array itself from its end. One array per call less.',
  gain: 'objects',
  saving: { calls: /^Array#reverse$/ },
  safety: 'safe',
  severity: 'information',
  witnesses: [called(/^Array#reverse$/, 'that this is an Array', 'silent')],
  names: ['each'],
  match: matchEach,
});

function matchEach(each: CallNode, syntax: Syntax): Match | null {
  const { receiver: reverse, messageLoc, block } = each;
  if (!(reverse instanceof CallNode) || reverse.name !== 'reverse' || !isBare(reverse) || !reverse.receiver)
    return null;
  if (!messageLoc || !reverse.messageLoc || !block || each.arguments_) return null;

  const use = useOfIteratorValue(each, syntax);
  const obstacle = obstacleAround(use, block, reverse.receiver, syntax);
  const safety: Safety = use === 'returned' || mayReach(each, reverse.receiver) ? 'review' : 'safe';
  return {
    range: syntax.rangeBetween(reverse.messageLoc.startOffset, endOf(messageLoc)),
    lines: [syntax.lineOf(reverse.messageLoc)],
    safety,
    note: obstacle ?? (safety === 'review' ? condition : null),
    fixes: obstacle === null && !callsNil(reverse, each) ? fixesFor(each, reverse, syntax) : [],
  };
}

const condition = 'Check that nothing changes the array meanwhile, and that nobody uses the array returned.';

function obstacleAround(use: string, block: Node, list: Node, syntax: Syntax): string | null {
  if (use === 'used') {
    return 'The value of each is used, and reverse_each returns the array as it is, so no edit is offered.';
  }
  return touches(block, list, syntax)
    ? 'The block changes the array or passes it on, and the copy may be a guard against that, so no edit is offered.'
    : null;
}

function fixesFor(each: CallNode, reverse: CallNode, syntax: Syntax): Fix[] {
  const from = reverse.messageLoc?.startOffset ?? 0;
  const to = each.messageLoc ? endOf(each.messageLoc) : 0;
  if (syntax.hasCommentBetween(from, to)) return [];
  return [{ title: 'Use reverse_each', edits: [{ range: syntax.rangeBetween(from, to), newText: 'reverse_each' }] }];
}
