import { BlockNode, CallNode, type Node, SelfNode, YieldNode } from '@ruby/prism/src/nodes.js';
import { callsInside, symbolOfBlock, touches } from '../blocks';
import { isLocalRead } from '../locals';
import { definePattern, type Fix, type Match, type Safety } from '../pattern';
import { isPureName } from '../purity';
import { descendants, endOf, type Syntax } from '../syntax';
import { useOfIteratorValue } from '../useOfValue';
import { called } from '../witness';

/**
 * The keys or values of a hash are copied into an array, only to be walked once.
 *
 * before:
 *
 *     rows.each do |row|
 *       row.values.each { |cell| total += cell }
 *     end
 *
 * after:
 *
 *     rows.each do |row|
 *       row.each_value { |cell| total += cell }
 *     end
 *
 * check:
 * - `keys.each` returns the array, `each_key` the hash.
 * - The hash may not get new keys while `each_key` walks over it; the copy was a guard against that.
 *
 * advice:
 * - The block writes into the hash, passes it on, or hands it out: the copy may be there on purpose.
 * - The value of `each` is used.
 *
 * silent:
 * - The profile shows no `Hash#keys` or `Hash#values` called by the line: `redis.keys.each`, a method of the same name.
 */
export const keysEach = definePattern(CallNode, {
  id: 'keys-each',
  section: 'ruby',
  title: 'The keys of this hash are copied before they are walked',
  explanation:
    'keys and values build an array of the whole hash each time; each_key and each_value walk the hash itself. ' +
    'One array per call less.',
  gain: 'objects',
  safety: 'safe',
  severity: 'warning',
  names: ['each'],
  match: matchEach,
});

function matchEach(each: CallNode, syntax: Syntax): Match | null {
  const { receiver: list, messageLoc, block } = each;
  if (!(list instanceof CallNode) || !/^(?:keys|values)$/.test(list.name)) return null;
  if (!messageLoc || !list.messageLoc || !list.receiver || !block) return null;
  if (each.arguments_ || list.arguments_ || list.block) return null;

  const use = useOfIteratorValue(each, syntax);
  const obstacle = obstacleAround(use, block, list.receiver, syntax);
  const safety: Safety = use === 'returned' || mayReach(each, block, list.receiver) ? 'review' : 'safe';
  const names = list.name === 'keys' ? /^Hash#keys$/ : /^Hash#values$/;
  return {
    range: syntax.rangeBetween(list.messageLoc.startOffset, endOf(messageLoc)),
    lines: [...new Set([list.messageLoc, messageLoc].map((location) => syntax.lineOf(location)))],
    witnesses: [called(names, 'that this is a Hash', 'silent')],
    saving: { calls: names },
    safety,
    note: obstacle ?? (safety === 'review' ? condition : null),
    fixes: obstacle === null ? fixesFor(each, list, syntax) : [],
  };
}

const condition = 'Check that nothing adds keys to the hash meanwhile, and that nobody uses the array returned.';

function obstacleAround(use: string, block: Node, hash: Node, syntax: Syntax): string | null {
  if (use === 'used') return 'The value of each is used, and each_key returns the hash, so no edit is offered.';
  if (touches(block, hash, syntax)) {
    return 'The block changes the hash or passes it on, and a hash may not get new keys while it is walked, so no edit is offered.';
  }
  return null;
}

/** Whether the block calls code of this object, other than its readers, which may change a hash that is not a local variable. */
function mayReach(each: CallNode, block: Node, hash: Node): boolean {
  if (!(block instanceof BlockNode)) return symbolOfBlock(each) === null;
  if (isLocalRead(hash)) return false;
  const own = callsInside(block).filter(({ receiver }) => receiver === null || receiver instanceof SelfNode);
  const acts = own.some(
    ({ name, arguments_, block: given }) => arguments_ !== null || given !== null || !isPureName(name),
  );
  return acts || descendants(block, () => true).some((node) => node instanceof YieldNode);
}

function fixesFor(each: CallNode, list: CallNode, syntax: Syntax): Fix[] {
  const from = list.messageLoc?.startOffset ?? 0;
  const to = each.messageLoc ? endOf(each.messageLoc) : 0;
  if (syntax.hasCommentBetween(from, to)) return [];
  const name = list.name === 'keys' ? 'each_key' : 'each_value';
  return [{ title: `Use ${name}`, edits: [{ range: syntax.rangeBetween(from, to), newText: name }] }];
}
