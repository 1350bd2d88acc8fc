import { CallNode } from '@ruby/prism/src/nodes.js';
import { isConstant } from '../callChain';
import { definePattern, type Match } from '../pattern';
import type { Syntax } from '../syntax';
import { called } from '../witness';

/**
 * Every row is copied to change its keys.
 *
 * before:
 *
 *     rows.sum { |row| row.symbolize_keys[:id] }
 *
 * after:
 *
 *     rows.sum { |row| row["id"] }
 *
 * why:
 *
 * A hash for every row, and for the deep variants one for every hash in it. Measured on 100 rows: 327 objects before and 227
 * after.
 *
 * rewrite:
 *
 * Read the keys as they come, or convert once where the data enters: `symbolize_names` of `JSON.parse`, `header_converters` of
 * CSV.
 *
 * advice:
 * - Always: which kind of keys the other readers expect cannot be told from the line.
 */
export const keyConversionPerRow = definePattern(CallNode, {
  id: 'key-conversion-per-row',
  section: 'ruby',
  title: 'Every row is copied to change its keys',
  explanation:
    'This makes a hash for every row, the deep ones also for every hash in it. Read the keys as they come, or convert once ' +
    'where the data enters.',
  gain: 'objects',
  safety: 'advice',
  severity: 'information',
  perRow: true,
  names: [
    ...['symbolize_keys', 'stringify_keys', 'deep_symbolize_keys', 'deep_stringify_keys', 'with_indifferent_access'],
    ...['deep_dup', 'deep_transform_keys', 'deep_transform_values', 'to_unsafe_h'],
  ],
  match: matchConversion,
});

function matchConversion({ receiver, messageLoc, name }: CallNode, syntax: Syntax): Match | null {
  if (!receiver || !messageLoc || isParsedJson(receiver)) return null;
  const names = new RegExp(`^(?:Hash|Array|Object|ActiveSupport::.*|ActionController::Parameters)#${name}$`);
  return {
    range: syntax.rangeOf(messageLoc),
    witnesses: [called(names, 'that this converts a Hash', 'silent')],
    saving: { calls: names },
    fixes: [],
  };
}

/** Another pattern speaks of it. */
function isParsedJson(receiver: unknown): boolean {
  return (
    receiver instanceof CallNode &&
    receiver.name === 'parse' &&
    isConstant(receiver.receiver) &&
    receiver.receiver.name === 'JSON'
  );
}
