import {
  BlockArgumentNode,
  BlockNode,
  BlockParametersNode,
  CallNode,
  IntegerNode,
  LocalVariableReadNode,
  ParametersNode,
  RequiredParameterNode,
} from '@ruby/prism/src/nodes.js';
import { breaksWithValue, callsInside } from '../blockCalls';
import { type CallChain, callChain, isConstant } from '../callChain';
import { definePattern, type Fix, type Match } from '../pattern';
import { endOf, type Syntax } from '../syntax';
import type { TextEdit } from '../textRange';
import { useOfValue } from '../useOfValue';

/**
 * A relation is loaded as a whole, only to be walked once.
 *
 * before:
 *
 *     User.all.each do |user|
 *       user.touch
 *     end
 *
 * after:
 *
 *     User.find_each do |user|
 *       user.touch
 *     end
 */
export const relationEach = definePattern(CallNode, {
  id: 'relation-each',
  title: 'Every row of this relation is held in memory at once',
  explanation:
    'each loads all rows before the first one is used; find_each loads 1,000 at a time. That lowers the peak of live ' +
    'memory. It does not lower the number of objects: a new allocation profile will look the same.',
  gain: 'peak',
  safety: 'review',
  names: ['each'],
  witness: {
    called:
      /^ActiveRecord::(?:Delegation|Relation|AssociationRelation|Associations::CollectionProxy)#(?:each|to_a|to_ary|entries|load|records)$/,
    beneath:
      /^ActiveRecord::.*[#.](?:exec_queries|exec_main_query|find_target|load_records|_load_from_sql|find_by_sql|instantiate_records|instantiate_instance_of|instantiate)$/,
  },
  match: matchEach,
});

function matchEach(each: CallNode, syntax: Syntax): Match | null {
  const { block, messageLoc } = each;
  if (!messageLoc || each.arguments_ || !(block instanceof BlockNode || block instanceof BlockArgumentNode))
    return null;

  const loader = loaderOf(each);
  const chain = callChain(loader ? loader.receiver : each.receiver);
  if (chain.calls.length === 0 || chain.calls.some((call) => call.block && call.name !== 'extending')) return null;
  const names = chain.calls.map((call) => call.name);
  if (names.some((name) => batching.has(name)) || isBounded(chain)) return null;

  const likely = names.some((name) => queryMethods.has(name));
  const obstacle = obstacleIn(names) ?? obstacleAround(each, block, chain, likely, syntax);
  return {
    range: syntax.rangeOf(messageLoc),
    lines: [...new Set([loader?.messageLoc ?? messageLoc, messageLoc].map((location) => syntax.lineOf(location)))],
    likely,
    note: obstacle ?? condition(each, syntax),
    fixes: obstacle === null ? fixesFor(each, loader, chain, syntax) : [],
  };
}

/** `.to_a`, `.load` or `.records` between the relation and `each`. */
function loaderOf(each: CallNode): CallNode | null {
  const { receiver } = each;
  const loads = receiver instanceof CallNode && /^(?:to_a|to_ary|load|records)$/.test(receiver.name);
  return loads && receiver.receiver && !receiver.arguments_ && !receiver.block ? receiver : null;
}

const batching = new Set([
  'find_each',
  'find_in_batches',
  'in_batches',
  'each_slice',
  'each_with_index',
  'lazy',
  'pluck',
  'ids',
]);

/** Methods of `ActiveRecord::QueryMethods` that keep a relation a relation and find_each right. */
const harmless = [
  ['all', 'where', 'not', 'rewhere', 'invert_where', 'and', 'or', 'missing', 'associated', 'excluding', 'without'],
  ['includes', 'preload', 'eager_load', 'references', 'strict_loading', 'readonly', 'annotate', 'optimizer_hints'],
  ['unscoped', 'unscope', 'create_with', 'extending', 'merge', 'none'],
].flat();

/** Methods after which find_each gives other rows, another order, or an error; with the reason. */
const obstacles: ReadonlyArray<readonly [RegExp, string]> = [
  [
    /^(?:order|reorder|in_order_of|reverse_order|regroup)$/,
    'find_each walks by primary key and ignores the order asked for here, so no edit is offered. If the order does not matter, drop it and use find_each.',
  ],
  [/^offset$/, 'offset would apply to every batch again and skip rows, so no edit is offered.'],
  [/^(?:limit|page|per|paginate)$/, 'With a limit, find_each may pick other rows, so no edit is offered.'],
  [
    /^(?:select|reselect)$/,
    'find_each needs the primary key among the selected columns, so no edit is offered. Add it to the select to use find_each.',
  ],
  [
    /^(?:group|having|distinct|uniq)$/,
    'Grouped or distinct rows cannot be walked by primary key, so no edit is offered.',
  ],
  [
    /^(?:joins|left_joins|left_outer_joins)$/,
    'A join may return a record several times, and find_each loses the repetitions at the end of a batch, so no edit is offered.',
  ],
  [/^lock$/, 'find_each would take and release the lock batch by batch, so no edit is offered.'],
  [/^from$/, 'Rows from another source may have no primary key to walk by, so no edit is offered.'],
  [/^merge$/, 'The merged relation may bring an order or a limit, which find_each ignores, so no edit is offered.'],
];

const queryMethods = new Set([
  ...harmless,
  ...['order', 'reorder', 'in_order_of', 'reverse_order', 'offset', 'limit', 'select', 'reselect', 'group', 'having'],
  ...['distinct', 'joins', 'left_joins', 'left_outer_joins', 'lock', 'from'],
]);

function obstacleIn(names: readonly string[]): string | null {
  return obstacles.find(([method]) => names.some((name) => method.test(name)))?.[1] ?? null;
}

/** `limit(20)`: the developer has bounded it already. */
function isBounded(chain: CallChain): boolean {
  return chain.calls.some((call) => {
    const [first] = call.name === 'limit' ? (call.arguments_?.arguments_ ?? []) : [];
    return first instanceof IntegerNode;
  });
}

function obstacleAround(
  each: CallNode,
  block: BlockNode | BlockArgumentNode,
  chain: CallChain,
  likely: boolean,
  syntax: Syntax,
): string | null {
  if (useOfValue(each, syntax) === 'used') {
    return 'The value of each is used, and find_each returns nil, so no edit is offered.';
  }
  if (block instanceof BlockNode && breaksWithValue(block)) {
    return 'The block breaks with a value, and find_each may meet the rows in another order, so no edit is offered.';
  }
  if (block instanceof BlockNode && addsRows(block, chain, syntax)) {
    return 'The block adds rows of the same kind, which later batches of find_each would meet, so no edit is offered.';
  }
  if (!likely && !isConstant(chain.root)) {
    return 'If this is an association, each also keeps its rows for later readers, which find_each does not, so no edit is offered. Where nobody reads it again, use find_each.';
  }
  return null;
}

const creators =
  /^(?:create|build|new|insert|insert_all|upsert|upsert_all|find_or_create_by|create_or_find_by|first_or_create|create_with|import)!?$/;
const copiers = /^(?:dup|clone|deep_dup|deep_clone|amoeba_dup)$/;

/** Rows created by the model's name, through the same chain, or as copies of the row itself. */
function addsRows(block: BlockNode, chain: CallChain, syntax: Syntax): boolean {
  const model = modelNames(chain, syntax);
  const row = rowName(block);
  return callsInside(block).some(({ name, receiver }) => {
    if (!receiver) return false;
    if (copiers.test(name)) return receiver instanceof LocalVariableReadNode && receiver.name === row;
    if (!creators.test(name)) return false;
    return model.has(singular(lastWord(syntax.sourceOf(receiver.location))));
  });
}

/** Words for the model: the constant, or the association, in the singular and without case: `user.line_items` -> `lineitem`. */
function modelNames(chain: CallChain, syntax: Syntax): Set<string> {
  const words = chain.calls.filter((call) => !queryMethods.has(call.name)).map((call) => call.name);
  if (chain.root) words.push(syntax.sourceOf(chain.root.location));
  return new Set(words.map((word) => singular(lastWord(word))));
}

function lastWord(source: string): string {
  return /(\w+)\W*$/.exec(source)?.[1] ?? source;
}

function singular(word: string): string {
  const plain = word.replaceAll('_', '').toLowerCase();
  return plain
    .replace(/ies$/, 'y')
    .replace(/(?<=x|ch|sh|ss)es$/, '')
    .replace(/(?<!s)s$/, '');
}

function rowName(block: BlockNode): string | null {
  const list = block.parameters instanceof BlockParametersNode ? block.parameters.parameters : null;
  const first = list instanceof ParametersNode ? list.requireds[0] : null;
  return first instanceof RequiredParameterNode ? first.name : null;
}

function condition(each: CallNode, syntax: Syntax): string {
  const order = 'Check that nothing depends on the order of the rows (a default scope may set one)';
  return useOfValue(each, syntax) === 'returned'
    ? `${order} or on the value returned, which becomes nil.`
    : `${order}.`;
}

function fixesFor(each: CallNode, loader: CallNode | null, chain: CallChain, syntax: Syntax): Fix[] {
  const dropped = droppedCalls(loader, chain);
  const edits = dropped.map((call) => removalOf(call, syntax));
  const { messageLoc } = each;
  if (!messageLoc || edits.includes(null)) return [];
  const removals = edits.filter((edit) => edit !== null);
  const rename = (newText: string): TextEdit[] => [...removals, { range: syntax.rangeOf(messageLoc), newText }];
  return [
    { title: 'Use find_each', edits: rename('find_each') },
    { title: 'Use in_batches(of: 200).each_record', edits: rename('in_batches(of: 200).each_record') },
  ];
}

/** The loader, and `all` where it is said of the class itself, which `find_each` does not need. */
function droppedCalls(loader: CallNode | null, chain: CallChain): CallNode[] {
  const [first, second] = chain.calls;
  const all = first && !second && first.name === 'all' && !first.arguments_ && isConstant(chain.root) ? first : null;
  return [loader, all].filter((call) => call !== null);
}

/** Takes out `.to_a` with its dot; null when a comment stands between. */
function removalOf(call: CallNode, syntax: Syntax): TextEdit | null {
  if (!call.receiver) return null;
  const from = endOf(call.receiver.location);
  const to = endOf(call.location);
  if (syntax.sourceBetween(from, to).includes('#')) return null;
  return { range: syntax.rangeBetween(from, to), newText: '' };
}
