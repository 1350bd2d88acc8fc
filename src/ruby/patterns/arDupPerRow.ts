import { BlockNode, CallNode, LocalVariableReadNode, LocalVariableWriteNode } from '@ruby/prism/src/nodes.js';
import { parameterNames, symbolOfBlock } from '../blocks';
import { variableOf } from '../locals';
import { definePattern, type Match } from '../pattern';
import type { Syntax } from '../syntax';
import { beneath } from '../witness';

/**
 * Every record of a list is copied.
 *
 * before:
 *
 *     entries.to_a.map do |entry|
 *       copy = entry.dup
 *       copy.amount = entry.amount * rate
 *       copy
 *     end
 *
 * after:
 *
 *     entries.to_a.map do |entry|
 *       entry.amount = entry.amount * rate
 *       entry
 *     end
 *
 * why:
 *
 * `dup` of a record copies its whole set of attributes, some 36 objects a row in Active Record 7.2 and twice as many the first
 * time. In a profile they appear as `Kernel#dup`, `Hash#deep_dup` and `ActiveModel::AttributeSet#deep_dup`, which are not the
 * cause: this line is. `dup` also drops the id, the timestamps, and the loaded associations.
 *
 * rewrite:
 *
 * There are three ways, and only you can tell which is right: change the loaded record where nobody else has it; copy the few
 * fields that are needed into a `Struct`; or keep the converted values and not the records.
 *
 * advice:
 * - Always: whether somebody else sees the loaded record cannot be told from the text.
 *
 * silent:
 * - The copy is saved: making a new row is the point of `dup`.
 * - The profile shows no record being copied: a Hash, an Array, a value of your own.
 */
export const arDupPerRow = definePattern(CallNode, {
  id: 'ar-dup-per-row',
  section: 'active-record',
  title: 'Every record of this list is copied',
  explanation:
    'dup copies the whole set of attributes of a record, some 36 objects a row. Change the loaded record where nobody else ' +
    'has it, copy the few fields needed into a Struct, or keep the converted values instead of records.',
  gain: 'objects',
  saving: { left: 0.25 },
  safety: 'advice',
  severity: 'warning',
  perRow: true,
  witnesses: [
    beneath(
      /^ActiveRecord::Core#(?:initialize_dup|init_internals)$|^ActiveModel::.*#deep_dup$|^ActiveRecord::.*#initialize_dup$/,
      'that this copies a record',
      'silent',
    ),
  ],
  names: ['dup', 'clone', 'map', 'collect'],
  match: matchDup,
});

function matchDup(dup: CallNode, syntax: Syntax): Match | null {
  const { receiver, messageLoc } = dup;
  if (/^(?:map|collect)$/.test(dup.name)) return matchMapped(dup, syntax);
  if (!messageLoc || dup.arguments_ || !(receiver instanceof LocalVariableReadNode)) return null;
  const block = variableOf(receiver, syntax)?.scope;
  if (!(block instanceof BlockNode) || !parameterNames(block)?.includes(receiver.name) || isSaved(dup, syntax))
    return null;
  return { range: syntax.rangeOf(messageLoc), fixes: [] };
}

/** `entries.map(&:dup)`. */
function matchMapped(map: CallNode, syntax: Syntax): Match | null {
  const copies = /^(?:dup|clone)$/.test(symbolOfBlock(map) ?? '');
  return copies && map.messageLoc ? { range: syntax.rangeOf(map.messageLoc), inLoop: true, fixes: [] } : null;
}

const saves = /^(?:save|update|update_columns|update_attributes|insert)!?$/;

/** `copy = entry.dup … copy.save!`, `entry.dup.save!`. */
function isSaved(dup: CallNode, syntax: Syntax): boolean {
  const outer = syntax.parentOf(dup);
  if (outer instanceof CallNode && outer.receiver === dup) return saves.test(outer.name);
  if (!(outer instanceof LocalVariableWriteNode)) return false;
  return (variableOf(outer, syntax)?.reads ?? []).some((read) => {
    const call = syntax.parentOf(read);
    return call instanceof CallNode && call.receiver === read && saves.test(call.name);
  });
}
