import {
  ArrayNode,
  BlockArgumentNode,
  CallNode,
  DefNode,
  type LocalVariableReadNode,
  LocalVariableWriteNode,
  type Node,
} from '@ruby/prism/src/nodes.js';
import { isConstant } from '../callChain';
import { keep } from '../keep';
import { variableOf } from '../locals';
import { definePattern, type Match, type Related } from '../pattern';
import { isValueLiteral } from '../purity';
import type { Syntax } from '../syntax';
import { absent, beneath } from '../witness';

/**
 * A record is built for every row, but none is saved.
 *
 * before:
 *
 *     def rows(dates)
 *       dates.map { |date| Balance.new(account_id: id, date: date, balance: total_on(date)) }
 *     end
 *
 * after:
 *
 *     BalanceRow = Struct.new(:account_id, :date, :balance, keyword_init: true)
 *
 *     def rows(dates)
 *       dates.map { |date| BalanceRow.new(account_id: id, date: date, balance: total_on(date)) }
 *     end
 *
 * why:
 *
 * One record with four attributes is some 27 objects: a copy of the set of attributes, the casts of the values, what tracks
 * changes. In a profile they appear as `Kernel#dup`, `Hash#deep_dup`, `Kernel#BigDecimal` and `BigDecimal#round`, which are not
 * the cause: this line is. A `Struct` left a quarter of the objects. `upsert_all` and `insert_all` skip callbacks and
 * validations anyway, so rows for them need no records.
 *
 * rewrite:
 *
 * A `Struct` or a hash is enough where nobody calls `save`, `valid?`, associations or methods of the model on the result, and
 * where the model adds nothing to the values: overridden writers, defaults, casts (`decimal` columns round to their scale),
 * enums, `after_initialize`, `normalizes`, `encrypts`.
 *
 * Where the file of the model is there, the records are followed through the Ruby of the application: through methods,
 * variables, lists and blocks, to every place that reads them. If all of them are seen to be read field by field, or by
 * `attributes.slice` for a bulk write, one rewrite (review) changes all files: the Struct, its construction, the hashes of the
 * bulk write, and that write in slices. A method is followed where the class of its receiver can be told, or where no other
 * has its name. Tests are neither looked at nor changed: run them.
 *
 * check:
 * - The values need no cast: a Struct gives back what it was given. The bulk write casts numbers, dates and texts itself.
 * - No template or code outside of the application's folder asks more of the records.
 * - In slices, the write is atomic only in a transaction.
 *
 * advice:
 * - The records go where they cannot be followed: to a method that cannot be told, a view, a collection other than a list.
 * - Something is done with one that only a record can do: it is saved, changed, compared, asked for an association.
 * - The model adds to a value that is used: an own reader or writer, `enum`, `attribute`, `after_initialize`, a default of the
 *   column that counts, a column of a type that is converted, such as `jsonb`.
 * - `db/schema.rb` does not have the table, or the file of the model is not in the application.
 *
 * silent:
 * - The profile shows no record being built: a Struct, a Data, a class of your own.
 * - Records are saved or validated in the same method, or in the method that calls it.
 * - Several arguments, or a literal: no record takes these.
 * - Factories and tests.
 */
export const modelNewPerRow = definePattern(CallNode, {
  id: 'model-new-per-row',
  section: 'active-record',
  title: 'A record is built for every row, and none is saved here',
  explanation:
    'Each new record copies its set of attributes, casts the values and tracks changes, some 27 objects for four ' +
    'attributes. Where only the values are needed, such as for upsert_all or insert_all, which skip callbacks and validations ' +
    'anyway, a Struct or a hash is enough. Check that nothing relies on defaults, casts, or methods of the model.',
  gain: 'objects',
  saving: { left: 0.26 },
  safety: 'advice',
  severity: 'warning',
  perRow: true,
  witnesses: [
    beneath(
      /^ActiveRecord::Core#initialize$|^ActiveModel::AttributeAssignment#assign_attributes$|^ActiveModel::AttributeSet#deep_dup$/,
      'that this builds a record',
      'silent',
    ),
    absent(
      /^(?:ActiveRecord|ActiveModel)::.*#(?:save|save!|create_or_update|valid\?|validate|invalid\?|perform_validations|run_validations!)$/,
      'caller',
      'that the record is not saved',
      'silent',
    ),
  ],
  links: ['https://api.rubyonrails.org/classes/ActiveRecord/Persistence/ClassMethods.html#method-i-upsert_all'],
  names: ['new'],
  match: matchNew,
});

