import {
  ArrayNode,
  CallNode,
  InterpolatedStringNode,
  InterpolatedXStringNode,
  type Node,
  StatementsNode,
  StringNode,
  XStringNode,
} from '@ruby/prism/src/nodes.js';
import { callsInside } from '../blocks';
import { insertAt, replace } from '../edits';
import { isLocalRead, visibleNames } from '../locals';
import { loopsAround } from '../loops';
import { freshName, methodAround } from '../names';
import { definePattern, type Fix, type Match } from '../pattern';
import { sourceAs } from '../precedence';
import { isPure } from '../purity';
import { indentOf } from '../statements';
import { descendants, endOf, type Syntax } from '../syntax';
import { type UseOfValue, useOfValue } from '../useOfValue';
import { beneath } from '../witness';

/**
 * All rows of a bulk write are built before the first one is written.
 *
 * before:
 *
 *     def save(balances)
 *       Balance.upsert_all(balances.map { |b| { date: b.date, balance: b.amount } })
 *       balances.size
 *     end
 *
 * after:
 *
 *     def save(balances)
 *       balances.each_slice(1_000) do |slice|
 *         Balance.upsert_all(slice.map { |b| { date: b.date, balance: b.amount } })
 *       end
 *       balances.size
 *     end
 *
 * why:
 *
 * Every row is a hash, a list of quoted values, and a part of one SQL text, and all of them live until the statement is done.
 * In slices of 1,000 only one slice does. Measured on 20,000 rows: 581,258 objects before and 589,303 after, but 27.4 MB of
 * peak growth before and 7.9 MB after.
 *
 * check:
 * - The write is no longer atomic: put a transaction around it where all rows or none must be written.
 * - There are more than 1,000 rows at a time; below that nothing changes.
 * - Nothing uses what the method returns, which becomes that of `each_slice`.
 *
 * advice:
 * - The value of the bulk write is used.
 * - Its receiver or its options do more than to read, and would be evaluated for every slice.
 * - It is not a statement on lines of its own, or a text in it goes over several lines, which indenting would change.
 *
 * silent:
 * - The rows come in slices already (`each_slice`, `in_batches`, `find_in_batches`), or from a literal.
 * - The rows were built before, in a variable.
 */
