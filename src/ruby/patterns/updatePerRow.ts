import {
  AssocNode,
  BlockNode,
  CallNode,
  KeywordHashNode,
  LocalVariableReadNode,
  type Node,
} from '@ruby/prism/src/nodes.js';
import { parameterNames, singleExpression } from '../blocks';
import { isConstant } from '../callChain';
import { allEdits, removeBetween, removeCall } from '../edits';
import { isRelationByText, loadedRelation } from '../loadedRelations';
import { isInside, isLocalRead, variableOf } from '../locals';
import { ignoresBlockValue } from '../loops';
import { definePattern, type Fix, type Match } from '../pattern';
import { isLiteral } from '../purity';
import { loaderOf } from '../relations';
import { endOf, type Syntax } from '../syntax';
import { useOfValue } from '../useOfValue';
import { called } from '../witness';

/**
 * Every row is loaded and updated by a statement of its own.
 *
 * before:
 *
 *     def close
 *       Invoice.where(state: 1).find_each { |invoice| invoice.update_columns(state: 3) }
 *       true
 *     end
 *
 * after:
 *
 *     def close
 *       Invoice.where(state: 1).update_all(state: 3)
 *       true
 *     end
 *
 * why:
 *
 * A record, a query and a result for each row cost some 100 objects; `update_all` is one statement and loads nothing. Measured
 * on 38 rows: 3,885 objects and 40 queries before, 282 objects and 2 queries after.
 *
 * rewrite:
 *
 * Only `update_columns`, which skips validations, callbacks and `updated_at` just as `update_all` does.
 *
 * check:
 * - Nobody has these records loaded and reads the old values.
 * - Enums, serialized and encrypted attributes are written as the same values by `update_all`.
 *
 * advice:
 * - `update`, `update!`, `update_attribute`: they run validations and callbacks and set `updated_at`. Where none of that is needed,
 *   use `in_batches.update_all`, with `updated_at` among the values.
 * - The value depends on the row, or is no literal, constant or variable: SQL may be able to say it.
 * - The block does more, the value of the loop is used, or it walks over an array or an association that keeps its rows.
 * - `limit`, `offset`, `order`, `joins`, `group`, `distinct` and the like are in the chain.
 *
 * silent:
 * - What is updated is not the element of the loop.
 */
export const updatePerRow = definePattern(CallNode, {
  id: 'update-per-row',
  section: 'active-record',
  title: 'Every row is updated by a statement of its own',
  explanation:
    'Each row becomes a record and one UPDATE; update_all changes all rows with one statement and loads none.',
  gain: 'objects',
  saving: { left: 0.073 },
  safety: 'review',
  severity: 'warning',
  perRow: true,
  witnesses: [
    called(
      /^ActiveRecord::.*#update(?:!|_columns?|_attributes?!?)?$/,
      'that a record of Active Record is updated here',
      'silent',
    ),
  ],
  links: ['https://api.rubyonrails.org/classes/ActiveRecord/Relation.html#method-i-update_all'],
  names: [
    'update',
    'update!',
    'update_columns',
    'update_column',
    'update_attribute',
    'update_attribute!',
    'update_attributes',
  ],
  match: matchUpdate,
});

function matchUpdate(update: CallNode, syntax: Syntax): Match | null {
  const { messageLoc, receiver: row } = update;
  if (!messageLoc || !isLocalRead(row) || !update.arguments_ || update.block) return null;
  const loop = loopOfRow(row, syntax);
  if (loop === null) return null;
  const obstacle = obstacleTo(update, loop, syntax);
  return {
    range: syntax.rangeOf(messageLoc),
    note: obstacle ?? 'Check that nobody reads the old values from records loaded before.',
    fixes: obstacle === null ? fixesFor(update, loop, syntax) : [],
  };
}

