import { CallNode, ItLocalVariableReadNode, LocalVariableReadNode, type Node } from '@ruby/prism/src/nodes.js';
import { callsInside } from './blocks';
import { isConstant } from './callChain';
import { singular } from './inflect';
import { isInside, variableOf } from './locals';
import { loopsAround } from './loops';
import { methodAround } from './names';
import { loaderOf, queryMethods, type RelationChain, relationChain } from './relations';
import { descendants, type Syntax } from './syntax';

/** A relation that something asks for its rows: `users.active.to_a` in `users.active.to_a.size`. */
export interface LoadedRelation {
  readonly chain: RelationChain;
  /** Last call of the chain. */
  readonly end: CallNode;
  /** `.to_a`, `.load` or `.records` after it; null when the rows are asked for directly. */
  readonly loader: CallNode | null;
  /** True when the text alone makes it a relation: a query method makes its last steps. */
  readonly likely: boolean;
}

/**
 * The relation that a node is, or loads; null for other things, among them chains whose last step gives an array or one
 * record (`users.first`, `users.pluck(:id)`).
 */
export function loadedRelation(node: Node | null): LoadedRelation | null {
  const loader = loaderOf(node);
  const end = loader ? loader.receiver : node;
  const chain = relationChain(end);
  if (chain === null || !(end instanceof CallNode)) return null;
  const named = chain.calls.filter((call) => !isQuery(call)).at(-1);
  if (named !== undefined && isNoRelation(named)) return null;
  const steps = chain.calls.slice(chain.calls.findLastIndex(isNoRelation) + 1);
  return { chain, end, loader, likely: steps.some(isQuery) };
}

/** A bare `order` or `group` is a method of the same object, not a query. */
function isQuery(call: CallNode): boolean {
  const isBare = call.receiver === null && !call.arguments_ && call.name !== 'all';
  return queryMethods.has(call.name) && !isBare;
}

/**
 * Whether the text alone shows a relation or an association of many: a query method, a scope of a constant, `user.posts`.
 * Anything else (`posts`, `order.invoice`) may be kept by its method, be `nil`, or be one record.
 */
export function isRelationByText({ chain, end, likely }: LoadedRelation): boolean {
  const isScope = isConstant(chain.root) && !chain.calls.some(isNoRelation);
  return likely || isScope || (end.receiver !== null && singular(end.name) !== end.name);
}

/** Whether the method asks for the same relation again, so that its rows may be needed anyway. */
export function isAskedAgain({ end }: LoadedRelation, syntax: Syntax): boolean {
  const source = compact(end, syntax);
  return callsInside(methodAround(end, syntax)).some(
    (call) => call !== end && call.name === end.name && compact(call, syntax) === source,
  );
}

/** Whether the relation starts at something that each turn of a loop has its own of: `user` in `users.map { |user| … }`. */
export function isOfLoop({ chain }: LoadedRelation, syntax: Syntax): boolean {
  const [first] = chain.calls;
  if (!first || chain.root === null || isConstant(chain.root)) return false;
  return [...loopsAround(first, syntax)].some((loop) =>
    descendants(chain.root!, () => true).some((part) => {
      if (!(part instanceof LocalVariableReadNode)) return part instanceof ItLocalVariableReadNode;
      const variable = variableOf(part, syntax);
      return (
        variable !== null &&
        (isInside(variable.scope, loop.node) || variable.writes.some((write) => isInside(write, loop.node)))
      );
    }),
  );
}

function compact(node: Node, syntax: Syntax): string {
  return syntax.sourceOf(node.location).replace(/\s+/g, '');
}

/** Methods that give an array, a number or one record, whatever they are called on. */
function isNoRelation({ name }: CallNode): boolean {
  return noRelations.has(name) || /[?!=]$/.test(name) || !/^[a-z_]/.test(name);
}

const noRelations = new Set([
  ...['first', 'second', 'third', 'last', 'take', 'sole', 'find', 'find_by', 'find_sole_by', 'sample', 'min', 'max'],
  ...['find_each', 'find_in_batches', 'in_batches', 'each_record', 'find_by_sql', 'count_by_sql', 'execute'],
  ...['pluck', 'pick', 'ids', 'count', 'size', 'length', 'sum', 'average', 'minimum', 'maximum', 'calculate'],
  ...['to_a', 'to_ary', 'records', 'map', 'collect', 'flat_map', 'filter_map', 'each', 'each_slice'],
  ...[
    'each_with_index',
    'each_with_object',
    'with_index',
    'each_entry',
    'reject',
    'filter',
    'find_all',
    'partition',
    'group_by',
    'index_by',
  ],
  ...['sort', 'sort_by', 'reverse', 'shuffle', 'uniq', 'flatten', 'compact', 'compact_blank', 'zip', 'drop', 'lazy'],
  ...['keys', 'values', 'to_h', 'to_set', 'tally', 'to_s', 'to_sym', 'to_i', 'strip', 'split', 'lines', 'chars'],
  ...['new', 'build', 'create', 'insert', 'find_or_create_by', 'find_or_initialize_by', 'first_or_create', 'dig'],
  ...['errors', 'attributes', 'messages', 'params', 'fetch', 'class', 'dup', 'clone', 'freeze', 'then', 'tap'],
]);
