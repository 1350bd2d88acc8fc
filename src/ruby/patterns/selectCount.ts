import { CallNode } from '@ruby/prism/src/nodes.js';
import { allEdits, removeCall, renameCall } from '../edits';
import { callsNil, hasGivenBlock, isBare, iteratorBefore, splitsElements } from '../iteratorPairs';
import { definePattern, type Fix, type Match } from '../pattern';
import type { Syntax } from '../syntax';
import { called } from '../witness';

/**
 * All matching elements are collected, only to be counted.
 *
 * before:
 *
 *     days.map do |day|
 *       visits.select { |visit| visit.day == day }.size
 *     end
 *
 * after:
 *
 *     days.map do |day|
 *       visits.count { |visit| visit.day == day }
 *     end
 *
 * why:
 *
 * `count` with a block calls it for the same elements and builds no array. Measured on 50 counts over 300 elements: 68
 * objects before and 18 after, 126 KB and 5 KB.
 *
 * silent:
 * - A Hash: its `count` builds an array for each pair, its `select` does not (measured: 475 objects before and 624 after).
 * - `count(value)`, `select` with column names, lazy chains, and blocks that `break`.
 */
export const selectCount = definePattern(CallNode, {
  id: 'select-count',
  section: 'ruby',
  title: 'An array of all matches is built to count them',
  explanation: 'count calls the block for the same elements and builds no array. One array per call less.',
  gain: 'objects',
  saving: { made: /^(?:Array|Enumerable)#(?:select|filter|find_all)$/ },
  safety: 'safe',
  severity: 'warning',
  witnesses: [
    called(
      /^(?:Array|Enumerable)#(?:select|filter|find_all)$/,
      'that this is an Array or another Enumerable, but no Hash',
      'silent',
    ),
  ],
  names: ['count', 'size', 'length'],
  match: matchCount,
});

function matchCount(count: CallNode, syntax: Syntax): Match | null {
  const select = iteratorBefore(count, /^(?:select|filter|find_all)$/);
  if (!select?.messageLoc || !isBare(count) || splitsElements(select)) return null;
  const isGiven = hasGivenBlock(select);
  return {
    range: syntax.rangeOf(select.messageLoc),
    safety: isGiven ? 'review' : 'safe',
    note: isGiven ? 'Check that the block given is no lambda with another number of parameters.' : null,
    fixes: callsNil(select, count) ? [] : fixesFor(count, select, syntax),
  };
}

function fixesFor(count: CallNode, select: CallNode, syntax: Syntax): Fix[] {
  const edits = allEdits([renameCall(select, 'count', syntax), removeCall(count, syntax)]);
  return edits === null ? [] : [{ title: 'Use count', edits }];
}
