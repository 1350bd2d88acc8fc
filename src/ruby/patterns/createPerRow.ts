import { CallNode } from '@ruby/prism/src/nodes.js';
import { isConstant } from '../callChain';
import { loopOf } from '../loops';
import { definePattern, type Match } from '../pattern';
import type { Syntax } from '../syntax';
import { useOfValue } from '../useOfValue';
import { called } from '../witness';

/**
 * Every row of a list is written by a statement of its own.
 *
 * before:
 *
 *     rows.each do |row|
 *       Post.create!(title: row[:title], views: 1)
 *     end
 *
 * after:
 *
 *     rows.each_slice(1_000) do |slice|
 *       now = Time.now.utc
 *       Post.insert_all!(slice.map { |row| { title: row[:title], views: 1, created_at: now, updated_at: now } })
 *     end
 *
 * why:
 *
 * A record, its validation, its callbacks, a transaction and an INSERT cost some 250 objects a row; a bulk insert in slices costs
 * a hash and a few strings. Measured on 60 rows: 16,017 objects and 181 queries before, 3,546 objects and 2 queries after.
 *
 * rewrite:
 *
 * `insert_all!` raises where a unique index is violated, `insert_all` skips such rows. Before Rails 7.0 neither fills `created_at`
 * and `updated_at`, which the rows must then carry. All rows need the same keys.
 *
 * advice:
 * - Always: `insert_all!` runs no validations and no callbacks, builds no associated records, and gives no records back. Whether
 *   the model needs that cannot be told from the text.
 *
 * silent:
 * - The record is used: kept in a variable, given to somebody, or asked something.
 * - The class is not a model of Active Record, or the call stands in no loop.
 */
export const createPerRow = definePattern(CallNode, {
  id: 'create-per-row',
  section: 'active-record',
  title: 'Every row is written by a statement of its own',
  explanation:
    'Each row becomes a record with its validations, callbacks and one INSERT, some 250 objects; insert_all! in slices of ' +
    '1,000 rows writes them with one statement a slice. It runs no validations and no callbacks, and before Rails 7.0 it ' +
    'does not fill created_at and updated_at.',
  gain: 'objects',
  saving: { left: 0.22 },
  safety: 'advice',
  severity: 'warning',
  perRow: true,
  witnesses: [
    called(
      /^ActiveRecord::(?:Persistence::ClassMethods|Querying|Relation)#create!?$/,
      'that a record of Active Record is created here',
      'silent',
      /^ActiveRecord::.*#(?:_insert_record|_create_record|create_or_update|save!?)$/,
    ),
  ],
  links: ['https://api.rubyonrails.org/classes/ActiveRecord/Persistence/ClassMethods.html#method-i-insert_all-21'],
  names: ['create', 'create!'],
  match: matchCreate,
});

function matchCreate(create: CallNode, syntax: Syntax): Match | null {
  const { messageLoc, receiver } = create;
  if (!messageLoc || !isConstant(receiver) || !(create.arguments_ || create.block) || loopOf(create, syntax) === null)
    return null;
  const use = useOfValue(create, syntax);
  if (use === 'used') return null;
  return {
    range: syntax.rangeOf(messageLoc),
    note: use === 'returned' ? 'The block returns the record: insert_all! gives none back.' : null,
    fixes: [],
  };
}
