import { CallNode, LambdaNode, LocalVariableWriteNode, type Node, StatementsNode } from '@ruby/prism/src/nodes.js';
import { callsInside, touches } from '../blocks';
import { csvRead, malformed } from '../csvReads';
import { walkOver } from '../fileStreams';
import { isInside, variableOf } from '../locals';
import { loopOf } from '../loops';
import { definePattern, type Match } from '../pattern';
import { endOf, type Syntax } from '../syntax';

/**
 * All rows of a CSV file are read into a variable that is walked once.
 *
 * before:
 *
 *     rows = CSV.read(path, headers: true)
 *     rows.each { |row| import(row) }
 *     done
 *
 * after:
 *
 *     rows = CSV.foreach(path, headers: true)
 *     rows.each { |row| import(row) }
 *     done
 *
 * why:
 *
 * `foreach` without a block is an Enumerator: it reads the file, row by row, when it is walked. Measured on 60,000 rows: 26 to
 * 28 MB of peak growth before and at most 1 MB after, with the same number of objects.
 *
 * check:
 * - A malformed row: `read` raises before the first row is processed, `foreach` after those before it.
 * - The file is there, and the same, until the variable is walked.
 *
 * advice:
 * - The value of the walk is used, or the file is named again before or in the walk.
 *
 * silent:
 * - The variable is used more than once, in a loop of its own, or for anything but a walk: an Enumerator would read the file
 *   again each time, and has no `size`.
 */
export const csvReadVariable = definePattern(CallNode, {
  id: 'csv-read-variable',
  section: 'ruby',
  title: 'All rows of this CSV file are held in memory at once',
  explanation:
    'CSV.read builds a table of all rows; CSV.foreach gives an Enumerator that reads one at a time. That lowers the peak of ' +
    'live memory. It does not lower the number of objects: a new allocation profile will look the same.',
  gain: 'peak',
  safety: 'review',
  severity: 'warning',
  links: ['https://docs.ruby-lang.org/en/master/CSV.html#method-c-foreach'],
  names: ['read', 'parse'],
  match: matchRead,
});

function matchRead(call: CallNode, syntax: Syntax): Match | null {
  const read = csvRead(call, syntax);
  const write = syntax.parentOf(call);
  if (!read || !(write instanceof LocalVariableWriteNode)) return null;
  const variable = variableOf(write, syntax);
  const [use, ...others] = variable?.reads ?? [];
  if (!variable || !use || others.length > 0 || variable.writes.length > 1) return null;
  if (!isRunOnceAfter(write, use, syntax)) return null;

  const walk = walkOver(use, read.path, syntax);
  if (walk === null) return null;
  const obstacle = walk.isBlocked ? walk.note : isFileNamedBetween(write, use, read.path, syntax) ? named : null;
  return {
    range: syntax.rangeOf(read.messageLoc),
    note: obstacle ?? [malformed, walk.note].filter((note) => note !== null).join(' '),
    fixes: obstacle !== null || read.edits === null ? [] : [{ title: 'Use CSV.foreach', edits: read.edits }],
  };
}

const named =
  'The file is named again before the rows are walked, when it would not be read yet, so no edit is offered.';

/** The statement of the use comes later in the same list, and no loop or lambda repeats or delays it. */
function isRunOnceAfter(write: LocalVariableWriteNode, use: Node, syntax: Syntax): boolean {
  const list = syntax.parentOf(write);
  if (!(list instanceof StatementsNode) || !isInside(use, list)) return false;
  if (use.location.startOffset < endOf(write.location)) return false;
  const loop = loopOf(use, syntax);
  if (loop !== null && !isInside(write, loop.node)) return false;
  for (const outer of syntax.ancestorsOf(use)) {
    if (outer === list) return true;
    if (outer instanceof LambdaNode) return false;
    if (outer instanceof CallNode && outer.block && isInside(use, outer.block)) return false;
  }
  return false;
}

function isFileNamedBetween(write: Node, use: Node, path: Node, syntax: Syntax): boolean {
  const list = syntax.parentOf(write);
  const between = (list instanceof StatementsNode ? list.body : []).filter(
    ({ location }) =>
      location.startOffset > write.location.startOffset && location.startOffset <= use.location.startOffset,
  );
  return between.some(
    (statement) => touches(statement, path, syntax) || callsInside(statement).some(changesDirectories),
  );
}

function changesDirectories({ name }: CallNode): boolean {
  return /^(?:chdir|cd|rm\w*|mv|unlink|close!?)$/.test(name);
}
