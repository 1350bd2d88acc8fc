import { CallNode, IntegerNode } from '@ruby/prism/src/nodes.js';
import { allEdits, removeCall, renameCall } from '../edits';
import { callsNil, iteratorBefore } from '../iteratorPairs';
import { definePattern, type Fix, type Match } from '../pattern';
import type { Syntax } from '../syntax';
import { called } from '../witness';

/**
 * An array of arrays is built, only to be flattened.
 *
 * before:
 *
 *     orders.map { |order| order.lines }.flatten(1)
 *
 * after:
 *
 *     orders.flat_map { |order| order.lines }
 *
 * why:
 *
 * The array of arrays is a single object for a profile, however long it is; `flatten` makes two or three small ones of its
 * own, which count where the line runs often (measured on 100 calls: 618 objects before and 418 after).
 *
 * check:
 * - `flatten` without a depth flattens arrays in arrays as well, `flat_map` only one level.
 *
 * silent:
 * - `flatten` with another depth than 1, lazy chains, and blocks that `break`.
 */
export const mapFlatten = definePattern(CallNode, {
  id: 'map-flatten',
  section: 'ruby',
  title: 'An array of arrays is built to flatten it',
  explanation: 'flat_map puts the elements into one array at once: the array of arrays is left out.',
  gain: 'bytes',
  safety: 'safe',
  severity: 'hint',
  witnesses: [
    called(/^(?:Array|Enumerable)#(?:map|collect)$/, 'that this is an Array or another Enumerable', 'review'),
  ],
  names: ['flatten'],
  match: matchFlatten,
});

function matchFlatten(flatten: CallNode, syntax: Syntax): Match | null {
  const map = iteratorBefore(flatten, /^(?:map|collect)$/);
  const [depth, ...others] = flatten.arguments_?.arguments_ ?? [];
  if (!map?.messageLoc || flatten.block || others.length > 0) return null;
  if (depth && !(depth instanceof IntegerNode && syntax.sourceOf(depth.location) === '1')) return null;
  return {
    range: syntax.rangeOf(map.messageLoc),
    safety: depth ? 'safe' : 'review',
    note: depth ? null : 'Check that there are no arrays in the arrays: flat_map flattens one level, flatten all.',
    fixes: callsNil(map, flatten) ? [] : fixesFor(flatten, map, syntax),
  };
}

function fixesFor(flatten: CallNode, map: CallNode, syntax: Syntax): Fix[] {
  const edits = allEdits([renameCall(map, 'flat_map', syntax), removeCall(flatten, syntax)]);
  return edits === null ? [] : [{ title: 'Use flat_map', edits }];
}
