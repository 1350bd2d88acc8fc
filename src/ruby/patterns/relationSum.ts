import { CallNode } from '@ruby/prism/src/nodes.js';
import { removeBetween } from '../edits';
import { isAskedAgain, isOfLoop, isRelationByText, type LoadedRelation, loadedRelation } from '../loadedRelations';
import type { MatchContext } from '../matchContext';
import { definePattern, type Fix, type Match } from '../pattern';
import { columnWitnesses, readersInBlock } from '../relationColumns';
import { endOf, type Syntax } from '../syntax';
import { called, loadsRecords } from '../witness';

/**
 * All rows are loaded to add up one of their columns.
 *
 * before:
 *
 *     Post.where(user_id: id).map(&:views).sum
 *
 * after:
 *
 *     Post.where(user_id: id).sum(:views)
 *
 * why:
 *
 * With a block, `sum` builds a record for every row and adds up in Ruby; with the name of a column the database adds up and
 * gives one number. The more rows, the larger the gain: 13 objects a row and more are not built.
 *
 * check:
 * - SQL leaves out `NULL`, where Ruby raises, and may round sums of decimals and floats in another way.
 * - The reader is not overridden, and nobody else needs the records.
 * - An association has no children that are built and not saved: `sum` asks the database.
 *
 * advice:
 * - Neither the schema nor the profile shows that it is a column.
 * - `limit` and `offset` apply after the sum in SQL; `select`, `distinct`, `group`, `having`, `from`, `lock`, `merge`, `includes`
 *   and `eager_load` may add up other rows.
 * - The chain starts at the element of a loop: its association may be preloaded, and `sum` would ask for each element.
 * - The method asks for the same relation again, or the relation is a method without a receiver, which may keep it.
 *
 * silent:
 * - The schema shows that it is not a column, or the profile that the model has a method of that name.
 * - `sum` is given a start value.
 */
export const relationSum = definePattern(CallNode, {
  id: 'relation-sum',
  section: 'active-record',
  title: 'All rows are loaded to add up a column',
  explanation: 'This builds a record for every row; sum with the name of the column lets the database add up.',
  gain: 'objects',
  saving: { calls: /^(?:Enumerable#(?:map|collect|sum)|ActiveRecord::Calculations#sum)$/ },
  safety: 'review',
  severity: 'warning',
  links: ['https://api.rubyonrails.org/classes/ActiveRecord/Calculations.html#method-i-sum'],
  names: ['sum'],
  match: matchSum,
});

const loads = called(
  /^(?:Enumerable#(?:map|collect|sum)|Array#sum|ActiveRecord::.*#(?:map|collect|sum|to_a|to_ary|load|records))$/,
  'that the line itself loads a relation',
  'silent',
  loadsRecords.names,
);

function matchSum(sum: CallNode, syntax: Syntax, context: MatchContext): Match | null {
  const { messageLoc, receiver } = sum;
  if (!messageLoc || sum.arguments_) return null;
  const isMapped = sum.block === null && receiver instanceof CallNode && /^(?:map|collect)$/.test(receiver.name);
  const reading = isMapped ? receiver : sum;
  const names = readersInBlock(reading);
  const relation = names && loadedRelation(reading.receiver);
  if (names?.length !== 1 || !relation || !reading.messageLoc) return null;
  const columns = columnWitnesses(relation, names, syntax, context);
  if (columns === null) return null;

  const obstacle = obstacleTo(relation, syntax);
  const locations = [relation.loader?.messageLoc, reading.messageLoc, messageLoc].filter((one) => one != null);
  return {
    range: syntax.rangeOf(messageLoc),
    lines: [...new Set(locations.map((location) => syntax.lineOf(location)))],
    likely: relation.likely,
    witnesses: [loads, ...columns],
    note: obstacle ?? 'Check that the column has no NULL and that the rounding of the database is right here.',
    fixes: obstacle === null ? fixesFor(sum, relation, names, syntax) : [],
  };
}

function obstacleTo(relation: LoadedRelation, syntax: Syntax): string | null {
  if (isOfLoop(relation, syntax)) {
    return 'In a loop the association may be preloaded, and sum would ask the database for each element, so no edit is offered.';
  }
  if (isAskedAgain(relation, syntax)) {
    return 'The method asks for the same relation again, so no edit is offered: keep it in a variable, and its rows are loaded once.';
  }
  if (!isRelationByText(relation)) {
    return 'This may be kept for later readers, so no edit is offered. If nobody reads its records again, let the database add up.';
  }
  const limit = relation.chain.names.find((name) => /^(?:limit|offset|page|per|paginate)$/.test(name));
  if (limit !== undefined) {
    return `In SQL ${limit} applies after the sum, which would be that of all rows, so no edit is offered. pluck before sum keeps it.`;
  }
  const other = relation.chain.names.find((name) => rowChangers.test(name));
  return other === undefined ? null : `With ${other}, sum may add up other rows, so no edit is offered.`;
}

const rowChangers =
  /^(?:select|reselect|distinct|group|having|from|lock|merge|includes|eager_load|references|extending|with)$/;

function fixesFor(sum: CallNode, { end }: LoadedRelation, [name]: readonly string[], syntax: Syntax): Fix[] {
  let first = sum;
  while (first.receiver instanceof CallNode && first.receiver !== end) first = first.receiver;
  if (!first.messageLoc) return [];
  const rest = removeBetween(first.messageLoc.startOffset, endOf(sum.location), syntax);
  return rest === null ? [] : [{ title: `Use sum(:${name})`, edits: [{ ...rest, newText: `sum(:${name})` }] }];
}