/** The `each` or `find_each` whose block has this as its only parameter. */
function loopOfRow(row: Node, syntax: Syntax): CallNode | null {
  const scope =
    variableOf(row, syntax)?.scope ?? [...syntax.ancestorsOf(row)].find((outer) => outer instanceof BlockNode);
  if (!(scope instanceof BlockNode)) return null;
  const name = row instanceof LocalVariableReadNode ? row.name : 'it';
  const loop = syntax.parentOf(scope);
  const isRow = parameterNames(scope)?.[0] === name;
  return loop instanceof CallNode && isRow && ignoresBlockValue(loop.name) ? loop : null;
}

function obstacleTo(update: CallNode, loop: CallNode, syntax: Syntax): string | null {
  if (update.name !== 'update_columns') {
    return `${update.name} runs validations or callbacks or sets updated_at, which update_all does not, so no edit is offered. Where none of that is needed, use in_batches.update_all.`;
  }
  const values = valuesOf(update);
  if (values === null || !values.every((value) => isFixed(value, loop, syntax))) {
    return 'The values are not the same for every row, or cannot be told, so no edit is offered. SQL may be able to say them: update_all("total = total * 2").';
  }
  const { block } = loop;
  const isAll = block instanceof BlockNode && singleExpression(block) === update && !update.isSafeNavigation();
  if (!isAll || !/^(?:each|find_each)$/.test(loop.name) || loop.arguments_) {
    return 'The loop does more than to update, so no edit is offered.';
  }
  if (useOfValue(loop, syntax) === 'used') return 'The value of the loop is used, so no edit is offered.';
  return obstacleIn(loop);
}

function obstacleIn({ name, receiver }: CallNode): string | null {
  if (name === 'find_each' && isConstant(receiver)) return null;
  const relation = loadedRelation(receiver);
  const isSeen =
    relation !== null && (relation.likely || (isConstant(relation.chain.root) && isRelationByText(relation)));
  if (!isSeen) {
    return 'This may be an array or keep its rows for later readers, so no edit is offered.';
  }
  const other = relation.chain.names.find((step) => queries.test(step));
  return other === undefined ? null : `With ${other}, update_all may change other rows, so no edit is offered.`;
}

const queries =
  /^(?:limit|offset|order|reorder|in_order_of|reverse_order|joins|left_joins|left_outer_joins|eager_load|references|group|having|distinct|select|reselect|from|lock|merge|none|unscope|extending|first|last|take|find|find_by!?|page|per)$/;

/** Values of `update_columns(state: 3)`; null for anything but pairs. */
function valuesOf({ arguments_ }: CallNode): Node[] | null {
  const [pairs, ...others] = arguments_?.arguments_ ?? [];
  if (!(pairs instanceof KeywordHashNode) || others.length > 0) return null;
  const values = pairs.elements.map((pair) => (pair instanceof AssocNode && isLiteral(pair.key) ? pair.value : null));
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? known : null;
}

/** A literal, a constant, or a local that the loop does not write. */
function isFixed(value: Node, loop: CallNode, syntax: Syntax): boolean {
  if (isLiteral(value) || isConstant(value)) return true;
  const variable = value instanceof LocalVariableReadNode ? variableOf(value, syntax) : null;
  return (
    variable !== null && !isInside(variable.scope, loop) && !variable.writes.some((write) => isInside(write, loop))
  );
}

function fixesFor(update: CallNode, loop: CallNode, syntax: Syntax): Fix[] {
  const { messageLoc, receiver } = loop;
  if (!messageLoc || !update.arguments_) return [];
  const loader = loaderOf(receiver);
  const call = `update_all(${syntax.sourceOf(update.arguments_.location)})`;
  if (call.includes('\n')) return [];
  const rest = removeBetween(messageLoc.startOffset, endOf(loop.location), syntax);
  const edits = allEdits([...(loader ? [removeCall(loader, syntax)] : []), rest && { ...rest, newText: call }]);
  return edits === null ? [] : [{ title: 'Use update_all', edits }];
}
