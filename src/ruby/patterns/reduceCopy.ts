import {
  ArrayNode,
  AssocNode,
  BlockParametersNode,
  CallNode,
  HashNode,
  ImplicitNode,
  KeywordHashNode,
  LocalVariableReadNode,
  MultiTargetNode,
  type Node,
  ParametersNode,
  RequiredParameterNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import { appendEdits } from '../appending';
import { blockOf, jumps, readsInside, singleExpression } from '../blocks';
import { allEdits, renameCall, replace } from '../edits';
import { definePattern, type Match } from '../pattern';
import { isValueLiteral } from '../purity';
import { descendants, endOf, type Syntax } from '../syntax';
import type { TextEdit } from '../textRange';
import { called } from '../witness';

/**
 * A hash or array is built up by reduce, which copies all of it for every element.
 *
 * before:
 *
 *     rows.reduce({}) { |sums, row| sums.merge(row.id => row.amount) }
 *
 * after:
 *
 *     rows.each_with_object({}) { |row, sums| sums[row.id] = row.amount }
 *
 * why:
 *
 * Every `merge` and every `+` makes a new collection with everything so far. Measured on 200 elements: 419 objects before and
 * 18 after, 140 KB and 6 KB.
 *
 * rewrite:
 *
 * `merge` with one pair becomes `hash[key] = value`, other ones `merge!`; `+ [x]` becomes `<<`, other ones `push` or `concat`.
 *
 * check:
 * - Nothing: the edit is only offered for a block of one expression that starts from `{}` or `[]` and keeps no version of it.
 *
 * advice:
 * - The block keeps or passes on the collection itself, leaves early, or has numbered parameters.
 *
 * silent:
 * - The start is not an empty literal: `each_with_object(defaults)` would change the defaults.
 * - Numbers and strings.
 */
export const reduceCopy = definePattern(CallNode, {
  id: 'reduce-copy',
  section: 'ruby',
  title: 'This collection is copied for every element',
  explanation:
    'merge and + make a new collection with everything so far in every turn; each_with_object fills one. ' +
    'One or two objects per element less, and no copies.',
  gain: 'objects',
  safety: 'safe',
  severity: 'warning',
  witnesses: [
    called(
      /^(?:Enumerable|Array|Hash|Range|Struct|Set|Enumerator)#(?:inject|reduce)$/,
      'that this is an Enumerable',
      'review',
    ),
  ],
  names: ['reduce', 'inject'],
  match: matchReduce,
});

function matchReduce(reduce: CallNode, syntax: Syntax): Match | null {
  const { messageLoc } = reduce;
  const block = blockOf(reduce);
  const [start, ...others] = reduce.arguments_?.arguments_ ?? [];
  if (!messageLoc || !block || !start || others.length > 0) return null;
  const step = singleExpression(block);
  const parameters = parametersOf(block.parameters);
  const name = parameters?.accumulator ?? '_1';
  if (!(step instanceof CallNode) || !isReadOf(step.receiver, name) || step.isSafeNavigation()) return null;
  if (!(isGrowingHash(start, step) || isGrowingArray(start, step))) return null;
  if (parameters === null && readsInside(block, '_1').length === 0) return null;

  const obstacle =
    parameters === null
      ? 'The parameters of the block are not two plain ones, so no edit is offered.'
      : jumps(block)
        ? 'The block leaves early, so no edit is offered.'
        : keeps(step, name, syntax)
          ? 'The block keeps the collection itself or passes it on, so no edit is offered.'
          : null;
  const edits = obstacle === null && parameters ? editsFor(reduce, step, parameters, syntax) : null;
  return {
    range: syntax.rangeOf(messageLoc),
    lines: [...new Set([messageLoc, step.messageLoc ?? messageLoc].map((loc) => syntax.lineOf(loc)))],
    saving: step.name === 'merge' ? { all: [{ beneath: /^Hash#merge$/ }, { own: true }], part: 1 } : { own: true },
    inLoop: true,
    note: obstacle,
    fixes: edits === null ? [] : [{ title: 'Use each_with_object', edits }],
  };
}

interface Parameters {
  readonly accumulator: string;
  readonly first: Node;
  readonly second: Node;
}

/** `|sums, row|`, `|sums, (key, value)|`; null for anything else. */
function parametersOf(node: Node | null): Parameters | null {
  const list = node instanceof BlockParametersNode && node.locals.length === 0 ? node.parameters : null;
  if (!(list instanceof ParametersNode)) return null;
  const { requireds, optionals, rest, posts, keywords, keywordRest, block } = list;
  const [first, second, ...others] = requireds;
  if (optionals.length + posts.length + keywords.length + others.length > 0 || rest || keywordRest || block)
    return null;
  if (!(first instanceof RequiredParameterNode)) return null;
  if (!(second instanceof RequiredParameterNode || second instanceof MultiTargetNode)) return null;
  return { accumulator: first.name, first, second };
}

function isReadOf(node: Node | null, name: string): boolean {
  return node instanceof LocalVariableReadNode && node.name === name && node.depth === 0;
}

function isGrowingHash(start: Node, { name, arguments_ }: CallNode): boolean {
  return start instanceof HashNode && start.elements.length === 0 && name === 'merge' && arguments_ !== null;
}

function isGrowingArray(start: Node, { name, arguments_, callOperatorLoc, block }: CallNode): boolean {
  const [added, ...others] = arguments_?.arguments_ ?? [];
  const isEmpty = start instanceof ArrayNode && start.elements.length === 0;
  if (!isEmpty || name !== '+' || callOperatorLoc !== null || block || !added || others.length > 0) return false;
  return !isValueLiteral(added);
}

/** Whether the block names the collection in anything but a question or a read: `sums[row.id]`. */
function keeps(step: CallNode, name: string, syntax: Syntax): boolean {
  return descendants(step, () => true).some((node) => {
    if (!(node instanceof LocalVariableReadNode) || node.name !== name || node === step.receiver) return false;
    const outer = syntax.parentOf(node);
    return !(outer instanceof CallNode && outer.receiver === node && !outer.block && readers.has(outer.name));
  });
}

const readers = new Set([
  '[]',
  'fetch',
  'dig',
  'key?',
  'include?',
  'size',
  'length',
  'count',
  'empty?',
  'last',
  'first',
]);

function editsFor(
  reduce: CallNode,
  step: CallNode,
  { first, second }: Parameters,
  syntax: Syntax,
): readonly TextEdit[] | null {
  const grown = step.name === '+' ? appended(step, syntax) : merged(step, syntax);
  if (grown === null) return null;
  return allEdits([
    renameCall(reduce, 'each_with_object', syntax),
    replace(first, syntax.sourceOf(second.location), syntax),
    replace(second, syntax.sourceOf(first.location), syntax),
    ...grown,
  ]);
}

function appended({ receiver, arguments_ }: CallNode, syntax: Syntax): readonly TextEdit[] | null {
  const [added] = arguments_?.arguments_ ?? [];
  return receiver && added ? appendEdits(endOf(receiver.location), added, syntax) : null;
}

function merged(step: CallNode, syntax: Syntax): readonly TextEdit[] | null {
  const { startOffset } = step.location;
  const pair = step.block ? null : onlyPair(step);
  if (pair === null || syntax.hasCommentBetween(startOffset, endOf(step.location))) {
    return allEdits([renameCall(step, 'merge!', syntax)]);
  }
  const { key, value, operatorLoc } = pair;
  const word = syntax.sourceOf(key.location).replace(/:$/, '');
  const name = operatorLoc === null && key instanceof SymbolNode ? `:${word}` : syntax.sourceOf(key.location);
  const newText = value instanceof ImplicitNode ? word : syntax.sourceOf(value.location);
  const hash = step.receiver ? syntax.sourceOf(step.receiver.location) : '';
  return [replace(step, `${hash}[${name}] = ${newText}`, syntax)];
}

/** The pair of `merge(key => value)`. */
function onlyPair({ arguments_ }: CallNode): AssocNode | null {
  const [hash, ...others] = arguments_?.arguments_ ?? [];
  if (others.length > 0 || !(hash instanceof KeywordHashNode || hash instanceof HashNode)) return null;
  const [pair, ...pairs] = hash.elements;
  return pairs.length === 0 && pair instanceof AssocNode ? pair : null;
}
