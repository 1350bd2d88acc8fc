import { CallNode, LambdaNode, NextNode } from '@ruby/prism/src/nodes.js';
import { blockOf } from '../blocks';
import { allEdits, removeCall, renameCall } from '../edits';
import { canBeFalse } from '../falsy';
import { callsNil, isBare, iteratorBefore } from '../iteratorPairs';
import { definePattern, type Fix, type Match } from '../pattern';
import { descendants, type Syntax } from '../syntax';
import { called } from '../witness';

/**
 * All results are collected, and those that are nil thrown away.
 *
 * before:
 *
 *     rows.map do |row|
 *       next if row.draft?
 *
 *       Entry.new(row)
 *     end.compact
 *
 * after:
 *
 *     rows.filter_map do |row|
 *       next if row.draft?
 *
 *       Entry.new(row)
 *     end
 *
 * why:
 *
 * One array less, which for a profile is a single object. Measured on 300 elements: 169 objects before and after, 11.0 KB
 * and 7.7 KB.
 *
 * check:
 * - `compact` keeps `false`, `filter_map` drops it. The edit is safe where the text shows that the block cannot give `false`.
 *
 * silent:
 * - `compact_blank`, lazy chains, and blocks that `break`.
 */
export const mapCompact = definePattern(CallNode, {
  id: 'map-compact',
  section: 'ruby',
  title: 'An array of all results is built, nil ones included',
  explanation: 'filter_map leaves out what is nil while it walks: one large array less, and not fewer small objects.',
  gain: 'bytes',
  safety: 'safe',
  severity: 'hint',
  ruby: { from: '2.7' },
  witnesses: [
    called(/^(?:Array|Enumerable)#(?:map|collect)$/, 'that this is an Array or another Enumerable', 'review'),
  ],
  names: ['compact'],
  match: matchCompact,
});

function matchCompact(compact: CallNode, syntax: Syntax): Match | null {
  const map = iteratorBefore(compact, /^(?:map|collect)$/);
  if (!map?.messageLoc || !isBare(compact)) return null;
  const isSafe = neverGivesFalse(map);
  return {
    range: syntax.rangeOf(map.messageLoc),
    safety: isSafe ? 'safe' : 'review',
    note: isSafe ? null : 'Check that the block never gives false: compact keeps it, filter_map drops it.',
    fixes: callsNil(map, compact) ? [] : fixesFor(compact, map, syntax),
  };
}

/** By its last expression and by every `next`. */
function neverGivesFalse(map: CallNode): boolean {
  const block = blockOf(map);
  if (block === null || canBeFalse(block.body)) return false;
  const parts = descendants(block, (child) => !(child instanceof LambdaNode));
  return parts.every((node) => !(node instanceof NextNode) || !canBeFalse(node));
}

function fixesFor(compact: CallNode, map: CallNode, syntax: Syntax): Fix[] {
  const edits = allEdits([renameCall(map, 'filter_map', syntax), removeCall(compact, syntax)]);
  return edits === null ? [] : [{ title: 'Use filter_map', edits }];
}