function matchNew(call: CallNode, syntax: Syntax): Match | null {
  const { receiver, messageLoc, block } = call;
  const [values, ...others] = call.arguments_?.arguments_ ?? [];
  if (!isConstant(receiver) || !messageLoc || !values || others.length > 0 || block instanceof BlockArgumentNode)
    return null;
  if (isValueLiteral(values) || values instanceof ArrayNode || coreClasses.test(syntax.sourceOf(receiver.location)))
    return null;
  if (isSaved(call, syntax) || isInTest(call, syntax)) return null;
  const model = syntax.sourceOf(receiver.location);
  return {
    range: syntax.rangeBetween(receiver.location.startOffset, messageLoc.startOffset + messageLoc.length),
    lines: [syntax.lineOf(messageLoc)],
    related: bulkWritesIn(call, model, syntax),
    fixes: [],
  };
}

const coreClasses =
  /^(?:::)?(?:Array|Hash|Set|String|Object|Struct|OpenStruct|Class|Module|Thread|Proc|Date|Time|DateTime|StringIO|Range|Regexp|Random|Enumerator|Fiber|Mutex|Queue|Data|\w*Error)$/;

const saves = /^(?:save|update|valid\?|invalid\?|validate|touch|reload|errors|increment|toggle)!?$/;

/** `Balance.new(…).save!`, `balance = Balance.new(…) … balance.save`. */
function isSaved(call: CallNode, syntax: Syntax): boolean {
  const outer = syntax.parentOf(call);
  if (isSaveOf(outer, call)) return true;
  if (!(outer instanceof LocalVariableWriteNode)) return false;
  return (variableOf(outer, syntax)?.reads ?? []).some((read) => isSaveOf(syntax.parentOf(read), read));
}

function isSaveOf(outer: Node | null, record: CallNode | LocalVariableReadNode): boolean {
  return outer instanceof CallNode && outer.receiver === record && saves.test(outer.name);
}

const testBlocks =
  /^(?:describe|context|feature|scenario|it|specify|test|setup|before|let!?|subject|factory|trait|define)$/;

function isInTest(call: CallNode, syntax: Syntax): boolean {
  for (const outer of syntax.ancestorsOf(call)) {
    if (outer instanceof DefNode && outer.name.startsWith('test_')) return true;
    if (!(outer instanceof CallNode) || !outer.block || !testBlocks.test(outer.name)) continue;
    const { receiver } = outer;
    if (!receiver || /^(?:::)?(?:RSpec|FactoryBot|FactoryGirl)$/.test(syntax.sourceOf(receiver.location))) return true;
  }
  return false;
}

/** Bulk writes of the same file, which need values and no records. */
function bulkWritesIn(call: CallNode, model: string, syntax: Syntax): Related[] {
  return bulkWriteCalls(syntax).flatMap(({ node, range }) =>
    node === call ? [] : [{ range, message: `A bulk write needs values, not records of ${model}.` }],
  );
}

const bulkWriteCalls = keep((syntax: Syntax) =>
  syntax.nodes.flatMap((node) =>
    node instanceof CallNode && node.messageLoc && bulkWrites.test(node.name)
      ? [{ node, range: syntax.rangeOf(node.messageLoc) }]
      : [],
  ),
);

const bulkWrites = /^(?:insert_all!?|upsert_all|import!?)$/;
