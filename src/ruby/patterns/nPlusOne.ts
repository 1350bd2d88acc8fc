import {
  AndNode,
  BlockNode,
  BreakNode,
  CallNode,
  CaseMatchNode,
  CaseNode,
  IfNode,
  LambdaNode,
  NextNode,
  type Node,
  OrNode,
  RescueNode,
  UnlessNode,
} from '@ruby/prism/src/nodes.js';
import { callsInside, parameterNames } from '../blocks';
import { isConstant } from '../callChain';
import { insertAt } from '../edits';
import { isRelationByText, type LoadedRelation, loadedRelation } from '../loadedRelations';
import { isBefore, isLocalRead, variableOf } from '../locals';
import { isIterator } from '../loops';
import { definePattern, type Fix, type Match } from '../pattern';
import { loaderOf } from '../relations';
import { callLine } from '../sites';
import { descendants, endOf, type Syntax } from '../syntax';
import { beneath } from '../witness';

/**
 * An association is loaded once for every row of a list.
 *
 * before:
 *
 *     User.where(active: true).map do |user|
 *       user.posts.map { |post| post.title.size }.sum
 *     end
 *
 * after:
 *
 *     User.where(active: true).includes(:posts).map do |user|
 *       user.posts.map { |post| post.title.size }.sum
 *     end
 *
 * why:
 *
 * Each turn asks the database again and builds the query, its result and the association anew: some 200 objects a row. With
 * `includes` there is one query for all rows. Measured on 75 rows: 16,853 objects and 76 queries before, 5,752 objects and 2
 * queries after.
 *
 * check:
 * - All loaded rows are alive at once: in a long list, walk with `find_each`, which loads the association batch by batch.
 * - It has no `limit` in its scope, which `includes` would ignore.
 *
 * advice:
 * - Only some turns read the association: it stands in a branch, or after a `next`.
 * - The list is not a relation that is seen at the loop: it comes as an argument, from another method, or as an array.
 * - The chain has `includes`, `preload` or `eager_load` already, which may lack this association, or a condition that reads it.
 * - The chain has `select`, `group`, `from` or `merge`: the columns that the association needs may not be there.
 *
 * silent:
 * - The association was loaded before: its reader makes no query.
 * - A query is made of it (`user.posts.where(…)`, `user.posts.count`), which `includes` does not help.
 */
export const nPlusOne = definePattern(CallNode, {
  id: 'n-plus-one',
  section: 'active-record',
  title: 'This association is loaded once per row',
  explanation:
    'Every turn of the loop asks the database for the association of one row; includes loads it for all rows with one query.',
  gain: 'objects',
  saving: { left: 0.34 },
  safety: 'review',
  severity: 'warning',
  perRow: true,
  links: ['https://guides.rubyonrails.org/active_record_querying.html#eager-loading-associations'],
  names: null,
  match: matchReader,
});

function matchReader(reader: CallNode, syntax: Syntax): Match | null {
  const { receiver: row, messageLoc, name } = reader;
  if (!isLocalRead(row) || !messageLoc || reader.arguments_ || reader.block || !/^[a-z_]\w*$/.test(name)) return null;
  const outer = syntax.parentOf(reader);
  if (!(outer instanceof CallNode) || outer.receiver !== reader || queries.test(outer.name)) return null;
  const loop = loopOfRow(row, syntax);
  if (loop === null || isColumn(name)) return null;
  const others = callsInside(loop.block).filter(
    (call) =>
      call !== reader && call.name === name && isLocalRead(call.receiver) && isSameRow(call.receiver, row, syntax),
  );
  if (others.some((call) => isEarlierUse(call, reader, syntax))) return null;

  const obstacle = obstacleIn(loop.call) ?? (isOnlySometimes(reader, loop.block, syntax) ? onlySometimes : null);
  return {
    range: syntax.rangeOf(messageLoc),
    lines: [...new Set([syntax.lineOf(messageLoc), callLine(outer, syntax)])],
    witnesses: [
      beneath(new RegExp(`GeneratedAssociationMethods#${name}$`), `that ${name} is an association`, 'silent'),
      beneath(loadsAssociation, 'that the association is loaded here', 'silent'),
      beneath(queriesDatabase, 'that the database is asked here', 'silent'),
    ],
    note: obstacle ?? 'Check that its rows fit into memory together.',
    fixes: obstacle === null ? fixesFor(loop.call, name, syntax) : [],
  };
}

const loadsAssociation = /^ActiveRecord::Associations::\w*Association#(?:find_target|load_target)$/;
const queriesDatabase = /#(?:select_all|_query_by_sql|find_by_sql|exec_queries)$/;

