import {
  BlockNode,
  CallNode,
  CallOrWriteNode,
  ClassVariableOrWriteNode,
  GlobalVariableOrWriteNode,
  IndexOrWriteNode,
  InstanceVariableOrWriteNode,
  LocalVariableOrWriteNode,
  type Node,
} from '@ruby/prism/src/nodes.js';
import { isConstant } from '../callChain';
import { isInside, isLocalRead, variableOf } from '../locals';
import { type Loop, loopOf } from '../loops';
import { definePattern, type Match } from '../pattern';
import { descendants, type Syntax } from '../syntax';
import { called } from '../witness';

/**
 * A record is asked for by id, or by another value, in every turn of a loop.
 *
 * before:
 *
 *     ids.map do |id|
 *       User.find(id).name
 *     end
 *
 * after:
 *
 *     users = User.where(id: ids).index_by(&:id)
 *     ids.map { |id| users.fetch(id).name }
 *
 * why:
 *
 * Each turn makes a query, its result and a record: some 65 objects. One query with all ids makes only the records, and each of
 * them once. Measured on 147 ids: 9,829 objects and 148 queries before, 1,150 objects and 2 queries after.
 *
 * rewrite:
 *
 * `where(id: ids).index_by(&:id)` before the loop and a look into the hash in it; with `pluck` where only a column is needed. In
 * a long list, slice by slice.
 *
 * advice:
 * - Always: `find` raises for an id that does not exist, where the hash gives `nil` (`fetch` raises another error); rows come in
 *   another order and each of them once, so that equal ids share one record; rows that the loop changes are not read again.
 *
 * silent:
 * - Nothing in the arguments comes from the loop.
 * - The record is remembered (`users[id] ||= User.find(id)`, `cache.fetch(id) { … }`).
 * - It is not Active Record (`Dir.find`), or the profile shows no query under it.
 */
export const findInLoop = definePattern(CallNode, {
  id: 'find-in-loop',
  section: 'active-record',
  title: 'A record is looked up in every turn of the loop',
  explanation:
    'Each turn makes a query and a record. Load all of them with one query before the loop, where(id: ids).index_by(&:id), ' +
    'and look into the hash. Ids that do not exist, and ids that come twice, behave differently then.',
  gain: 'objects',
  saving: { left: 0.12 },
  safety: 'advice',
  severity: 'warning',
  perRow: true,
  witnesses: [
    called(
      /^ActiveRecord::.*#find(?:_by!?)?$/,
      'that the database is asked for a record here',
      'silent',
      /#(?:select_all|_query_by_sql|find_by_sql|exec_queries|find_with_ids)$/,
    ),
  ],
  links: ['https://api.rubyonrails.org/classes/Enumerable.html#method-i-index_by'],
  names: ['find', 'find_by', 'find_by!'],
  match: matchFind,
});

function matchFind(find: CallNode, syntax: Syntax): Match | null {
  const { messageLoc, receiver, arguments_ } = find;
  if (!messageLoc || !isConstant(receiver) || !arguments_ || find.block) return null;
  if (/(?:^|::)(?:Dir|Find|File|ObjectSpace)$/.test(syntax.sourceOf(receiver.location))) return null;
  const loop = loopOf(find, syntax);
  if (loop === null || !comesFrom(loop, arguments_, syntax) || isRemembered(find, loop, syntax)) return null;
  return { range: syntax.rangeOf(messageLoc), fixes: [] };
}

/** Whether a local of the loop, or one that it writes, is read in a node. */
function comesFrom({ node, block }: Loop, read: Node, syntax: Syntax): boolean {
  return descendants(read, () => true).some((part) => {
    if (!isLocalRead(part)) return false;
    const variable = variableOf(part, syntax);
    if (variable === null) return block !== null;
    return (
      (block !== null && isInside(variable.scope, block)) || variable.writes.some((write) => isInside(write, node))
    );
  });
}

/** `users[id] ||= User.find(id)`, `cache.fetch(id) { User.find(id) }`. */
function isRemembered(find: CallNode, loop: Loop, syntax: Syntax): boolean {
  let inner: Node = find;
  for (const outer of syntax.ancestorsOf(find)) {
    if (outer === loop.node) return false;
    if (isOrWrite(outer)) return true;
    if (
      inner instanceof BlockNode &&
      outer instanceof CallNode &&
      /^(?:fetch|compute_if_absent|new)$/.test(outer.name)
    ) {
      return true;
    }
    inner = outer;
  }
  return false;
}

function isOrWrite(node: Node): boolean {
  return (
    node instanceof IndexOrWriteNode ||
    node instanceof CallOrWriteNode ||
    node instanceof LocalVariableOrWriteNode ||
    node instanceof InstanceVariableOrWriteNode ||
    node instanceof ClassVariableOrWriteNode ||
    node instanceof GlobalVariableOrWriteNode
  );
}
