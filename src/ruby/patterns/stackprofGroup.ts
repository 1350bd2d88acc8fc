import {
  ArrayNode,
  AssocNode,
  BlockNode,
  CallNode,
  KeywordHashNode,
  type Node,
  StatementsNode,
  StringNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import { insertAt, removeBetween } from '../edits';
import { definePattern, type Fix, type Match } from '../pattern';
import { indentOf } from '../statements';
import { descendants, endOf, type Syntax } from '../syntax';

/**
 * The profiler is in no group that production installs, and production is where the memory goes.
 *
 * before:
 *
 *     group :development, :test do
 *       gem "rspec-rails"
 *       gem "stackprof"
 *     end
 *
 * after:
 *
 *     group :development, :test do
 *       gem "rspec-rails"
 *     end
 *
 *     gem "stackprof"
 *
 * why:
 *
 * What a worker allocates depends on the rows it meets: a profile of the development database rarely shows the job that bloats.
 * StackProf costs nothing until it is started, and at an interval of 997 or more little then.
 *
 * rewrite:
 *
 * `bundle install` afterwards: the lock file does not change by itself. Add `require: false` where it is required only when a
 * recording starts.
 *
 * check:
 * - A worker in production, or in a staging with its data, is to be recorded. Otherwise the group is right.
 *
 * advice:
 * - Something else stands on the line, or a comment would be lost.
 *
 * silent:
 * - One of its groups is another than `:development` and `:test`, or the gem is listed outside of them too.
 */
export const stackprofGroup = definePattern(CallNode, {
  id: 'stackprof-group',
  section: 'job',
  title: 'StackProf is not installed where the worker runs',
  explanation:
    'A group of development and test is left out in production, and a profile of a development database rarely shows the job that ' +
    'bloats. StackProf costs nothing until it is started.',
  gain: 'none',
  safety: 'review',
  severity: 'hint',
  heat: 'none',
  links: ['https://bundler.io/guides/groups.html'],
  names: ['gem'],
  match: matchGem,
});

function matchGem(call: CallNode, syntax: Syntax): Match | null {
  if (!isStackprof(call)) return null;
  const group = groupBlockOf(call, syntax);
  const keyword = groupKeywordOf(call);
  const groups = [...(group === null ? [] : namesIn(group.arguments_?.arguments_ ?? [])), ...namesOfKeyword(keyword)];
  if (groups.length === 0 || groups.some((name) => name !== 'development' && name !== 'test')) return null;
  if (syntax.nodes.some((other) => other !== call && other instanceof CallNode && isStackprof(other))) return null;
  const fix =
    group === null ? withoutKeyword(call, keyword, syntax) : keyword === null ? outOf(group, call, syntax) : null;
  return {
    range: syntax.rangeOf(call.location),
    note: 'Check that a worker in production or staging is to be recorded; bundle install afterwards.',
    fixes: fix === null ? [] : [fix],
  };
}

function isStackprof({ name, receiver, arguments_ }: CallNode): boolean {
  const gem = arguments_?.arguments_[0];
  return name === 'gem' && receiver === null && gem instanceof StringNode && gem.unescaped.value === 'stackprof';
}

/** The innermost `group … do` around a gem. */
function groupBlockOf(gem: CallNode, syntax: Syntax): CallNode | null {
  for (const outer of syntax.ancestorsOf(gem)) {
    if (outer instanceof CallNode && outer.name === 'group' && outer.block instanceof BlockNode) return outer;
  }
  return null;
}

function groupKeywordOf(gem: CallNode): AssocNode | null {
  const options = gem.arguments_?.arguments_.at(-1);
  if (!(options instanceof KeywordHashNode)) return null;
  const found = options.elements.find(
    (pair) => pair instanceof AssocNode && pair.key instanceof SymbolNode && /^groups?$/.test(pair.key.unescaped.value),
  );
  return found instanceof AssocNode ? found : null;
}

function namesOfKeyword(keyword: AssocNode | null): string[] {
  if (keyword === null) return [];
  return namesIn(keyword.value instanceof ArrayNode ? keyword.value.elements : [keyword.value]);
}

/** Names of groups; a name that cannot be read counts as another group. */
function namesIn(nodes: readonly Node[]): string[] {
  return nodes.map((node) => (node instanceof SymbolNode || node instanceof StringNode ? node.unescaped.value : '?'));
}

/** `gem "stackprof", group: :development, require: false` without its group. */
function withoutKeyword(gem: CallNode, keyword: AssocNode | null, syntax: Syntax): Fix | null {
  const parts = descendants(
    gem,
    (child) => child === gem.arguments_ || child instanceof KeywordHashNode || child instanceof AssocNode,
  );
  const pairs = parts.filter((part) => part instanceof AssocNode);
  const at = keyword === null ? -1 : pairs.indexOf(keyword);
  const list = gem.arguments_?.arguments_ ?? [];
  const before = at > 0 ? pairs[at - 1] : list.at(-2);
  if (keyword === null || at < 0 || !before) return null;
  const edit = removeBetween(endOf(before.location), endOf(keyword.location), syntax);
  return edit && { title, edits: [edit] };
}

const title = 'Move stackprof out of the group';

/** The line goes from the group to below its `end`; a group that held nothing else goes with it. */
function outOf(group: CallNode, gem: CallNode, syntax: Syntax): Fix | null {
  const list = syntax.parentOf(gem);
  const indent = indentOf(group, syntax);
  const { start, end } = syntax.rangeOf(gem.location);
  const isAlone = indentOf(gem, syntax) !== null && syntax.lineText(end.line).slice(end.character).trim() === '';
  if (!(list instanceof StatementsNode) || indent === null || !isAlone) return null;
  if (!(group.block instanceof BlockNode) || syntax.parentOf(list) !== group.block) return null;
  const source = syntax.sourceOf(gem.location);
  const { startOffset } = group.location;
  const close = endOf(group.location);
  if (syntax.lineText(syntax.rangeOf(group.location).end.line).trim() !== 'end') return null;
  if (list.body.length === 1) {
    if (syntax.hasCommentBetween(startOffset, close)) return null;
    return { title, edits: [{ range: syntax.rangeOf(group.location), newText: source }] };
  }
  const line = { start: { line: start.line, character: 0 }, end: { line: end.line + 1, character: 0 } };
  const { newline } = syntax;
  return {
    title,
    edits: [{ range: line, newText: '' }, insertAt(close, `${newline}${newline}${indent}${source}`, syntax)],
  };
}
