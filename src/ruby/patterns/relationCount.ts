import { CallNode, type Node } from '@ruby/prism/src/nodes.js';
import { removeBetween } from '../edits';
import { isAskedAgain, isOfLoop, isRelationByText, type LoadedRelation, loadedRelation } from '../loadedRelations';
import { definePattern, type Fix, type Match } from '../pattern';
import { isMapToId } from '../relationColumns';
import { endOf, type Syntax } from '../syntax';
import { called, loadsRecords } from '../witness';
import { emptinessTest } from './relationEmptiness';

/**
 * All rows are loaded to count them.
 *
 * before:
 *
 *     User.where(active: true).to_a.size
 *
 * after:
 *
 *     User.where(active: true).count
 *
 * why:
 *
 * `to_a` and `map(&:id)` build a record for every row, and the records are thrown away; `count` asks the database for the
 * number. Measured on 75 rows: 1,027 objects before and 146 after.
 *
 * check:
 * - Nobody has loaded the relation or reads its records later: `count` asks again.
 * - An association has no children that are built and not saved: `count` asks the database.
 *
 * advice:
 * - The chain starts at the element of a loop: its association may be preloaded, and `count` would ask for each element.
 * - The method asks for the same relation again, or the relation is a method without a receiver, which may keep it.
 * - `limit` or `offset` is in the chain: it bounds the rows already.
 * - `select`, `from`, `lock` or `merge` are in the chain: `count` may count something else.
 *
 * silent:
 * - `group` or `having` is in the chain: `count` gives a hash there.
 * - It is compared with nothing but zero: `relation-emptiness`.
 */
export const relationCount = definePattern(CallNode, {
  id: 'relation-count',
  section: 'active-record',
  title: 'All rows are loaded to count them',
  explanation: 'This builds a record for every row and throws them away; count asks the database for the number.',
  gain: 'objects',
  saving: { left: 0.14 },
  safety: 'review',
  severity: 'warning',
  witnesses: [
    called(
      /^(?:Enumerable#(?:map|collect)|ActiveRecord::.*#(?:map|collect|to_a|to_ary|load|records))$/,
      'that the line itself loads a relation',
      'silent',
      loadsRecords.names,
    ),
  ],
  links: ['https://api.rubyonrails.org/classes/ActiveRecord/Calculations.html#method-i-count'],
  names: ['size', 'length', 'count'],
  match: matchSize,
});

function matchSize(size: CallNode, syntax: Syntax): Match | null {
  const { messageLoc, receiver: loaded } = size;
  if (!messageLoc || size.arguments_ || size.block || !(loaded instanceof CallNode)) return null;
  const relation = loadedRelation(isMapToId(loaded) ? loaded.receiver : loaded);
  if (relation === null || relation.end === loaded || emptinessTest(size, syntax) !== null) return null;
  if (relation.chain.names.some((name) => /^(?:group|having)$/.test(name))) return null;

  const obstacle = obstacleTo(relation, syntax);
  const locations = [loaded.messageLoc, relation.loader?.messageLoc].filter((one) => one != null);
  return {
    range: syntax.rangeOf(messageLoc),
    lines: [...new Set([...locations, messageLoc].map((location) => syntax.lineOf(location)))],
    likely: relation.likely,
    note:
      obstacle ??
      'Check that nobody else needs the records, and that none is built and not saved: count asks the database each time.',
    fixes: obstacle === null ? fixesFor(size, relation, syntax) : [],
  };
}

function obstacleTo(relation: LoadedRelation, syntax: Syntax): string | null {
  if (isOfLoop(relation, syntax)) {
    return 'In a loop the association may be preloaded, and count would ask the database for each element, so no edit is offered.';
  }
  if (isAskedAgain(relation, syntax)) {
    return 'The method asks for the same relation again, so no edit is offered: keep it in a variable, and its rows are loaded once.';
  }
  if (!isRelationByText(relation)) {
    return 'This may be kept for later readers, so no edit is offered. If nobody reads its records again, use count.';
  }
  const limit = relation.chain.names.find((name) => /^(?:limit|offset|page|per|paginate)$/.test(name));
  if (limit !== undefined) {
    return `${limit} bounds these rows already, so no edit is offered.`;
  }
  const other = relation.chain.names.find((name) => /^(?:select|reselect|from|lock|merge|extending)$/.test(name));
  return other === undefined ? null : `With ${other}, count may count something else, so no edit is offered.`;
}

function fixesFor(size: CallNode, { end }: LoadedRelation, syntax: Syntax): Fix[] {
  let first: Node | null = size;
  while (first instanceof CallNode && first.receiver !== end) first = first.receiver;
  if (!(first instanceof CallNode) || !first.messageLoc) return [];
  const rest = removeBetween(first.messageLoc.startOffset, endOf(size.location), syntax);
  return rest === null ? [] : [{ title: 'Use count', edits: [{ ...rest, newText: 'count' }] }];
}
