import {
  CallNode,
  InterpolatedStringNode,
  KeywordHashNode,
  type Node,
  SplatNode,
  StringNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import { callsNil, isBare } from '../iteratorPairs';
import { definePattern, type Fix, type Match } from '../pattern';
import { endOf, type Syntax } from '../syntax';
import { called } from '../witness';

/**
 * The keys or values of a hash are copied into an array, only to look for one of them.
 *
 * before:
 *
 *     rows.count do |row|
 *       row.keys.include?(:id)
 *     end
 *
 * after:
 *
 *     rows.count do |row|
 *       row.key?(:id)
 *     end
 *
 * why:
 *
 * The array is built and walked for every question; `key?` is one look into the hash and allocates nothing. Measured on 200
 * rows: 626 objects before and 426 after.
 *
 * check:
 * - `include?` compares with `==`, `key?` with `eql?`: `{ 1 => :a }.keys.include?(1.0)` is true and `key?(1.0)` is false.
 * - In a hash that compares by identity no string but the key itself is found.
 * - A hash with indifferent access finds `:id` by `key?`, but has only `"id"` among its keys.
 *
 * silent:
 * - The profile shows no `Hash#keys` or `Hash#values` called by the line: `redis.keys.include?`, a method of the same name.
 */
export const keysInclude = definePattern(CallNode, {
  id: 'keys-include',
  section: 'ruby',
  title: 'The keys of this hash are copied to look for one',
  explanation:
    'keys and values build an array of the whole hash each time; key? and value? ask the hash itself. ' +
    'One array per call less, and no walk over it.',
  gain: 'objects',
  safety: 'safe',
  severity: 'warning',
  names: ['include?', 'member?'],
  match: matchInclude,
});

function matchInclude(include: CallNode, syntax: Syntax): Match | null {
  const { receiver: list, messageLoc, arguments_, block } = include;
  if (!(list instanceof CallNode) || !/^(?:keys|values)$/.test(list.name)) return null;
  if (!messageLoc || !list.messageLoc || !list.receiver || !isBare(list) || block) return null;
  const [wanted, ...others] = arguments_?.arguments_ ?? [];
  if (!wanted || others.length > 0 || wanted instanceof SplatNode || wanted instanceof KeywordHashNode) return null;

  const names = list.name === 'keys' ? /^Hash#keys$/ : /^Hash#values$/;
  const note = conditionOf(list.name, wanted, syntax);
  return {
    range: syntax.rangeBetween(list.messageLoc.startOffset, endOf(messageLoc)),
    lines: [syntax.lineOf(list.messageLoc)],
    witnesses: [called(names, 'that this is a Hash', 'silent')],
    saving: { calls: names },
    safety: note === null ? 'safe' : 'review',
    note,
    fixes: fixesFor(include, list, syntax),
  };
}

/** What has to be true for the hash to find what the array finds; null for texts and symbols of a plain hash. */
function conditionOf(list: string, wanted: Node, syntax: Syntax): string | null {
  const isText = wanted instanceof StringNode || wanted instanceof InterpolatedStringNode;
  if (!isText && !(wanted instanceof SymbolNode)) {
    return list === 'keys'
      ? 'Check that the key is of the same class as the keys: include? compares with ==, key? with eql?.'
      : 'Check that what is looked for has no == of its own.';
  }
  if (list === 'values') return null;
  if (isText && /compare_by_identity/.test(syntax.text)) {
    return 'Check that the hash does not compare by identity: key? then finds only the key itself.';
  }
  return !isText && /indifferent_?access/i.test(syntax.text)
    ? 'Check that this is not a hash with indifferent access: its keys are strings, and key? finds them by symbols as well.'
    : null;
}

function fixesFor(include: CallNode, list: CallNode, syntax: Syntax): Fix[] {
  const from = list.messageLoc?.startOffset ?? 0;
  const to = include.messageLoc ? endOf(include.messageLoc) : 0;
  if (callsNil(list, include) || syntax.hasCommentBetween(from, to)) return [];
  const name = list.name === 'keys' ? 'key?' : 'value?';
  return [{ title: `Use ${name}`, edits: [{ range: syntax.rangeBetween(from, to), newText: name }] }];
}
