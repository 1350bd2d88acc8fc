import { CallNode } from '@ruby/prism/src/nodes.js';
import { csvRead, malformed } from '../csvReads';
import { allEdits, removeBetween } from '../edits';
import { walkOver } from '../fileStreams';
import { definePattern, type Match } from '../pattern';
import { endOf, type Syntax } from '../syntax';

/**
 * All rows of a CSV file are read into memory, only to be walked once.
 *
 * before:
 *
 *     CSV.read(path, headers: true).each do |row|
 *       import(row)
 *     end
 *     done
 *
 * after:
 *
 *     CSV.foreach(path, headers: true) do |row|
 *       import(row)
 *     end
 *     done
 *
 * why:
 *
 * Both parse every row once; `foreach` keeps one at a time. Measured on 60,000 rows: 1,487,937 objects before and 1,487,922
 * after, but 26 to 28 MB of peak growth before and at most 1 MB after.
 *
 * rewrite:
 *
 * `CSV.parse(File.read(path))` becomes `CSV.foreach(path)` as well.
 *
 * check:
 * - A malformed row: `read` raises before the first row is processed, `foreach` after those before it.
 * - `each` returns the rows, `foreach` does not.
 * - The file is still being read while the block runs.
 *
 * advice:
 * - The value of `each` is used.
 * - The block names the same file: it would change what is still being read.
 *
 * silent:
 * - The table itself is needed: `by_col`, `size`, `[]`, `sort_by`, a variable.
 */
export const csvReadEach = definePattern(CallNode, {
  id: 'csv-read-each',
  section: 'ruby',
  title: 'All rows of this CSV file are held in memory at once',
  explanation:
    'CSV.read builds a table of all rows; CSV.foreach reads one at a time. That lowers the peak of live memory. It does not ' +
    'lower the number of objects: a new allocation profile will look the same.',
  gain: 'peak',
  safety: 'review',
  severity: 'warning',
  links: ['https://docs.ruby-lang.org/en/master/CSV.html#method-c-foreach'],
  names: ['read', 'parse'],
  match: matchRead,
});

function matchRead(call: CallNode, syntax: Syntax): Match | null {
  const read = csvRead(call, syntax);
  const walk = read && walkOver(call, read.path, syntax);
  if (!read || !walk?.call.messageLoc) return null;
  const end = walk.call.closingLoc ?? walk.call.messageLoc;
  const removal = walk.isEach ? [removeBetween(endOf(call.location), endOf(end), syntax)] : [];
  const edits = walk.isBlocked || read.edits === null ? null : allEdits([...read.edits, ...removal]);
  return {
    range: syntax.rangeOf(read.messageLoc),
    lines: [...new Set([read.messageLoc, walk.call.messageLoc].map((location) => syntax.lineOf(location)))],
    note: walk.isBlocked ? walk.note : [malformed, walk.note].filter((note) => note !== null).join(' '),
    fixes: edits === null ? [] : [{ title: 'Use CSV.foreach', edits }],
  };
}
