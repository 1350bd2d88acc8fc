import { CallNode } from '@ruby/prism/src/nodes.js';
import { allEdits, removeCall, renameCall } from '../edits';
import { callsNil, hasGivenBlock, isBare, iteratorBefore, splitsElements } from '../iteratorPairs';
import { definePattern, type Fix, type Match } from '../pattern';
import { isPureBlock } from '../purity';
import type { Syntax } from '../syntax';
import { called } from '../witness';

/**
 * All matching elements are collected, only to ask whether there are any.
 *
 * before:
 *
 *     days.map do |day|
 *       visits.select { |visit| visit.day == day }.empty?
 *     end
 *
 * after:
 *
 *     days.map do |day|
 *       visits.none? { |visit| visit.day == day }
 *     end
 *
 * why:
 *
 * `none?` and `any?` stop at the first match and build no array. Measured on 40 questions about 300 elements: 58 objects
 * before and 18 after, 102 KB and 5 KB.
 *
 * check:
 * - The block is not called for the elements after the first match: it must not be there for what it does.
 * - `select { … }.any?` and `.none?` ask whether a *true* element was found: `[nil].select(&:nil?).any?` is false, and
 *   `[nil].any?(&:nil?)` is true.
 *
 * silent:
 * - A Hash, whose `none?` may build more arrays than `select` builds hashes.
 * - `any?` with a pattern or block, `select` with column names, lazy chains, and blocks that `break`.
 */
export const selectAny = definePattern(CallNode, {
  id: 'select-any',
  section: 'ruby',
  title: 'An array of all matches is built to ask whether there are any',
  explanation: 'none? and any? stop at the first match and build no array. One array per call less.',
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
  names: ['empty?', 'any?', 'none?'],
  match: matchAny,
});

function matchAny(any: CallNode, syntax: Syntax): Match | null {
  const select = iteratorBefore(any, /^(?:select|filter|find_all)$/);
  if (!select?.messageLoc || !isBare(any) || splitsElements(select)) return null;
  const notes = [
    any.name === 'empty?' ? null : 'Check that none of the elements is nil or false: they do not count as found.',
    hasGivenBlock(select) || !isPureBlock(select)
      ? 'Check that the block need not be called for the elements after the first match.'
      : null,
  ].filter((note) => note !== null);
  return {
    range: syntax.rangeOf(select.messageLoc),
    safety: notes.length === 0 ? 'safe' : 'review',
    note: notes.length === 0 ? null : notes.join(' '),
    fixes: callsNil(select, any) ? [] : fixesFor(any, select, syntax),
  };
}

function fixesFor(any: CallNode, select: CallNode, syntax: Syntax): Fix[] {
  const name = any.name === 'any?' ? 'any?' : 'none?';
  const edits = allEdits([renameCall(select, name, syntax), removeCall(any, syntax)]);
  return edits === null ? [] : [{ title: `Use ${name}`, edits }];
}
