import { CallNode } from '@ruby/prism/src/nodes.js';
import { isConstant } from '../callChain';
import { definePattern, type Match } from '../pattern';
import type { Syntax } from '../syntax';

/**
 * An OpenStruct is made for every row.
 *
 * before:
 *
 *     rows.map { |row| OpenStruct.new(id: row[0], name: row[1]) }
 *
 * after:
 *
 *     Person = Struct.new(:id, :name)
 *     rows.map { |row| Person.new(row[0], row[1]) }
 *
 * why:
 *
 * Measured on the same rows: 4,914 objects with `OpenStruct` and 314 with `Struct`.
 *
 * advice:
 * - Always: which fields there are, and who asks for others, cannot be told from the line.
 */
export const openstructPerRow = definePattern(CallNode, {
  id: 'openstruct-per-row',
  section: 'ruby',
  title: 'An OpenStruct is made for every row',
  explanation:
    'An OpenStruct defines methods for every field of every object. A Struct defines them once; a row is one object.',
  gain: 'objects',
  saving: { left: 0.06 },
  safety: 'advice',
  severity: 'information',
  perRow: true,
  links: ['https://docs.ruby-lang.org/en/master/OpenStruct.html#class-OpenStruct-label-Caveats'],
  names: ['new'],
  match: matchNew,
});

function matchNew({ receiver, messageLoc }: CallNode, syntax: Syntax): Match | null {
  if (!messageLoc || !isConstant(receiver) || !/^(?:::)?OpenStruct$/.test(syntax.sourceOf(receiver.location)))
    return null;
  return { range: syntax.rangeOf(messageLoc), fixes: [] };
}
