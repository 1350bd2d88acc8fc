import { ArrayNode, CallNode, ConstantReadNode, SplatNode } from '@ruby/prism/src/nodes.js';
import { blockOf, jumps, singleExpression } from '../blocks';
import { allEdits, removeBetween, removeCall, renameCall } from '../edits';
import { callsNil, hasGivenBlock, isBare, isIterator, isRange, iteratorBefore, takesOne } from '../iteratorPairs';
import { keptKey } from '../keptKey';
import { definePattern, type Fix, type Match } from '../pattern';
import { endOf, type Syntax } from '../syntax';
import { absent, called, type Witness } from '../witness';

/**
 * An array of pairs is built, only to make a hash of it.
 *
 * before:
 *
 *     users.map { |user| [user.id, user.name] }.to_h
 *
 * after:
 *
 *     users.to_h { |user| [user.id, user.name] }
 *
 * why:
 *
 * The array of pairs is a single object for a profile, however long it is; the pairs are made either way. Measured on 300
 * elements: 618 objects before and 617 after, 21.7 KB and 19.3 KB.
 *
 * check:
 * - The `to_h` of a Struct calls its block with the name and the value of each member, its `map` with the value only.
 * - `Hash[…]` takes pairs of one element as well, `to_h` does not.
 *
 * silent:
 * - `to_h` with a block of its own, lazy chains, and blocks that `break`.
 * - A block with one parameter and a profile that does not show an Array: it gets the pair from the `map` of a Hash, but only
 *   the key from its `to_h`.
 * - The pairs keep the keys of a Hash: `transform_values` is the better rewrite.
 */
export const mapToH = definePattern(CallNode, {
  id: 'map-to-h',
  section: 'ruby',
  title: 'An array of pairs is built to make a hash of it',
  explanation: 'to_h with a block makes the hash at once: one large array less, and not fewer small objects.',
  gain: 'bytes',
  safety: 'safe',
  severity: 'hint',
  ruby: { from: '2.6' },
  names: ['to_h', '[]'],
  match: matchToH,
});

function matchToH(outer: CallNode, syntax: Syntax): Match | null {
  return outer.name === '[]' ? matchBrackets(outer, syntax) : matchCall(outer, syntax);
}

/** `list.map { … }.to_h`. */
function matchCall(toH: CallNode, syntax: Syntax): Match | null {
  const map = iteratorBefore(toH, /^(?:map|collect)$/);
  if (!map || !isBare(toH)) return null;
  const edits = allEdits([renameCall(map, 'to_h', syntax), removeCall(toH, syntax)]);
  const others =
    keptKey(map) === null ? [] : [absent(/^(?:Hash|Struct)#each/, 'line', 'that this is no Hash', 'silent')];
  return matchOf(map, callsNil(map, toH) ? null : edits, null, others, syntax);
}

/** `Hash[list.map { … }]`. */
function matchBrackets(brackets: CallNode, syntax: Syntax): Match | null {
  const { receiver, callOperatorLoc, arguments_, block } = brackets;
  if (!(receiver instanceof ConstantReadNode) || receiver.name !== 'Hash' || callOperatorLoc || block) return null;
  const [map, ...others] = arguments_?.arguments_ ?? [];
  if (!(map instanceof CallNode) || others.length > 0) return null;
  if (!isIterator(map, /^(?:map|collect)$/)) return null;
  const edits = allEdits([
    removeBetween(brackets.location.startOffset, map.location.startOffset, syntax),
    renameCall(map, 'to_h', syntax),
    removeBetween(endOf(map.location), endOf(brackets.location), syntax),
  ]);
  const note = givesPairs(map) ? null : 'Check that the block always gives pairs: Hash[…] takes other arrays as well.';
  return matchOf(map, map.isSafeNavigation() ? null : edits, note, [], syntax);
}

function matchOf(
  map: CallNode,
  edits: Fix['edits'] | null,
  condition: string | null,
  others: readonly Witness[],
  syntax: Syntax,
): Match | null {
  if (!map.messageLoc) return null;
  const note = condition ?? (hasGivenBlock(map) ? 'Check that the block given takes what to_h gives it.' : null);
  return {
    range: syntax.rangeOf(map.messageLoc),
    witnesses: [witnessFor(map), ...others],
    safety: note === null ? 'safe' : 'review',
    note,
    fixes: edits === null ? [] : [{ title: 'Use to_h', edits }],
  };
}

/** The block of a Hash or Struct gets something else from `to_h` where it takes one parameter. */
function witnessFor(map: CallNode): Witness {
  const mayDiffer = takesOne(map) || hasGivenBlock(map);
  return mayDiffer && !isRange(map.receiver)
    ? called(/^Array#(?:map|collect)$/, 'that this is an Array and no Hash', 'silent')
    : called(/^(?:Array|Enumerable)#(?:map|collect)$/, 'that this is an Array or another Enumerable', 'review');
}

/** Whether the block is one literal pair. */
function givesPairs(map: CallNode): boolean {
  const block = blockOf(map);
  const pair = block && !jumps(block) ? singleExpression(block) : null;
  if (!(pair instanceof ArrayNode) || pair.elements.length !== 2) return false;
  return !pair.elements.some((element) => element instanceof SplatNode);
}
