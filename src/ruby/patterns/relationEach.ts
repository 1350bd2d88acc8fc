import { BlockArgumentNode, BlockNode, CallNode, IntegerNode, LocalVariableReadNode } from '@ruby/prism/src/nodes.js';
import { breaksWithValue, callsInside, parameterNames } from '../blocks';
import { isConstant } from '../callChain';
import { allEdits, removeCall, renameCall } from '../edits';
import { isAskedAgain, isOfLoop, isRelationByText, loadedRelation } from '../loadedRelations';
import { definePattern, type Fix, type Match } from '../pattern';
import { loaderOf, modelWord, modelWords, type RelationChain, relationChain } from '../relations';
import type { Syntax } from '../syntax';
import { useOfValue } from '../useOfValue';
import { called, loadsRecords } from '../witness';

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
 *
 * why:
 *
 * `each` asks for every row, builds every record, and keeps them all until the loop ends. With 100,000 rows that is 100,000
 * live records, and the process keeps most of that memory afterwards. In a Sidekiq process several jobs do this at the same
 * time. `find_each` loads 1,000 rows at a time, in the order of the primary key, and lets go of each batch before it asks for
 * the next.
 *
 * Both loops build every record once, `find_each` even a few objects more. What falls is how many are alive at the same time.
 * Measured on one relation: 264,976 objects before and 267,923 after, but 36.8 MB of peak growth before and 13.6 MB after.
 *
 * rewrite:
 *
 * `.to_a`, `.load` and `.records` before `each` go as well. The second quick fix, `in_batches(of: 200).each_record`, keeps
 * fewer rows at a time and costs more queries.
 *
 * check:
 * - Rows come in the order of the primary key. A `default_scope` with an order is not visible at the call.
 * - `find_each` returns `nil`, `each` returns the relation.
 * - The table has a primary key that can be ordered.
 * - Nobody reads the rows of an association (`user.posts.each`) afterwards: `find_each` does not keep them in it.
 * - Nothing adds rows to the table while the loop runs: later batches would meet them.
 *
 * advice:
 *
 * The finding stays, without an edit, where `find_each` would do something else:
 *
 * | in the chain or around it | what `find_each` would do |
 * |---|---|
 * | `order`, `reorder`, `reverse_order`, `in_order_of` | ignore the order |
 * | `offset` | apply it to every batch again and skip rows |
 * | `limit`, `page`, `per` | pick other rows |
 * | `select` without the primary key | raise |
 * | `group`, `having`, `distinct` | have no primary key to walk by |
 * | `joins`, `left_joins` | lose repetitions of a record at the end of a batch |
 * | `lock` | take and release the lock batch by batch |
 * | `from`, `merge` | depend on what the other relation brings |
 * | the value of `each` is used, or the block breaks with a value | return something else |
 * | the block creates or copies rows of the same model | meet them in a later batch |
 * | a method that may keep its rows (`posts.each`), an association read twice, or one of an element of a loop | not keep the rows for later readers |
 *
 * silent:
 * - The line itself loads nothing: `Sidekiq::Queue.all.each`, `model.errors.where(...).each`, arrays, and associations that
 *   were loaded before have no call such as `ActiveRecord::Delegation#each` with the query or the building of records beneath.
 * - A literal limit (`limit(20)`) bounds the rows already.
 */
export const relationEach = definePattern(CallNode, {
  id: 'relation-each',
  title: 'Every row of this relation is held in memory at once',
  explanation:
    'each loads all rows before the first one is used; find_each loads 1,000 at a time. That lowers the peak of live ' +
    'memory. It does not lower the number of objects: a new allocation profile will look the same.',
  section: 'active-record',
  gain: 'peak',
  safety: 'review',
  severity: 'warning',
  names: ['each'],
  witnesses: [
    called(
      /^ActiveRecord::(?:Delegation|Relation|AssociationRelation|Associations::CollectionProxy)#(?:each|to_a|to_ary|entries|load|records)$/,
      'that the line itself loads a relation',
      'silent',
      loadsRecords.names,
    ),
  ],
  links: ['https://api.rubyonrails.org/classes/ActiveRecord/Batches.html#method-i-find_each'],
  match: matchEach,
});

