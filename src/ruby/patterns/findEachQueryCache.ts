import {
  CallNode,
  InterpolatedStringNode,
  InterpolatedXStringNode,
  type Node,
  ProgramNode,
  StatementsNode,
  StringNode,
  XStringNode,
} from '@ruby/prism/src/nodes.js';
import { blockOf, callsInside } from '../blocks';
import { insertAt } from '../edits';
import { definePattern, type Match } from '../pattern';
import { indentOf } from '../statements';
import { descendants, endOf, type Syntax } from '../syntax';
import type { TextEdit } from '../textRange';
import { beneath } from '../witness';

/**
 * The query cache keeps the result of every query of a batch loop.
 *
 * before:
 *
 *     User.where(active: true).find_each do |user|
 *       total += Post.where(user_id: user.id).to_a.size
 *     end
 *
 * after:
 *
 *     ActiveRecord::Base.uncached do
 *       User.where(active: true).find_each do |user|
 *         total += Post.where(user_id: user.id).to_a.size
 *       end
 *     end
 *
 * why:
 *
 * In requests and jobs every query's result stays in the cache until the next write. A loop that asks something else in every
 * turn fills it and reads nothing from it. Since Rails 5.2 the query for the batches goes past it, since 7.1 it holds 100
 * results. Measured on 3,000 queries: 14.2 MB of peak growth before and 9.3 MB after on Active Record 6.1; no gain in memory on
 * 7.2, where the copies of the results remain (11,773 objects before and 11,398 after).
 *
 * check:
 * - The loop does not repeat the same query: without the cache each goes to the database.
 *
 * advice:
 * - The loop is not a statement on lines of its own, or holds text of several lines, which may not be indented.
 *
 * silent:
 * - The profile shows no query being cached under the loop.
 * - The loop stands in `uncached` already.
 */
export const findEachQueryCache = definePattern(CallNode, {
  id: 'find-each-query-cache',
  section: 'active-record',
  title: 'The query cache keeps what every turn of this loop asks for',
  explanation:
    'Each different query of the loop stays in the query cache and is not asked for again; uncached goes past it. From Rails ' +
    '7.1 on the cache is bounded and the gain is small.',
  gain: 'objects',
  safety: 'review',
  severity: 'information',
  rails: { from: '5.0', before: '7.1' },
  witnesses: [
    beneath(
      /QueryCache#cache_sql$|QueryCache::Store#compute_if_absent$/,
      'that queries of this loop are cached',
      'silent',
    ),
  ],
  links: ['https://api.rubyonrails.org/classes/ActiveRecord/QueryCache/ClassMethods.html#method-i-uncached'],
  names: ['find_each', 'find_in_batches', 'in_batches'],
  match: matchLoop,
});

function matchLoop(loop: CallNode, syntax: Syntax): Match | null {
  const block = blockOf(loop);
  if (!loop.messageLoc || block === null || callsInside(block).length === 0) return null;
  for (const outer of syntax.ancestorsOf(loop)) {
    if (outer instanceof CallNode && outer.block && (outer.name === 'uncached' || batches.test(outer.name)))
      return null;
  }
  const edits = wrapped(loop, syntax);
  return {
    range: syntax.rangeOf(loop.messageLoc),
    note: edits === null ? null : 'Check that the loop does not ask the same again and again.',
    fixes: edits === null ? [] : [{ title: 'Go past the query cache', edits }],
  };
}

const batches = /^(?:find_each|find_in_batches|in_batches|each_record)$/;

/** A block around the statement, one step to the left of it; null where lines cannot be indented. */
function wrapped(loop: Node, syntax: Syntax): readonly TextEdit[] | null {
  const list = syntax.parentOf(loop);
  const indent = indentOf(loop, syntax);
  if (!(list instanceof StatementsNode) || indent === null || isInline(list, syntax) || holdsLongText(loop, syntax))
    return null;
  const { start, end } = syntax.rangeOf(loop.location);
  if (!/^\s*(?:#.*)?$/.test(syntax.lineText(end.line).slice(end.character))) return null;
  const step = indent.includes('\t') ? '\t' : '  ';
  const inner = Array.from({ length: end.line - start.line }, (_, i) => start.line + 1 + i)
    .filter((line) => syntax.lineText(line).trim() !== '')
    .map((line) => ({ range: { start: { line, character: 0 }, end: { line, character: 0 } }, newText: step }));
  const { newline } = syntax;
  return [
    insertAt(loop.location.startOffset, `ActiveRecord::Base.uncached do${newline}${indent}${step}`, syntax),
    ...inner,
    insertAt(endOf(loop.location), `${newline}${indent}end`, syntax),
  ];
}

/** `(User.find_each { … })`, `"#{…}"`: no list of statements of its own lines. */
function isInline(list: StatementsNode, syntax: Syntax): boolean {
  const owner = syntax.parentOf(list);
  return !(owner instanceof ProgramNode) && owner !== null && /^[("]|^#\{/.test(syntax.sourceOf(owner.location));
}

function holdsLongText(node: Node, syntax: Syntax): boolean {
  return descendants(node, () => true).some((part) => {
    if (!isText(part)) return false;
    const source = syntax.sourceOf(part.location);
    return source.startsWith('<<') || source.includes('\n');
  });
}

function isText(node: Node): boolean {
  return (
    node instanceof StringNode ||
    node instanceof InterpolatedStringNode ||
    node instanceof XStringNode ||
    node instanceof InterpolatedXStringNode
  );
}
