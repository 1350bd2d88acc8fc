import { AndNode, CallNode, type Node, OrNode, ParenthesesNode, StatementsNode } from '@ruby/prism/src/nodes.js';
import { blockOf, parameterNames, readsInside, singleExpression, symbolOfBlock } from '../blocks';
import { isRelationByText, loadedRelation } from '../loadedRelations';
import { isLocalRead } from '../locals';
import type { MatchContext } from '../matchContext';
import { definePattern, type Match } from '../pattern';
import { isCheapConstant } from '../purity';
import { modelOf } from '../relations';
import type { Syntax } from '../syntax';
import { beneath, called, loadsRecords } from '../witness';

/**
 * All rows are loaded, to be filtered, sorted or grouped by a column in Ruby.
 *
 * before:
 *
 *     User.where(active: true).select { |user| user.age > 30 }
 *
 * after:
 *
 *     User.where(active: true).where("age > ?", 30)
 *
 * why:
 *
 * Every row becomes a record of some 10 to 20 objects, also those that are thrown away. The database filters, sorts and counts
 * without any.
 *
 * rewrite:
 *
 * `select` and `reject` become `where` and `where.not`, `find` becomes `find_by`, `sort_by` becomes `order`, `group_by` of which
 * only the sizes are used becomes `group.count`.
 *
 * advice:
 * - Always: comparisons in SQL treat NULL, case and order in their own way.
 *
 * silent:
 * - The profile shows no rows being loaded: an Array, a Hash.
 * - The chain preloads associations, so the records are wanted.
 * - The block asks for something that is no column, or does more than compare.
 */
export const relationFilterInRuby = definePattern(CallNode, {
  id: 'relation-filter-in-ruby',
  section: 'active-record',
  title: 'Rows are loaded to be picked or sorted in Ruby',
  explanation:
    'Every row becomes a record, also those that are thrown away. Let the database do it with where, order or group. Mind ' +
    'that SQL treats NULL, case and order in its own way.',
  gain: 'objects',
  safety: 'advice',
  severity: 'information',
  witnesses: [beneath(loadsRecords.names, 'that rows are loaded here', 'silent')],
  links: ['https://guides.rubyonrails.org/active_record_querying.html#conditions'],
  names: ['select', 'filter', 'reject', 'find', 'detect', 'partition', 'group_by', 'sort_by', 'min_by', 'max_by'],
  match: matchFilter,
});

function matchFilter(filter: CallNode, syntax: Syntax, { schema }: MatchContext): Match | null {
  const { messageLoc, receiver } = filter;
  if (!messageLoc || !filter.block || filter.arguments_) return null;
  const relation = loadedRelation(receiver);
  if (relation === null || !isRelationByText(relation)) return null;
  const { chain } = relation;
  if (chain.names.some((name) => keeping.test(name))) return null;
  const readers = readersOf(filter);
  if (readers === null) return null;
  const model = modelOf(chain, syntax);
  const columns = model === null ? null : (schema?.columnsOf(model) ?? null);
  if (columns !== null && !readers.every((name) => columns.has(name.replace(/\?$/, '')))) return null;
  return {
    range: syntax.rangeOf(messageLoc),
    likely: chain.likely,
    ...(chain.likely ? {} : { witnesses: [loadedHere] }),
    fixes: [],
  };
}

/** `User.active.select { … }`, `user.posts.select { … }`: the line itself calls the relation, and not only the block. */
const loadedHere = called(
  /^(?:ActiveRecord::.*|Enumerable)#\w+$/,
  'that the line itself loads a relation',
  'silent',
  loadsRecords.names,
);

/** Records that are loaded for more than this, or in batches. */
const keeping = /^(?:includes|preload|eager_load|limit|find_each|find_in_batches|in_batches|pluck|ids|lazy|each_\w+)$/;

/** Readers of the row that a block compares; null when it does anything else. */
function readersOf(filter: CallNode): string[] | null {
  const symbol = symbolOfBlock(filter);
  if (symbol !== null) return /^[a-z_]\w*\??$/.test(symbol) ? [symbol] : null;
  const block = blockOf(filter);
  const [row, ...others] = (block && parameterNames(block)) ?? [];
  const test = block && singleExpression(block);
  return row === undefined || others.length > 0 || !test ? null : readersIn(test, row);
}

function readersIn(node: Node, row: string): string[] | null {
  if (node instanceof AndNode || node instanceof OrNode)
    return both(readersIn(node.left, row), readersIn(node.right, row));
  if (node instanceof ParenthesesNode) {
    const { body } = node;
    const [only, ...others] = body instanceof StatementsNode ? body.body : [];
    return only && others.length === 0 ? readersIn(only, row) : null;
  }
  if (!(node instanceof CallNode) || node.block) return null;
  const { receiver, name, arguments_ } = node;
  const [value, ...others] = arguments_?.arguments_ ?? [];
  if (receiver === null || others.length > 0) return null;
  if (isRow(receiver, row)) return value === undefined && /^[a-z_]\w*\??$/.test(name) ? [name] : null;
  if (value === undefined) return unary.has(name) ? readersIn(receiver, row) : null;
  if (!binary.has(name)) return null;
  if (isFixed(value, row)) return readersIn(receiver, row);
  return isFixed(receiver, row) ? readersIn(value, row) : both(readersIn(receiver, row), readersIn(value, row));
}

function both(left: string[] | null, right: string[] | null): string[] | null {
  return left === null || right === null ? null : [...left, ...right];
}

function isRow(node: Node, row: string): boolean {
  return isLocalRead(node) && readsInside(node, row).length === 1;
}

/** A literal, variable or constant, or a call that does not ask the row. */
function isFixed(node: Node, row: string): boolean {
  return isCheapConstant(node) ? !isRow(node, row) : readsInside(node, row).length === 0;
}

const unary = new Set(['!', 'nil?', 'present?', 'blank?', 'zero?', 'positive?', 'negative?', '-@']);
const binary = new Set(['==', '!=', '<', '>', '<=', '>=', 'include?', 'in?', 'start_with?', 'end_with?']);
