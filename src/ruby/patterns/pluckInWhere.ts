import {
  AssocNode,
  CallNode,
  HashNode,
  KeywordHashNode,
  type Node,
  StringNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import { isConstant } from '../callChain';
import type { MatchContext } from '../matchContext';
import { definePattern, type Fix, type Match } from '../pattern';
import { modelOf, type RelationChain, relationChain } from '../relations';
import { endOf, type Syntax } from '../syntax';
import { beneath } from '../witness';

/**
 * Values are fetched from the database only to be sent back in a condition.
 *
 * before:
 *
 *     Post.where(user_id: User.where(active: true).pluck(:id)).count
 *
 * after:
 *
 *     Post.where(user_id: User.where(active: true).select(:id)).count
 *
 * why:
 *
 * `pluck` makes an object per row and a list in the next query; with `select` the database does both in one query. Measured on
 * 150 rows: 423 objects before and 221 after.
 *
 * rewrite:
 *
 * `ids` becomes `select(:id)`.
 *
 * check:
 * - The column has no NULL: a list with `nil` becomes `IN (…) OR IS NULL`, a subquery does not, and `NOT IN` with a NULL finds
 *   nothing.
 * - Both tables are in the same database, and it runs the subquery as fast.
 * - The model's primary key is `id`, where `ids` is replaced.
 *
 * advice:
 * - `limit`, `offset`, `group`, `select`, `from` or `eager_load` in the inner chain: not every database takes such a subquery,
 *   or it has other columns.
 * - `where.not` with a column other than `id`, which may be NULL.
 *
 * silent:
 * - The profile shows no `pluck` or `ids` of Active Record under the line: arrays have `pluck` as well.
 * - Several columns, or SQL text.
 */
export const pluckInWhere = definePattern(CallNode, {
  id: 'pluck-in-where',
  section: 'active-record',
  title: 'These values are fetched only to be sent back',
  explanation:
    'pluck and ids make an object per row for a list in the next query; a subquery with select leaves them in the database.',
  gain: 'objects',
  saving: { beneath: /^ActiveRecord::.*[#.](?:pluck|ids)$/ },
  safety: 'review',
  severity: 'information',
  witnesses: [beneath(/^ActiveRecord::.*[#.](?:pluck|ids)$/, 'that these values come from the database', 'silent')],
  links: ['https://guides.rubyonrails.org/active_record_querying.html#subset-conditions'],
  names: ['pluck', 'ids'],
  match: matchPluck,
});

function matchPluck(pluck: CallNode, syntax: Syntax, { schema }: MatchContext): Match | null {
  const { receiver, messageLoc, block } = pluck;
  const column = columnOf(pluck);
  const condition = conditionAround(pluck, syntax);
  if (!messageLoc || block || column === null || condition === null || pluck.isSafeNavigation()) return null;
  const chain = relationChain(receiver);
  if (!(isConstant(receiver) || (chain && (chain.likely || isConstant(chain.root))))) return null;

  const model = chain ? modelOf(chain, syntax) : receiver ? syntax.sourceOf(receiver.location) : null;
  const columns = model === null ? null : (schema?.columnsOf(model) ?? null);
  const obstacle =
    obstacleIn(chain) ??
    (pluck.name === 'ids' && columns?.has('id') === false ? 'The table has no id, so no edit is offered.' : null) ??
    (condition.name === 'not' && column !== ':id' ? notIn : null);
  return {
    range: syntax.rangeOf(messageLoc),
    likely: chain === null || chain.likely,
    note: obstacle ?? 'Check that the column has no NULL, and that both tables are in the same database.',
    fixes: obstacle === null ? fixesFor(pluck, messageLoc.startOffset, column, syntax) : [],
  };
}

const notIn = 'If the column has a NULL, NOT IN with a subquery finds no row, so no edit is offered.';

/** Source of the only column; null for several, and for SQL. */
function columnOf({ name, arguments_ }: CallNode): string | null {
  const [column, ...others] = arguments_?.arguments_ ?? [];
  if (name === 'ids') return column === undefined ? ':id' : null;
  if (others.length > 0 || !(column instanceof SymbolNode || column instanceof StringNode)) return null;
  const word = column.unescaped.value;
  return /^[a-z_]\w*$/.test(word ?? '') ? `:${word}` : null;
}

/** `where(user_id: …)`, `where.not(user_id: …)` when the node is a value of its hash. */
function conditionAround(node: Node, syntax: Syntax): CallNode | null {
  const pair = syntax.parentOf(node);
  if (!(pair instanceof AssocNode) || pair.value !== node) return null;
  for (const outer of syntax.ancestorsOf(pair)) {
    if (outer instanceof CallNode) return isCondition(outer) ? outer : null;
    if (!(outer instanceof KeywordHashNode || outer instanceof HashNode || outer instanceof AssocNode || isList(outer)))
      return null;
  }
  return null;
}

function isCondition({ name, receiver, block }: CallNode): boolean {
  if (block) return false;
  if (name === 'not') return receiver instanceof CallNode && receiver.name === 'where' && receiver.arguments_ === null;
  return name === 'where' || name === 'rewhere';
}

function isList(node: Node): boolean {
  return 'arguments_' in node;
}

function obstacleIn(chain: RelationChain | null): string | null {
  const name = chain?.names.find((one) => unfit.test(one));
  return name === undefined ? null : `Not every database takes a subquery with ${name}, so no edit is offered.`;
}

const unfit = /^(?:limit|offset|group|having|select|reselect|from|eager_load|includes|lock|first|last|take|page|per)$/;

function fixesFor(pluck: CallNode, from: number, column: string, syntax: Syntax): Fix[] {
  if (syntax.hasCommentBetween(from, endOf(pluck.location))) return [];
  const [given] = pluck.arguments_?.arguments_ ?? [];
  const newText = `select(${given ? syntax.sourceOf(given.location) : column})`;
  const range = syntax.rangeBetween(from, endOf(pluck.location));
  return [{ title: 'Use a subquery', edits: [{ range, newText }] }];
}
