import { CallNode, type Node, StringNode, SymbolNode } from '@ruby/prism/src/nodes.js';
import { isConstant } from '../callChain';
import { allEdits, removeBetween, removeCall } from '../edits';
import { isAskedAgain, isOfLoop, isRelationByText, type LoadedRelation, loadedRelation } from '../loadedRelations';
import type { MatchContext } from '../matchContext';
import { definePattern, type Fix, type Match } from '../pattern';
import { columnWitnesses, readersInBlock } from '../relationColumns';
import { endOf, type Syntax } from '../syntax';
import { called, loadsRecords } from '../witness';
import { emptinessTest } from './relationEmptiness';

/**
 * Whole records are built to read one or a few of their columns.
 *
 * before:
 *
 *     User.where(active: true).map { |user| [user.id, user.name] }
 *
 * after:
 *
 *     User.where(active: true).pluck(:id, :name)
 *
 * why:
 *
 * A record costs a dozen objects and asks the database for every column; `pluck` asks for these columns and builds their
 * values only. Measured on 75 rows: 1,029 objects before and 201 after for the ids, 1,772 and 604 for pairs.
 *
 * rewrite:
 *
 * Ids alone become `.ids`. `.to_a`, a `select` of the same columns, and `all` said of the class go as well.
 *
 * check:
 * - The readers are not overridden, and the model has no `after_initialize` that changes these columns.
 * - Nobody has loaded the relation or reads its records later: `pluck` asks again.
 * - An association has no children that are built and not saved: `pluck` asks the database.
 *
 * advice:
 * - Neither the schema nor the profile shows that all of them are columns.
 * - The chain starts at the element of a loop: its association may be preloaded, and `pluck` would ask for each element.
 * - The method asks for the same relation again, or the relation is a method without a receiver, which may keep it.
 * - `select`, `distinct`, `group`, `having`, `from`, `lock`, `merge`, `includes` or `eager_load` are in the chain: `pluck` reads
 *   other rows or columns there.
 *
 * silent:
 * - The schema shows that one of the names is not a column, or the profile that the model has a method of that
 *   name: it needs the record.
 * - The values are only counted, added up or asked for emptiness: `relation-count`, `relation-sum` and `relation-emptiness`.
 */
export const relationPluck = definePattern(CallNode, {
  id: 'relation-pluck',
  section: 'active-record',
  title: 'Whole records are loaded to read a few columns',
  explanation:
    'Every row becomes a record with all its columns; pluck asks for these columns and builds their values only.',
  gain: 'objects',
  saving: { left: 0.34 },
  safety: 'review',
  severity: 'warning',
  links: ['https://api.rubyonrails.org/classes/ActiveRecord/Calculations.html#method-i-pluck'],
  names: ['map', 'collect'],
  match: matchMap,
});

const loads = called(
  /^(?:Enumerable#(?:map|collect)|ActiveRecord::.*#(?:map|collect|to_a|to_ary|load|records))$/,
  'that the line itself loads a relation',
  'silent',
  loadsRecords.names,
);

function matchMap(map: CallNode, syntax: Syntax, context: MatchContext): Match | null {
  const { messageLoc } = map;
  const names = readersInBlock(map);
  const relation = names && loadedRelation(map.receiver);
  if (!messageLoc || !names || !relation || isReduced(map, syntax)) return null;
  const columns = columnWitnesses(relation, names, syntax, context);
  if (columns === null) return null;

  const select = sameSelect(relation, names);
  const obstacle = obstacleTo(relation, select, syntax);
  const loaded = relation.loader?.messageLoc ?? messageLoc;
  return {
    range: syntax.rangeOf(messageLoc),
    lines: [...new Set([loaded, messageLoc].map((location) => syntax.lineOf(location)))],
    likely: relation.likely,
    witnesses: [loads, ...columns],
    ...(names.length === 1 && names[0] === 'id' ? { saving: { left: 0.2 } } : {}),
    note: obstacle ?? 'Check that no reader is overridden in the model and that nobody else needs the records.',
    fixes: obstacle === null ? fixesFor(map, relation, select, names, syntax) : [],
  };
}

/** `.sum`, `.count`, `.any?` after it: other findings. */
function isReduced(map: CallNode, syntax: Syntax): boolean {
  const outer = syntax.parentOf(map);
  if (!(outer instanceof CallNode) || outer.receiver !== map || outer.arguments_ || outer.block) return false;
  return /^(?:sum|count|size|length)$/.test(outer.name) || emptinessTest(outer, syntax) !== null;
}

/** `select(:name)` before `map(&:name)`, which `pluck(:name)` replaces. */
function sameSelect({ chain }: LoadedRelation, names: readonly string[]): CallNode | null {
  const select = chain.calls.find((call) => call.name === 'select');
  const columns = (select?.arguments_?.arguments_ ?? []).map(textOf);
  const isSame = columns.length === names.length && names.every((name) => columns.includes(name));
  return select && isSame ? select : null;
}

function textOf(node: Node): string | null {
  return node instanceof SymbolNode || node instanceof StringNode ? (node.unescaped.value ?? null) : null;
}

function obstacleTo(relation: LoadedRelation, select: CallNode | null, syntax: Syntax): string | null {
  if (isOfLoop(relation, syntax)) {
    return 'In a loop the association may be preloaded, and pluck would ask the database for each element, so no edit is offered.';
  }
  if (isAskedAgain(relation, syntax)) {
    return 'The method asks for the same relation again, so no edit is offered: keep it in a variable, and its rows are loaded once.';
  }
  if (!isRelationByText(relation)) {
    return 'This may be kept for later readers, so no edit is offered. If nobody reads its records again, use pluck.';
  }
  const selects = relation.chain.calls.filter(({ name }) => /^(?:select|reselect)$/.test(name));
  if (selects.some((call) => call !== select)) {
    return 'The selected columns may have other names or values than those of the table, so no edit is offered.';
  }
  const other = relation.chain.names.find((name) => rowChangers.test(name));
  if (other === undefined || (other === 'distinct' && select !== null)) return null;
  return `With ${other}, pluck may read other rows or values, so no edit is offered.`;
}

const rowChangers =
  /^(?:distinct|group|having|from|lock|merge|includes|eager_load|references|extending|load_async|with|paginate)$/;

function fixesFor(
  map: CallNode,
  relation: LoadedRelation,
  select: CallNode | null,
  names: readonly string[],
  syntax: Syntax,
): Fix[] {
  if (!map.messageLoc) return [];
  const text = names.length === 1 && names[0] === 'id' ? 'ids' : `pluck(${names.map((name) => `:${name}`).join(', ')})`;
  const rest = removeBetween(map.messageLoc.startOffset, endOf(map.location), syntax);
  const dropped = [bareAll(relation), select, relation.loader].filter((call) => call !== null);
  const edits = allEdits([...dropped.map((call) => removeCall(call, syntax)), rest && { ...rest, newText: text }]);
  return edits === null ? [] : [{ title: `Use ${text}`, edits }];
}

/** `all` said of the class itself. */
function bareAll({ chain }: LoadedRelation): CallNode | null {
  const [all, second] = chain.calls;
  return all && !second && all.name === 'all' && !all.arguments_ && isConstant(chain.root) ? all : null;
}
