import { CallNode } from '@ruby/prism/src/nodes.js';
import { renameCall } from '../edits';
import { breaks, isBare, isIterator, isLazy } from '../iteratorPairs';
import { definePattern, type Match } from '../pattern';
import type { Syntax } from '../syntax';
import { called, type Witness } from '../witness';

/**
 * An array that nobody else has is copied to be changed.
 *
 * before:
 *
 *     rows.each_slice(2).sum do |pair|
 *       pair.map { |row| row.price }.map { |price| price * 2 }.size
 *     end
 *
 * after:
 *
 *     rows.each_slice(2).sum do |pair|
 *       pair.map { |row| row.price }.map! { |price| price * 2 }.size
 *     end
 *
 * why:
 *
 * What `map`, `keys` or `chars` return is a new array, and the next method in the chain may use it up. Measured on 150 pairs:
 * 780 objects before and 630 after. `sort_by!` makes as many objects as `sort_by`, but lets go of the unsorted array sooner.
 *
 * silent:
 * - The first method may return something else than a new Array: `select` of a Hash, `map` of a lazy chain.
 * - `uniq!`, `compact!`, `flatten!`, `select!` and `reject!` return nil where there is nothing to do.
 * - A better rewrite is known: `map { … }.sort.first`, `map { … }.map { … }.sum`.
 */
export const freshArrayBang = definePattern(CallNode, {
  id: 'fresh-array-bang',
  section: 'ruby',
  title: 'A new array is copied by the next call',
  explanation: 'Nobody else has the array, so it can be changed in place. One array per call less.',
  gain: 'objects',
  safety: 'safe',
  severity: 'information',
  names: ['map', 'collect', 'sort', 'sort_by', 'reverse', 'shuffle'],
  match: matchCopy,
});

function matchCopy(copy: CallNode, syntax: Syntax): Match | null {
  const { receiver: source, messageLoc, callOperatorLoc } = copy;
  if (!(source instanceof CallNode) || !messageLoc || !callOperatorLoc || !source.receiver) return null;
  const witness = isCopy(copy) && !hasBetterRewrite(copy, syntax) ? witnessOf(source) : null;
  const edit = witness && renameCall(copy, `${copy.name}!`, syntax);
  if (!witness || !edit) return null;
  return {
    range: syntax.rangeOf(messageLoc),
    lines: [...new Set([source.messageLoc ?? messageLoc, messageLoc].map((location) => syntax.lineOf(location)))],
    ...(copy.name === 'sort_by' ? { gain: 'peak' } : {}),
    // Two calls of one name cannot be told apart on their line.
    saving: {
      all: [{ made: new RegExp(`^(?:Array|Enumerable)#${copy.name}$`) }],
      part: copy.name === source.name ? 0.5 : 1,
    },
    witnesses: [witness],
    fixes: [{ title: `Use ${copy.name}!`, edits: [edit] }],
  };
}

/** Whether the method's `!` form does the same and returns the array. */
function isCopy(copy: CallNode): boolean {
  const { name, arguments_, block } = copy;
  switch (name) {
    case 'map':
    case 'collect':
    case 'sort_by':
      return block !== null && arguments_ === null && !breaks(block);
    case 'sort':
      return arguments_ === null && (block === null || !breaks(block));
    default:
      return block === null && (name === 'shuffle' || arguments_ === null);
  }
}

const iterators = /^(?:map|collect|flat_map|collect_concat|filter_map|sort_by)$/;

/** What the profile must show for the call to return a new Array; null when it does not always. */
function witnessOf(source: CallNode): Witness | null {
  if (isLazy(source)) return null;
  if (isIterator(source, iterators)) return newArray(new RegExp(`^(?:Array|Enumerable)#${source.name}$`));
  if (source.block) return null;
  if (source.name === 'pluck') return newArray(/^(?:ActiveRecord::.*|Enumerable)#pluck$/);
  if (!isBare(source)) return null;
  if (source.name === 'keys' || source.name === 'values') return newArray(new RegExp(`^Hash#${source.name}$`));
  return source.name === 'chars' ? newArray(/^String#chars$/) : null;
}

function newArray(names: RegExp): Witness {
  return called(names, 'that the first call returns a new Array', 'silent');
}

/** Whether both calls, or this one and the next, can become one. */
function hasBetterRewrite(copy: CallNode, syntax: Syntax): boolean {
  const next = syntax.parentOf(copy);
  if (!(next instanceof CallNode) || next.receiver !== copy) return false;
  const names = better.get(copy.name);
  return names?.test(next.name) ?? false;
}

const better: ReadonlyMap<string, RegExp> = new Map([
  ['map', /^(?:compact|flatten|to_h|sum|include\?|member\?)$/],
  ['collect', /^(?:compact|flatten|to_h|sum|include\?|member\?)$/],
  ['sort', /^(?:first|last)$/],
  ['sort_by', /^(?:first|last)$/],
  ['reverse', /^each$/],
]);