export const upsertUnbatched = definePattern(CallNode, {
  id: 'upsert-unbatched',
  section: 'active-record',
  title: 'All rows of this bulk write are built at once',
  explanation:
    'The rows, their values and one SQL text of all of them are alive at the same time; in slices of 1,000 only one slice ' +
    'is. That lowers the peak of live memory. It does not lower the number of objects: a new allocation profile will look the same.',
  gain: 'peak',
  safety: 'review',
  severity: 'information',
  witnesses: [beneath(/^ActiveRecord::InsertAll[.#]/, 'that this is a bulk write of Active Record', 'silent')],
  links: ['https://api.rubyonrails.org/classes/ActiveRecord/Persistence/ClassMethods.html#method-i-upsert_all'],
  names: ['upsert_all', 'insert_all', 'insert_all!'],
  match: matchWrite,
});

function matchWrite(write: CallNode, syntax: Syntax): Match | null {
  const { messageLoc } = write;
  const [map] = write.arguments_?.arguments_ ?? [];
  if (!messageLoc || write.block || !(map instanceof CallNode)) return null;
  if (!/^(?:map|collect|filter_map|flat_map)$/.test(map.name) || map.block === null || map.arguments_) return null;
  const { receiver: rows } = map;
  if (!rows || map.isSafeNavigation() || isSliced(write, rows, syntax)) return null;

  const use = useOfValue(write, syntax);
  const fixes = use === 'used' ? [] : fixesFor(write, rows, syntax);
  return {
    range: syntax.rangeOf(messageLoc),
    likely: true,
    note: fixes.length > 0 ? condition(use) : noEdit(use),
    fixes,
  };
}

function condition(use: UseOfValue): string {
  const atomic = 'Check whether all rows or none must be written: then put a transaction around it.';
  return use === 'returned'
    ? `${atomic} Check also that nothing uses the value returned, which becomes another.`
    : atomic;
}

function noEdit(use: UseOfValue): string {
  return use === 'used'
    ? 'The value of the bulk write is used, so no edit is offered.'
    : 'It does not stand on lines of its own that could be indented and repeated, so no edit is offered.';
}

const slicing = /^(?:each_slice|in_batches|find_in_batches|in_groups_of|in_groups|each_batch)$/;

function isSliced(write: CallNode, rows: Node, syntax: Syntax): boolean {
  if (rows instanceof ArrayNode) return true;
  if (rows instanceof CallNode && /^(?:first|last|take|sample)$/.test(rows.name)) return true;
  return [...loopsAround(write, syntax)].some(({ node }) => node instanceof CallNode && slicing.test(node.name));
}

function fixesFor(write: CallNode, rows: Node, syntax: Syntax): Fix[] {
  const { start, end } = syntax.rangeOf(write.location);
  const indent = indentOf(write, syntax);
  const after = syntax.lineText(end.line).slice(end.character);
  const isStatement = syntax.parentOf(write) instanceof StatementsNode && /^\s*(?:#.*)?$/.test(after);
  const hidden = syntax.hasCommentBetween(rows.location.startOffset, endOf(rows.location));
  if (indent === null || !isStatement || hidden || hasLongText(write, syntax) || !isRepeatable(write)) return [];

  const slice = sliceName(write, syntax);
  const list = sourceAs(rows, 'receiver', syntax);
  // A receiver of several lines keeps its place above; its lines would be indented twice.
  if (list.includes('\n')) return [];
  const step = `${indent}  `;
  const opening = `${list}.each_slice(1_000) do |${slice}|${syntax.newline}${step}`;
  const inner = Array.from({ length: end.line - start.line }, (_, i) => start.line + 1 + i);
  const indented = inner.filter((line) => syntax.lineText(line).trim() !== '');
  return [
    {
      title: 'Write in slices of 1,000',
      edits: [
        insertAt(write.location.startOffset, opening, syntax),
        ...indented.map((line) => ({
          range: { start: { line, character: 0 }, end: { line, character: 0 } },
          newText: '  ',
        })),
        replace(rows, slice, syntax),
        {
          range: {
            start: { line: end.line, character: end.character + after.length },
            end: { line: end.line, character: end.character + after.length },
          },
          newText: `${syntax.newline}${indent}end`,
        },
      ],
    },
  ];
}

/** What is evaluated for every slice, and was evaluated once: the receiver and the options. */
function isRepeatable({ receiver, arguments_ }: CallNode): boolean {
  const [, ...options] = arguments_?.arguments_ ?? [];
  return [receiver, ...options].every((part) => part === null || isPure(part));
}

/** A string or heredoc over several lines. */
function hasLongText(write: CallNode, syntax: Syntax): boolean {
  return descendants(write, () => true).some((part) => {
    const isText =
      part instanceof StringNode ||
      part instanceof InterpolatedStringNode ||
      part instanceof XStringNode ||
      part instanceof InterpolatedXStringNode;
    if (!isText) return false;
    const { start, end } = syntax.rangeOf(part.location);
    return start.line !== end.line || syntax.sourceOf(part.location).startsWith('<<');
  });
}

/** `slice`, or another name where the method has a variable or method of that name. */
function sliceName(write: CallNode, syntax: Syntax): string {
  const method = methodAround(write, syntax);
  const isTaken =
    visibleNames(write, syntax).has('slice') ||
    descendants(method, () => true).some((part) => isLocalRead(part) && syntax.sourceOf(part.location) === 'slice') ||
    callsInside(method).some((call) => call.name === 'slice' && call.receiver === null);
  return isTaken ? freshName('batch', write, syntax) : 'slice';
}