const onlySometimes =
  'Only some turns read it, and includes would load it for all rows, so no edit is offered: use includes where most turns do.';

/** It stands in a branch, or after a `next` or `break`. */
function isOnlySometimes(reader: CallNode, block: BlockNode, syntax: Syntax): boolean {
  let inner: Node = reader;
  for (const outer of syntax.ancestorsOf(reader)) {
    if (outer === block) break;
    const isTest = 'predicate' in outer && outer.predicate === inner;
    const isBranch =
      outer instanceof IfNode ||
      outer instanceof UnlessNode ||
      outer instanceof CaseNode ||
      outer instanceof CaseMatchNode ||
      outer instanceof RescueNode;
    if (isBranch && !isTest) return true;
    if ((outer instanceof AndNode || outer instanceof OrNode) && outer.right === inner) return true;
    inner = outer;
  }
  const jumps = descendants(block, (child) => !(child instanceof BlockNode || child instanceof LambdaNode));
  return jumps.some((node) => (node instanceof NextNode || node instanceof BreakNode) && isBefore(node, reader));
}

/** Calls that ask the database anew, whether or not the association is loaded. */
const queries =
  /^(?:where|not|order|reorder|limit|offset|joins|left_joins|includes|preload|group|having|distinct|pluck|pick|ids|count|exists\?|find|find_by!?|find_each|find_in_batches|in_batches|first|last|take|create!?|build|new|find_or_create_by!?|first_or_create!?|update_all|delete_all|destroy_all|insert_all!?|upsert_all|reload|reset|<<|push|scope|unscoped|merge)$/;

interface RowLoop {
  readonly call: CallNode;
  readonly block: BlockNode;
}

/** The loop whose block has this as its first parameter. */
function loopOfRow(row: Node, syntax: Syntax): RowLoop | null {
  const block = blockOfRow(row, syntax);
  const call = block && syntax.parentOf(block);
  if (!block || !(call instanceof CallNode) || !isIterator(call.name)) return null;
  return parameterNames(block)?.[0] === nameOf(row) ? { call, block } : null;
}

function blockOfRow(row: Node, syntax: Syntax): BlockNode | null {
  const scope = variableOf(row, syntax)?.scope;
  if (scope !== undefined) return scope instanceof BlockNode ? scope : null;
  for (const outer of syntax.ancestorsOf(row)) if (outer instanceof BlockNode) return outer;
  return null;
}

function nameOf(row: Node): string {
  return 'name' in row && typeof row.name === 'string' ? row.name : 'it';
}

function isSameRow(a: Node, b: Node, syntax: Syntax): boolean {
  return nameOf(a) === nameOf(b) && blockOfRow(a, syntax) === blockOfRow(b, syntax);
}

/** The same association is read before this place: that one is told of. */
function isEarlierUse(call: CallNode, reader: CallNode, syntax: Syntax): boolean {
  const outer = syntax.parentOf(call);
  const isUse = outer instanceof CallNode && outer.receiver === call && !queries.test(outer.name) && !call.arguments_;
  return isUse && call.location.startOffset < reader.location.startOffset;
}

/** `id`, `user_id`, `created_at`: a column by its name. */
function isColumn(name: string): boolean {
  return /^id$|_(?:id|at|on)$/.test(name);
}

function obstacleIn({ name, receiver }: CallNode): string | null {
  if (name === 'find_each' && isConstant(receiver)) return null;
  const relation = loadedRelation(receiver);
  if (relation === null || !(relation.likely || isScope(relation))) {
    return 'The list is not a relation that is seen here, so no edit is offered: add includes where its rows are asked for.';
  }
  const { chain } = relation;
  if (chain.names.some((step) => /^(?:includes|preload|eager_load|references)$/.test(step))) {
    return 'Its rows are asked for with includes or preload already, so no edit is offered: see whether this association is missing there.';
  }
  const other = chain.names.find((step) => /^(?:select|reselect|group|having|from|merge)$/.test(step));
  return other === undefined ? null : `With ${other}, the association may lack its columns, so no edit is offered.`;
}

/** `User.active`. */
function isScope(relation: LoadedRelation): boolean {
  return isConstant(relation.chain.root) && isRelationByText(relation);
}

function fixesFor(loop: CallNode, name: string, syntax: Syntax): Fix[] {
  const loader = loaderOf(loop.receiver);
  const relation = loader ? loader.receiver : loop.receiver;
  if (relation === null) return [];
  // `User.where active: true` takes no further call.
  if (relation instanceof CallNode && relation.arguments_ && relation.closingLoc === null) return [];
  const end = endOf(relation.location);
  const text = `.includes(:${name})`;
  return [{ title: `Load it with includes(:${name})`, edits: [insertAt(end, text, syntax)] }];
}
