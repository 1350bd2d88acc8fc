import { CallNode, KeywordHashNode, SplatNode } from '@ruby/prism/src/nodes.js';
import { insertAt } from '../edits';
import { isIterator } from '../iteratorPairs';
import { definePattern, type Fix, type Match } from '../pattern';
import { isPureBlock } from '../purity';
import { endOf, type Syntax } from '../syntax';
import { called } from '../witness';

/**
 * A whole list is converted step by step, and all but the first few results are thrown away.
 *
 * before:
 *
 *     lines.map { |line| line.strip }.reject { |line| line.empty? }.first(3)
 *
 * after:
 *
 *     lines.lazy.map { |line| line.strip }.reject { |line| line.empty? }.first(3)
 *
 * why:
 *
 * A lazy chain stops when it has enough, and makes no array for each step. It costs some 50 objects for every chain and a
 * few for every element it does look at: where the blocks allocate nothing, or most elements are needed, it is no gain.
 *
 * check:
 * - Results are found early: measure again.
 * - The blocks run for one element after the other, and not at all for those that are not needed.
 *
 * advice:
 * - The first call is made by `&.`.
 *
 * silent:
 * - Only one step before `first`, `first` without a number, chains that are lazy, and blocks that `break`.
 */
export const lazyFirst = definePattern(CallNode, {
  id: 'lazy-first',
  section: 'ruby',
  title: 'A whole list is converted for the first few results',
  explanation: 'lazy converts element by element and stops when there are enough.',
  gain: 'objects',
  safety: 'review',
  severity: 'information',
  witnesses: [
    called(
      /^(?:Array|Enumerable)#(?:map|collect|select|filter|find_all|reject)$/,
      'that this is an Array or another Enumerable',
      'silent',
    ),
  ],
  names: ['first'],
  match: matchFirst,
});

const steps = /^(?:map|collect|select|filter|find_all|reject)$/;

function matchFirst(first: CallNode, syntax: Syntax): Match | null {
  const [count, ...others] = first.arguments_?.arguments_ ?? [];
  if (!first.callOperatorLoc || !count || others.length > 0 || first.block) return null;
  if (count instanceof SplatNode || count instanceof KeywordHashNode) return null;
  const calls: CallNode[] = [];
  let at = first.receiver;
  while (at instanceof CallNode && at.callOperatorLoc && isIterator(at, steps)) {
    calls.unshift(at);
    at = at.receiver;
  }
  const [start] = calls;
  const last = calls.at(-1);
  if (calls.length < 2 || !start || !last?.messageLoc) return null;
  const isPure = calls.every(isPureBlock);
  return {
    range: syntax.rangeOf(last.messageLoc),
    lines: [...new Set(calls.flatMap(({ messageLoc }) => (messageLoc ? [syntax.lineOf(messageLoc)] : [])))],
    note: isPure
      ? 'Check by another profile that the first results are found early: a lazy chain costs objects of its own.'
      : 'Check that the blocks need not run for all elements: they look as if they do something.',
    fixes: start.isSafeNavigation() ? [] : fixesFor(start, syntax),
  };
}

function fixesFor({ receiver }: CallNode, syntax: Syntax): Fix[] {
  if (!receiver) return [];
  return [{ title: 'Make the chain lazy', edits: [insertAt(endOf(receiver.location), '.lazy', syntax)] }];
}
