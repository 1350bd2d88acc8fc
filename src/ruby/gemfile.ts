import {
  ArrayNode,
  AssocNode,
  BlockNode,
  CallNode,
  HashNode,
  KeywordHashNode,
  type Node,
  ProgramNode,
  StatementsNode,
  StringNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import { insertAt, removeBetween } from './edits';
import { indentOf, lineIndent } from './statements';
import { endOf, type Syntax } from './syntax';
import type { TextEdit } from './textRange';

/** One `gem "name"` of a Gemfile. */
export interface GemEntry {
  readonly name: string;
  readonly call: CallNode;
  /** The `group … do` blocks around it, innermost first. */
  readonly blocks: readonly CallNode[];
  /** Its own option `group:` or `groups:`. */
  readonly option: AssocNode | null;
  /** All groups it is in; `?` for a name that cannot be read. */
  readonly groups: readonly string[];
  /** False inside of conditions, loops and methods: whether it counts is known when Bundler runs. */
  readonly isCertain: boolean;
}

/** The gems of a Gemfile with the given name, in source order. */
export function gemEntries(syntax: Syntax, name: string): GemEntry[] {
  return syntax.nodes.flatMap((node) =>
    node instanceof CallNode && gemName(node) === name ? [entryOf(node, syntax)] : [],
  );
}

/** Name of the gem that a call lists, or null. */
export function gemName({ name, receiver, arguments_ }: CallNode): string | null {
  const gem = arguments_?.arguments_[0];
  return name === 'gem' && receiver === null && gem instanceof StringNode ? gem.unescaped.value : null;
}

/**
 * The edits that take a gem out of all its groups: its `group:` goes, or its lines move below the `end` of the outermost group
 * with the comments that are theirs; a group that held nothing else goes with them. `note` is a comment for a line of its own
 * above. Null where something else stands on its lines, or a comment would be lost.
 */
export function leaveGroups(entry: GemEntry, syntax: Syntax, note: string | null): readonly TextEdit[] | null {
  if (entry.blocks.length > 0) return entry.option === null ? leaveBlocks(entry, syntax, note) : null;
  const edit = entry.option === null ? null : withoutOption(entry.call, entry.option, syntax);
  if (edit === null) return null;
  const indent = indentOf(entry.call, syntax);
  if (note === null) return [edit];
  if (indent === null) return null;
  return [insertAt(entry.call.location.startOffset, `${note}${syntax.newline}${indent}`, syntax), edit];
}

/** What stands between `group` and `do`: `:development, :test`. */
export function groupArguments(group: CallNode, syntax: Syntax): string {
  return group.arguments_ === null ? '' : syntax.sourceOf(group.arguments_.location);
}

/** The `group … do` calls of a Gemfile. */
export function groupBlocks(syntax: Syntax): CallNode[] {
  return syntax.nodes.filter((node) => node instanceof CallNode).filter(isGroupBlock);
}

/** Lines of their own that stand directly above a 0-based line and are comments only, first one's number; the line itself without. */
export function firstCommentAbove(line: number, syntax: Syntax): number {
  let first = line;
  while (first > 0 && /^\s*#/.test(syntax.lineText(first - 1))) first--;
  return first;
}

function entryOf(call: CallNode, syntax: Syntax): GemEntry {
  const blocks: CallNode[] = [];
  let isCertain = true;
  for (const outer of syntax.ancestorsOf(call)) {
    if (outer instanceof CallNode && isGroupBlock(outer)) blocks.push(outer);
    else if (!isPlain(outer)) isCertain = false;
  }
  const option = groupOption(call);
  const named = option === null ? [] : option.value instanceof ArrayNode ? option.value.elements : [option.value];
  const groups = [...blocks.flatMap((block) => groupNames(block)), ...namesIn(named)];
  return {
    name: gemName(call) ?? '',
    call,
    blocks,
    option,
    groups: hasUnreadOptions(call) ? [...groups, '?'] : groups,
    isCertain,
  };
}

/** Blocks of Bundler that always run. */
const bundlerBlocks: ReadonlySet<string> = new Set(['source', 'git', 'path', 'github', 'platforms', 'platform']);

function isPlain(node: Node): boolean {
  if (node instanceof CallNode) return node.receiver === null && bundlerBlocks.has(node.name);
  return node instanceof ProgramNode || node instanceof StatementsNode || node instanceof BlockNode;
}

function isGroupBlock(call: CallNode): boolean {
  return call.name === 'group' && call.receiver === null && call.block instanceof BlockNode;
}

function groupNames(group: CallNode): string[] {
  const names = group.arguments_?.arguments_.filter((argument) => !(argument instanceof KeywordHashNode)) ?? [];
  return names.length === 0 ? ['?'] : namesIn(names);
}

function namesIn(nodes: readonly Node[]): string[] {
  return nodes.map((node) => (node instanceof SymbolNode || node instanceof StringNode ? node.unescaped.value : '?'));
}

function groupOption(gem: CallNode): AssocNode | null {
  const options = gem.arguments_?.arguments_.at(-1);
  if (!(options instanceof KeywordHashNode)) return null;
  return options.elements.filter((pair) => pair instanceof AssocNode).find(({ key }) => isGroupKey(key)) ?? null;
}

function isGroupKey(key: Node): boolean {
  return (key instanceof SymbolNode || key instanceof StringNode) && /^groups?$/.test(key.unescaped.value);
}

/** Options by a hash in braces, a variable or a `**` may hold a group that cannot be read. */
function hasUnreadOptions(gem: CallNode): boolean {
  const [, ...rest] = gem.arguments_?.arguments_ ?? [];
  return rest.some((argument) => {
    if (argument instanceof KeywordHashNode) return argument.elements.some((pair) => !(pair instanceof AssocNode));
    return argument instanceof HashNode || !(argument instanceof StringNode || argument instanceof ArrayNode);
  });
}

/** `gem "stackprof", group: :development, require: false` without its group. */
function withoutOption(gem: CallNode, option: AssocNode, syntax: Syntax): TextEdit | null {
  const list = gem.arguments_?.arguments_ ?? [];
  const options = list.at(-1);
  const pairs = options instanceof KeywordHashNode ? options.elements : [];
  const at = pairs.indexOf(option);
  const before = at > 0 ? pairs[at - 1] : list.at(-2);
  return before === undefined ? null : removeBetween(endOf(before.location), endOf(option.location), syntax);
}

function leaveBlocks({ call, blocks }: GemEntry, syntax: Syntax, note: string | null): readonly TextEdit[] | null {
  const inner = blocks[0]!;
  const outer = blocks.at(-1)!;
  const list = syntax.parentOf(call);
  const indent = indentOf(outer, syntax);
  if (!(list instanceof StatementsNode) || syntax.parentOf(list) !== inner.block || indent === null) return null;
  const outerLines = syntax.rangeOf(outer.location);
  if (!endsItsLine(outerLines.end.line, outerLines.end.character, syntax)) return null;
  const { newline } = syntax;
  const depth = lineIndent(call, syntax);
  const above = note === null ? '' : `${note}${newline}${indent}`;
  if (list.body.length === 1 && inner === outer && !hasOtherComments(call, inner, syntax)) {
    const kept = ownLines(call, inner, syntax)?.text ?? syntax.sourceOf(call.location);
    return [{ range: outerLines, newText: above + reindented(kept, depth, indent, newline) }];
  }
  const own = ownLines(call, inner, syntax);
  if (own === null) return null;
  const range = { start: { line: own.first, character: 0 }, end: { line: own.last + 1, character: 0 } };
  const moved = `${newline}${newline}${indent}${above}${reindented(own.text, depth, indent, newline)}`;
  const lineEnd = { line: outerLines.end.line, character: syntax.lineText(outerLines.end.line).length };
  return [
    { range, newText: '' },
    { range: { start: lineEnd, end: lineEnd }, newText: moved },
  ];
}

interface OwnLines {
  /** 0-based, both inclusive. */
  readonly first: number;
  readonly last: number;
  /** Without the indent of the first line. */
  readonly text: string;
}

/**
 * The lines that are a gem's alone: the call, the comment at its end, and comments above it that are not about gems after it too.
 * Null when other code stands on them.
 */
function ownLines(call: CallNode, group: CallNode, syntax: Syntax): OwnLines | null {
  const { start, end } = syntax.rangeOf(call.location);
  if (indentOf(call, syntax) === null || !endsItsLine(end.line, end.character, syntax)) return null;
  const opening = syntax.rangeOf(group.location).start.line;
  const closing = syntax.rangeOf(group.location).end.line;
  if (start.line === opening || end.line === closing) return null;
  const isLast = /^\s*(?:end\b|$|\})/.test(syntax.lineText(end.line + 1));
  const first = isLast ? Math.max(firstCommentAbove(start.line, syntax), opening + 1) : start.line;
  const lines = Array.from({ length: end.line - first + 1 }, (_, index) => syntax.lineText(first + index));
  return { first, last: end.line, text: lines.join('\n').trimStart() };
}

/** Whether nothing but a comment follows. */
function endsItsLine(line: number, character: number, syntax: Syntax): boolean {
  return /^\s*(?:#|$)/.test(syntax.lineText(line).slice(character));
}

/** Comments in a group that would go with it, although they are not the gem's own. */
function hasOtherComments(call: CallNode, group: CallNode, syntax: Syntax): boolean {
  const own = ownLines(call, group, syntax);
  const from = group.location.startOffset;
  const to = endOf(group.location);
  return syntax.comments.some((comment) => {
    if (comment.startOffset < from || comment.startOffset >= to) return false;
    const line = syntax.lineOf(comment) - 1;
    return own === null || line < own.first || line > own.last;
  });
}

/** Lines that stood at one indent, at another; the first has none yet. */
function reindented(text: string, from: string, to: string, newline: string): string {
  const [head = '', ...rest] = text.split('\n');
  return [head, ...rest.map((line) => to + (line.startsWith(from) ? line.slice(from.length) : line.trimStart()))].join(
    newline,
  );
}
