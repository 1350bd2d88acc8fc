import { CallNode, ConstantReadNode, InstanceVariableReadNode, type Node, SelfNode } from '@ruby/prism/src/nodes.js';
import { blockOf, parameterNames, readsInside, singleExpression } from '../blocks';
import { callChain } from '../callChain';
import { isInside, isLocalRead, variableOf } from '../locals';
import { loopOf } from '../loops';
import { definePattern, type Match } from '../pattern';
import { isLiteral, isPure } from '../purity';
import { queryMethods } from '../relations';
import { descendants, type Syntax } from '../syntax';
import { called } from '../witness';

/**
 * A whole list is searched for every row of another one.
 *
 * before:
 *
 *     dates.map do |date|
 *       entries.select { |entry| entry.date == date }
 *     end
 *
 * after:
 *
 *     by_date = entries.group_by(&:date)
 *     dates.map do |date|
 *       by_date.fetch(date) { [] }
 *     end
 *
 * why:
 *
 * n dates and m entries are n × m comparisons, and an array for each date that grows with its matches. An index is built once.
 * The number of objects hardly changes (196 before and 198 after in a small case), the bytes (60 KB and 4 KB) and the time do.
 *
 * rewrite:
 *
 * `@by_date ||= @entries.group_by(&:date)` where the list is an instance variable, `index_by` for `find`. The index has to be
 * dropped when the list or its elements change.
 *
 * advice:
 * - Always: whether the list changes between two searches cannot be told from the text.
 *
 * silent:
 * - The list belongs to the row: `order.items.select { |item| item.kind == kind }`.
 * - The comparison is with a literal, or is no plain `==`.
 * - The profile shows no array being searched.
 */
export const quadraticFilter = definePattern(CallNode, {
  id: 'quadratic-filter',
  section: 'ruby',
  title: 'This list is searched as a whole for every row',
  explanation:
    'Every row compares all elements and collects its matches anew. Build an index once, with group_by (or index_by), and ' +
    'look into that; drop it when the list changes. That saves bytes and time more than objects.',
  gain: 'bytes',
  safety: 'advice',
  severity: 'warning',
  perRow: true,
  witnesses: [
    called(/^(?:Array|Enumerable)#(?:select|filter|find_all|find|detect)$/, 'that a list is searched here', 'silent'),
  ],
  names: ['select', 'filter', 'find_all', 'find', 'detect'],
  match: matchSearch,
});

function matchSearch(search: CallNode, syntax: Syntax): Match | null {
  const { receiver: list, messageLoc } = search;
  const block = blockOf(search);
  if (!messageLoc || !block || search.arguments_ || !list || !isSharedList(list, search, syntax)) return null;
  const [element, ...others] = parameterNames(block) ?? [];
  const test = singleExpression(block);
  if (element === undefined || others.length > 0 || !(test instanceof CallNode) || test.name !== '==') return null;
  const [right] = test.arguments_?.arguments_ ?? [];
  if (!test.receiver || !right) return null;
  const sides = [test.receiver, right];
  const field = sides.find((side) => isFieldOf(side, element));
  const wanted = sides.find((side) => side !== field);
  if (!field || !wanted || !isVarying(wanted, element)) return null;
  return { range: syntax.rangeOf(messageLoc), fixes: [] };
}

/** A variable or reader that is not made or given in the loop itself. */
function isSharedList(list: Node, search: CallNode, syntax: Syntax): boolean {
  const { root, calls } = callChain(list);
  if (calls.some(({ name, arguments_, block }) => arguments_ !== null || block !== null || queryMethods.has(name))) {
    return false;
  }
  if (root === null || root instanceof SelfNode || root instanceof InstanceVariableReadNode) return true;
  if (root instanceof ConstantReadNode) return calls.length === 0;
  const variable = isLocalRead(root) ? variableOf(root, syntax) : null;
  if (variable === null) return false;
  const loop = loopOf(search, syntax);
  if (loop === null) return true;
  const makers: Node[] = [...variable.writes, ...(variable.parameter ? [variable.parameter] : [])];
  return makers.every((maker) => !isInside(maker, loop.node));
}

/** `entry.date`, `entry[:date]`. */
function isFieldOf(node: Node, element: string): boolean {
  if (!(node instanceof CallNode) || node.block || !isLocalRead(node.receiver)) return false;
  if (readsInside(node.receiver, element).length !== 1) return false;
  const [key, ...others] = node.arguments_?.arguments_ ?? [];
  return node.name === '[]' ? others.length === 0 && isLiteral(key ?? null) : key === undefined;
}

/** Something of the row: no literal or constant, and not of the element. */
function isVarying(node: Node, element: string): boolean {
  if (!isPure(node) || readsInside(node, element).length > 0) return false;
  return descendants(node, () => true).some(
    (part) => isLocalRead(part) || (part instanceof CallNode && !part.receiver),
  );
}
