import {
  AssocNode,
  CallNode,
  ImplicitNode,
  KeywordHashNode,
  type Node,
  StringNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import { callsInside } from '../blocks';
import { isConstant } from '../callChain';
import { replace } from '../edits';
import { methodAround } from '../names';
import { definePattern, type Fix, type Match } from '../pattern';
import { braceOpensBlock } from '../precedence';
import { isCheapConstant, isPure } from '../purity';
import { endOf, type Syntax } from '../syntax';
import { called } from '../witness';

/**
 * Every row for a bulk write is taken out of a hash of all attributes of a record.
 *
 * before:
 *
 *     account.balances.upsert_all(
 *       balances.map { |b| b.attributes.slice("date", "balance") }
 *     )
 *
 * after:
 *
 *     account.balances.upsert_all(
 *       balances.map { |b| { "date" => b.date, "balance" => b.balance } }
 *     )
 *
 * why:
 *
 * `attributes` builds a hash of every column and a copy of every name; `slice` builds a second hash from it. The bulk write
 * needs neither the record nor the other columns. Where the record is made only for this
 * (`Balance.new(date: d, balance: t).attributes.slice("date", "balance")`), the rewrite leaves it out as well.
 *
 * check:
 * - No reader is overridden in the model: `attributes` goes past overridden readers, the rewrite does not.
 * - Values given to `new` need no cast: `upsert_all` and `insert_all` only serialize up to Rails 7.2, and cast first from 8.0.
 *
 * advice:
 * - A sliced name is not given to `new`: its value is the default of the column.
 * - The record is the result of a call, which the rewrite would repeat for every column.
 *
 * silent:
 * - There is no `upsert_all` or `insert_all` in the method: the attributes of one record, an audit log.
 */
export const attributesSliceBulkWrite = definePattern(CallNode, {
  id: 'attributes-slice-bulk-write',
  section: 'active-record',
  title: 'A hash of all attributes is built for every row of this bulk write',
  explanation:
    'attributes builds a hash of every column and slice a second one from it; a hash of just these columns needs neither.',
  gain: 'objects',
  saving: { left: 0.53 },
  safety: 'review',
  severity: 'warning',
  perRow: true,
  witnesses: [
    called(/^ActiveRecord::AttributeMethods#attributes$/, 'that this is a record of Active Record', 'silent'),
  ],
  links: ['https://api.rubyonrails.org/classes/ActiveRecord/Persistence/ClassMethods.html#method-i-upsert_all'],
  names: ['slice'],
  match: matchSlice,
});

const bulkWrites = /^(?:upsert_all|insert_all!?)$/;

function matchSlice(slice: CallNode, syntax: Syntax): Match | null {
  const { receiver: attributes, messageLoc } = slice;
  if (!(attributes instanceof CallNode) || attributes.name !== 'attributes' || attributes.arguments_) return null;
  const { receiver: record } = attributes;
  const names = sliced(slice);
  if (!messageLoc || !record || names === null || !callsInside(methodAround(slice, syntax)).some(isBulkWrite))
    return null;

  const values = isNew(record) ? valuesGiven(record, names, syntax) : valuesRead(record, names, syntax);
  const isWhole = !slice.isSafeNavigation() && !attributes.isSafeNavigation();
  const fixes = typeof values !== 'string' && isWhole ? fixesFor(slice, names, values, syntax) : [];
  const locations = [attributes.messageLoc, messageLoc].filter((one) => one !== null);
  return {
    range: syntax.rangeOf(messageLoc),
    lines: [...new Set(locations.map((location) => syntax.lineOf(location)))],
    likely: true,
    note: typeof values === 'string' ? values : isNew(record) ? castCondition : readerCondition,
    fixes,
    ...(isNew(record) ? { saving: { calls: /#new$|#attributes$|^Hash#slice$/ } } : {}),
  };
}

const readerCondition = 'Check that the model does not override these readers: attributes goes past them.';
const castCondition = 'Check that the values need no cast by the model: before Rails 8.0 bulk writes do not cast.';

function isBulkWrite({ name }: CallNode): boolean {
  return bulkWrites.test(name);
}

/** The names in `slice("date", "balance")`; null for anything else. */
function sliced({ arguments_ }: CallNode): StringNode[] | null {
  const names = arguments_?.arguments_ ?? [];
  const texts = names.filter((name) => name instanceof StringNode);
  return texts.length === names.length && texts.length > 0 ? texts : null;
}

/** `Balance.new(date: d)`. */
function isNew(record: Node): record is CallNode {
  return record instanceof CallNode && record.name === 'new' && isConstant(record.receiver);
}

/** Sources of the values, one per name; a sentence when they cannot be told. */
function valuesGiven(record: CallNode, names: readonly StringNode[], syntax: Syntax): string[] | string {
  const [hash, ...others] = record.arguments_?.arguments_ ?? [];
  const pairs = hash instanceof KeywordHashNode && others.length === 0 ? hash.elements : [];
  const given = new Map(pairs.flatMap((pair) => (pair instanceof AssocNode ? [[keyOf(pair), pair] as const] : [])));
  const wanted = names.map((name) => name.unescaped.value);
  if (given.size !== pairs.length || record.block || wanted.some((name) => !given.has(name))) {
    return 'Not all of these columns are given to new: their values are the defaults of the columns, so no edit is offered.';
  }
  const left = [...given].filter(([name]) => !wanted.includes(name ?? ''));
  if (left.some(([, { value }]) => !isPure(value))) {
    return 'new is given values that are not written but do something, so no edit is offered.';
  }
  return wanted.map((name) => sourceOf(given.get(name)!, syntax));
}

function valuesRead(record: Node, names: readonly StringNode[], syntax: Syntax): string[] | string {
  if (!isCheapConstant(record))
    return 'The record is the result of a call, which would be repeated, so no edit is offered.';
  const words = names.map((name) => name.unescaped.value);
  if (words.some((word) => !/^[a-z_]\w*$/.test(word)))
    return 'Not all of these names can be called, so no edit is offered.';
  return words.map((word) => `${syntax.sourceOf(record.location)}.${word}`);
}

function keyOf({ key }: AssocNode): string | null {
  return key instanceof SymbolNode || key instanceof StringNode ? (key.unescaped.value ?? null) : null;
}

function sourceOf({ key, value }: AssocNode, syntax: Syntax): string {
  return syntax.sourceOf(value instanceof ImplicitNode ? key.location : value.location).replace(/:$/, '');
}

function fixesFor(slice: CallNode, names: readonly StringNode[], values: readonly string[], syntax: Syntax): Fix[] {
  const { startOffset } = slice.location;
  if (syntax.hasCommentBetween(startOffset, endOf(slice.location)) || braceOpensBlock(slice, syntax)) return [];
  const pairs = names.map((name, i) => `${syntax.sourceOf(name.location)} => ${values[i]}`);
  return [{ title: 'Build the hash of these columns', edits: [replace(slice, `{ ${pairs.join(', ')} }`, syntax)] }];
}
