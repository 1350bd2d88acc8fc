import { CallNode } from '@ruby/prism/src/nodes.js';
import { allEdits, removeCall, renameCall } from '../edits';
import { callsNil, hasGivenBlock, isBare, iteratorBefore, splitsElements } from '../iteratorPairs';
import { definePattern, type Fix, type Match } from '../pattern';
import type { Syntax } from '../syntax';
import { called } from '../witness';

/**
 * All numbers are collected, only to be summed up.
 *
 * before:
 *
 *     orders.each do |order|
 *       order.total = order.lines.map(&:price).sum
 *     end
 *
 * after:
 *
 *     orders.each do |order|
 *       order.total = order.lines.sum(&:price)
 *     end
 *
 * why:
 *
 * `sum` with a block adds up what it gives in the same order, from the same start, and builds no array. Measured on 100 sums
 * of 20 numbers: 247 objects before and 147 after.
 *
 * silent:
 * - `sum` with a start value or a block of its own, lazy chains, and blocks that `break`.
 * - The profile shows no `Array#map` or `Enumerable#map` called by the line: a relation, which sums in the database.
 */
export const mapSum = definePattern(CallNode, {
  id: 'map-sum',
  section: 'ruby',
  title: 'An array of numbers is built to sum them up',
  explanation: 'sum with a block adds up the same numbers and builds no array. One array per call less.',
  gain: 'objects',
  saving: { made: /^(?:Array|Enumerable)#(?:map|collect)$/ },
  safety: 'safe',
  severity: 'information',
  witnesses: [
    called(/^(?:Array|Enumerable)#(?:map|collect)$/, 'that this is an Array or another Enumerable', 'silent'),
  ],
  names: ['sum'],
  match: matchSum,
});

function matchSum(sum: CallNode, syntax: Syntax): Match | null {
  const map = iteratorBefore(sum, /^(?:map|collect)$/);
  if (!map?.messageLoc || !isBare(sum) || splitsElements(map)) return null;
  const isGiven = hasGivenBlock(map);
  return {
    range: syntax.rangeOf(map.messageLoc),
    safety: isGiven ? 'review' : 'safe',
    note: isGiven ? 'Check that the block given is no lambda with another number of parameters.' : null,
    fixes: callsNil(map, sum) ? [] : fixesFor(sum, map, syntax),
  };
}

function fixesFor(sum: CallNode, map: CallNode, syntax: Syntax): Fix[] {
  const edits = allEdits([renameCall(map, 'sum', syntax), removeCall(sum, syntax)]);
  return edits === null ? [] : [{ title: 'Use sum with the block', edits }];
}
