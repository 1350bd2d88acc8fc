import { CallNode } from '@ruby/prism/src/nodes.js';
import { isConstant } from '../callChain';
import { allEdits, removeBetween, renameCall } from '../edits';
import { pathAndOptions, type Walk, walkOver } from '../fileStreams';
import { definePattern, type Fix, type Match } from '../pattern';
import { endOf, type Syntax } from '../syntax';

/**
 * All lines of a file are read into memory, only to be walked once.
 *
 * before:
 *
 *     File.readlines(path, chomp: true).each do |line|
 *       import(line)
 *     end
 *     done
 *
 * after:
 *
 *     File.foreach(path, chomp: true) do |line|
 *       import(line)
 *     end
 *     done
 *
 * why:
 *
 * Both build one string per line; `foreach` keeps one at a time. Measured on 300,000 lines: 300,022 objects before and after,
 * but 36 MB of peak growth before and 0.9 MB after.
 *
 * check:
 * - `each` returns the lines, `foreach` returns `nil`.
 * - The file stays open, and is still being read, while the block runs.
 *
 * advice:
 * - The value of `each` is used.
 * - The block names the same file: it would change what is still being read.
 *
 * silent:
 * - All lines are needed at once: `size`, `last`, `sort`, `[]`, `join`, or a variable.
 */
export const readlinesEach = definePattern(CallNode, {
  id: 'readlines-each',
  section: 'ruby',
  title: 'All lines of this file are held in memory at once',
  explanation:
    'readlines builds an array of all lines; foreach reads one at a time. That lowers the peak of live memory. It does not ' +
    'lower the number of objects: a new allocation profile will look the same.',
  gain: 'peak',
  safety: 'safe',
  severity: 'warning',
  links: ['https://docs.ruby-lang.org/en/master/IO.html#method-c-foreach'],
  names: ['readlines'],
  match: matchReadlines,
});

function matchReadlines(read: CallNode, syntax: Syntax): Match | null {
  const { receiver, messageLoc, openingLoc } = read;
  if (!isConstant(receiver) || !/^(?:::)?(?:File|IO)$/.test(syntax.sourceOf(receiver.location))) return null;
  const [path] = read.arguments_?.arguments_ ?? [];
  if (!messageLoc || !path || read.block || openingLoc === null || read.isSafeNavigation()) return null;
  const walk = walkOver(read, path, syntax);
  if (walk?.call.messageLoc == null) return null;
  return {
    range: syntax.rangeOf(messageLoc),
    lines: [...new Set([messageLoc, walk.call.messageLoc].map((location) => syntax.lineOf(location)))],
    safety: pathAndOptions(read) === null && walk.safety === 'safe' ? 'review' : walk.safety,
    note: walk.note,
    fixes: walk.isBlocked ? [] : fixesFor(read, walk, syntax),
  };
}

function fixesFor(read: CallNode, { call, isEach }: Walk, syntax: Syntax): Fix[] {
  const end = call.closingLoc ?? call.messageLoc;
  const edits = allEdits([
    renameCall(read, 'foreach', syntax),
    ...(isEach && end ? [removeBetween(endOf(read.location), endOf(end), syntax)] : []),
  ]);
  return edits === null ? [] : [{ title: 'Use foreach', edits }];
}
