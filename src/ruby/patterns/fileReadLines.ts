import { AssocNode, CallNode, type KeywordHashNode, type Node, StringNode, SymbolNode } from '@ruby/prism/src/nodes.js';
import { isConstant } from '../callChain';
import { allEdits, removeBetween, renameCall } from '../edits';
import { pathAndOptions, type Walk, walkOf, walkOver } from '../fileStreams';
import { definePattern, type Fix, type Match } from '../pattern';
import { endOf, type Syntax } from '../syntax';
import type { TextEdit } from '../textRange';

/**
 * A file is read as one string, only to be walked line by line.
 *
 * before:
 *
 *     File.read(path).each_line do |line|
 *       import(line)
 *     end
 *     done
 *
 * after:
 *
 *     File.foreach(path) do |line|
 *       import(line)
 *     end
 *     done
 *
 * why:
 *
 * Both build one string per line; `foreach` does not hold the whole file besides. Measured on 300,000 lines: 300,022 objects
 * before and after, but 16 MB of peak growth before and 0.9 MB after. `lines` and `split` also hold all lines.
 *
 * rewrite:
 *
 * `each_line`, `lines.each` and `split("\n").each` become `foreach`; other methods are called on `foreach` without a block.
 *
 * check:
 * - `each_line` returns the text, `foreach` returns `nil`.
 * - For `split("\n")`: `chomp: true` also takes off a carriage return, and `split` drops empty lines at the end.
 * - The file stays open, and is still being read, while the block runs.
 *
 * advice:
 * - The value of the walk is used.
 * - The block names the same file: it would change what is still being read.
 *
 * silent:
 * - The text itself is needed, or all lines at once: a variable, `size`, `last`, `sort`.
 */
export const fileReadLines = definePattern(CallNode, {
  id: 'file-read-lines',
  section: 'ruby',
  title: 'This whole file is held in memory to walk over its lines',
  explanation:
    'read builds one string of the whole file; foreach reads one line at a time. That lowers the peak of live memory. It does ' +
    'not lower the number of objects: a new allocation profile will look the same.',
  gain: 'peak',
  safety: 'safe',
  severity: 'warning',
  links: ['https://docs.ruby-lang.org/en/master/IO.html#method-c-foreach'],
  names: ['each_line', 'lines', 'split'],
  match: matchLines,
});

function matchLines(lines: CallNode, syntax: Syntax): Match | null {
  const { receiver: read, messageLoc } = lines;
  if (!messageLoc || !(read instanceof CallNode) || !isFileRead(read, syntax) || !read.messageLoc) return null;
  const named = pathAndOptions(read);
  const options = optionsOf(lines);
  if (named === null || options === null || !areOpenOptions(named.options) || lines.isSafeNavigation()) return null;

  const walk = directWalk(lines, named.path, syntax) ?? walkOver(lines, named.path, syntax);
  if (walk === null || !walk.call.messageLoc) return null;
  const isSplit = lines.name === 'split';
  const isOpen = walk.isBlocked || (options === 'given' && named.options !== null);
  const notes = [walk.note, isSplit && !walk.isBlocked ? splitCondition : null].filter((note) => note !== null);
  return {
    range: syntax.rangeBetween(read.messageLoc.startOffset, endOf(messageLoc)),
    lines: [...new Set([read.messageLoc, messageLoc, walk.call.messageLoc].map((loc) => syntax.lineOf(loc)))],
    safety: walk.safety === 'safe' && (isSplit || named.options !== null) ? 'review' : walk.safety,
    note: notes.length === 0 ? null : notes.join(' '),
    fixes: isOpen ? [] : fixesFor(read, lines, walk, options, syntax),
  };
}

const splitCondition =
  'Check that lines end in a plain line feed and none at the end is empty: chomp takes off carriage returns as well, and split drops empty lines at the end.';

function isFileRead(read: CallNode, syntax: Syntax): boolean {
  const { receiver, name } = read;
  return name === 'read' && isConstant(receiver) && /^(?:::)?(?:File|IO)$/.test(syntax.sourceOf(receiver.location));
}

/** How `foreach` is to split: as a rule, by the arguments given (`chomp: true`), without line ends. Null: it cannot. */
function optionsOf({ name, arguments_, openingLoc }: CallNode): 'none' | 'given' | 'chomp' | null {
  const [first, ...others] = arguments_?.arguments_ ?? [];
  if (name === 'split') {
    return others.length === 0 && first instanceof StringNode && first.unescaped.value === '\n' ? 'chomp' : null;
  }
  if (first === undefined) return 'none';
  const isChomp = others.length === 0 && openingLoc !== null && keysOf(first).join() === 'chomp';
  return isChomp ? 'given' : null;
}

/** Keywords that `foreach` takes as well. */
function areOpenOptions(options: KeywordHashNode | null): boolean {
  return options === null || keysOf(options).every((key) => /^(?:encoding|external_encoding|mode)$/.test(key));
}

function keysOf(hash: Node): string[] {
  return 'elements' in hash && Array.isArray(hash.elements)
    ? hash.elements.map((pair) =>
        pair instanceof AssocNode && pair.key instanceof SymbolNode ? (pair.key.unescaped.value ?? '') : '',
      )
    : [];
}

/** `each_line { … }`, which is the walk itself. */
function directWalk(lines: CallNode, path: Node, syntax: Syntax): Walk | null {
  return lines.name === 'each_line' && lines.block ? walkOf(lines, path, syntax) : null;
}

function fixesFor(
  read: CallNode,
  lines: CallNode,
  walk: Walk,
  options: 'none' | 'given' | 'chomp',
  syntax: Syntax,
): Fix[] {
  const isBlockOnly = walk.isEach && walk.call !== lines;
  const lastCall = isBlockOnly ? walk.call : lines;
  const last = lastCall.closingLoc ?? lastCall.messageLoc;
  const isArgumentBlock = walk.call === lines && !walk.isEach;
  if (!last || !read.closingLoc || isArgumentBlock) return [];
  const edits = allEdits([
    renameCall(read, 'foreach', syntax),
    ...tail(read.closingLoc.startOffset, endOf(read.location), lines, endOf(last), options, syntax),
  ]);
  return edits === null ? [] : [{ title: 'Use foreach', edits }];
}

/** What follows the arguments of `read` up to the block or the next call. */
function tail(
  closing: number,
  afterRead: number,
  lines: CallNode,
  end: number,
  options: 'none' | 'given' | 'chomp',
  syntax: Syntax,
): (TextEdit | null)[] {
  if (options === 'none') return [removeBetween(afterRead, end, syntax)];
  if (syntax.hasCommentBetween(closing, end)) return [null];
  const given = lines.arguments_ ? syntax.sourceOf(lines.arguments_.location) : '';
  const newText = `, ${options === 'chomp' ? 'chomp: true' : given})`;
  return [{ range: syntax.rangeBetween(closing, end), newText }];
}