function matchEach(each: CallNode, syntax: Syntax): Match | null {
  const { block, messageLoc } = each;
  if (!messageLoc || each.arguments_ || !(block instanceof BlockNode || block instanceof BlockArgumentNode))
    return null;

  const loader = loaderOf(each.receiver);
  const chain = relationChain(loader ? loader.receiver : each.receiver);
  if (chain === null || chain.names.some((name) => batching.has(name)) || isBounded(chain)) return null;

  const obstacle = obstacleIn(chain.names) ?? obstacleAround(each, block, chain, syntax);
  return {
    range: syntax.rangeOf(messageLoc),
    lines: [...new Set([loader?.messageLoc ?? messageLoc, messageLoc].map((location) => syntax.lineOf(location)))],
    likely: chain.likely,
    note: obstacle ?? condition(each, chain, syntax),
    fixes: obstacle === null ? fixesFor(each, loader, chain, syntax) : [],
  };
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

function obstacleIn(names: readonly string[]): string | null {
  return obstacles.find(([method]) => names.some((name) => method.test(name)))?.[1] ?? null;
}

/** `limit(20)`: the developer has bounded it already. */
function isBounded(chain: RelationChain): boolean {
  return chain.calls.some((call) => {
    const [first] = call.name === 'limit' ? (call.arguments_?.arguments_ ?? []) : [];
    return first instanceof IntegerNode;
  });
}

function obstacleAround(
  each: CallNode,
  block: BlockNode | BlockArgumentNode,
  chain: RelationChain,
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
  return mayBeReadAgain(each, chain, syntax)
    ? 'If this is an association, each also keeps its rows for later readers, which find_each does not, so no edit is offered. Where nobody reads it again, use find_each.'
    : null;
}

const creators =
  /^(?:create|build|new|insert|insert_all|upsert|upsert_all|find_or_create_by|create_or_find_by|first_or_create|create_with|import)!?$/;
const copiers = /^(?:dup|clone|deep_dup|deep_clone|amoeba_dup)$/;

/** Rows created by the model's name, through the same chain, or as copies of the row itself. */
function addsRows(block: BlockNode, chain: RelationChain, syntax: Syntax): boolean {
  const model = modelWords(chain, syntax);
  const [row] = parameterNames(block) ?? [];
  return callsInside(block).some(({ name, receiver }) => {
    if (!receiver) return false;
    if (copiers.test(name)) return receiver instanceof LocalVariableReadNode && receiver.name === row;
    if (!creators.test(name)) return false;
    return model.has(modelWord(syntax.sourceOf(receiver.location)));
  });
}

/** `posts.each`, which its method may keep; `user.posts.each`, asked twice or of each turn of a loop. */
function mayBeReadAgain(each: CallNode, { likely, root }: RelationChain, syntax: Syntax): boolean {
  const relation = likely || isConstant(root) ? null : loadedRelation(each.receiver);
  return (
    relation !== null && (!isRelationByText(relation) || isAskedAgain(relation, syntax) || isOfLoop(relation, syntax))
  );
}

function condition(each: CallNode, { likely, root }: RelationChain, syntax: Syntax): string {
  const kept = likely || isConstant(root) ? '' : ', or finds the rows kept in the association afterwards,';
  const order = `Check that nothing depends on the order of the rows (a default scope may set one)${kept}`;
  return useOfValue(each, syntax) === 'returned'
    ? `${order} or on the value returned, which becomes nil.`
    : `${order}.`;
}

function fixesFor(each: CallNode, loader: CallNode | null, chain: RelationChain, syntax: Syntax): Fix[] {
  const removals = droppedCalls(loader, chain).map((call) => removeCall(call, syntax));
  return ['find_each', 'in_batches(of: 200).each_record'].flatMap((name) => {
    const edits = allEdits([...removals, renameCall(each, name, syntax)]);
    return edits === null ? [] : [{ title: `Use ${name}`, edits }];
  });
}

/** The loader, and `all` where it is said of the class itself, which `find_each` does not need. */
function droppedCalls(loader: CallNode | null, chain: RelationChain): CallNode[] {
  const [first, second] = chain.calls;
  const all = first && !second && first.name === 'all' && !first.arguments_ && isConstant(chain.root) ? first : null;
  return [loader, all].filter((call) => call !== null);
}
