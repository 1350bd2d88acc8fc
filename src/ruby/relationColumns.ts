import { ArrayNode, CallNode, type Node } from '@ruby/prism/src/nodes.js';
import { blockOf, parameterNames, singleExpression, symbolOfBlock } from './blocks';
import { isConstant } from './callChain';
import { camelize, singular } from './inflect';
import type { LoadedRelation } from './loadedRelations';
import { isLocalRead } from './locals';
import type { MatchContext } from './matchContext';
import { modelOf, queryMethods } from './relations';
import type { Syntax } from './syntax';
import { absent, beneath, type Witness } from './witness';

/** What a block reads of each record: `&:name`, `{ |u| u.name }`, `{ |u| [u.id, u.name] }`; null for anything else. */
export function readersInBlock(call: CallNode): string[] | null {
  if (call.arguments_) return null;
  const symbol = symbolOfBlock(call);
  if (symbol !== null) return isReader(symbol) ? [symbol] : null;
  const block = blockOf(call);
  const [row, ...others] = (block && parameterNames(block)) ?? [];
  const value = block && singleExpression(block);
  if (row === undefined || others.length > 0 || value === null) return null;
  const reads = value instanceof ArrayNode ? value.elements : [value];
  const names = reads.map((read) => readerOf(read, row));
  const known = names.filter((name) => name !== null);
  const isPlain = known.length === names.length && new Set(known).size === known.length;
  return isPlain && (!(value instanceof ArrayNode) || known.length > 1) ? known : null;
}

/** `map(&:id)`, `map { |user| user.id }`. */
export function isMapToId(call: CallNode): boolean {
  return /^(?:map|collect)$/.test(call.name) && readersInBlock(call)?.join() === 'id';
}

function readerOf(read: Node, row: string): string | null {
  if (!(read instanceof CallNode) || read.arguments_ || read.block || read.isSafeNavigation()) return null;
  const { receiver } = read;
  if (!isLocalRead(receiver)) return null;
  const name = 'name' in receiver ? receiver.name : 'it';
  return name === row && isReader(read.name) ? read.name : null;
}

function isReader(name: string): boolean {
  return /^[a-z_]\w*$/.test(name);
}

/**
 * What shows that these readers are columns and nothing else: frames of the readers that Active Record generates, where the
 * schema does not say it. Null when the schema says that they are none.
 */
export function columnWitnesses(
  relation: LoadedRelation,
  names: readonly string[],
  syntax: Syntax,
  { schema }: MatchContext,
): Witness[] | null {
  const model = modelName(relation, syntax);
  const columns = model === null ? null : (schema?.columnsOf(model) ?? null);
  if (columns !== null && names.some((name) => !columns.has(name))) return null;
  const readers = names.filter((name) => name !== 'id');
  const unproven = columns === null ? readers : [];
  return [
    ...unproven.map((name) =>
      beneath(new RegExp(`GeneratedAttributeMethods#${name}$`), `that ${name} is a column of the table`, 'advice'),
    ),
    ...(model === null ? [] : readers).map((name) =>
      absent(
        new RegExp(`(?:^|::)${model?.split('::').at(-1)}#${name}$`),
        'line',
        `that the model has no method ${name} of its own`,
        'silent',
      ),
    ),
  ];
}

/** `user.line_items.where(…)` -> `LineItem`, `User.active` -> `User`; null when it cannot be told. */
function modelName({ chain }: LoadedRelation, syntax: Syntax): string | null {
  const named = chain.calls.filter(({ name }) => !queryMethods.has(name));
  const association = named.findLast(({ name }) => singular(name) !== name);
  if (association && !(isConstant(chain.root) && association === chain.calls[0])) {
    return camelize(singular(association.name));
  }
  return named.every(({ name }) => isReader(name)) ? modelOf(chain, syntax) : null;
}
