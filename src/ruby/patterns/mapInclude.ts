import {
  CallNode,
  ForwardingArgumentsNode,
  KeywordHashNode,
  type Node,
  SplatNode,
  StringNode,
} from '@ruby/prism/src/nodes.js';
import { symbolOfBlock } from '../blocks';
import { allEdits, removeCall } from '../edits';
import { callsNil, isImplicitParameter, iteratorBefore } from '../iteratorPairs';
import { freshName } from '../names';
import { definePattern, type Fix, type Match } from '../pattern';
import { isCheapConstant } from '../purity';
import { descendants, endOf, type Syntax } from '../syntax';
import { called } from '../witness';

/**
 * One field of all elements is collected, only to look for a value.
 *
 * before:
 *
 *     ids.count do |id|
 *       rows.map(&:id).include?(id)
 *     end
 *
 * after:
 *
 *     ids.count do |id|
 *       rows.any? { |x| x.id == id }
 *     end
 *
 * why:
 *
 * `any?` stops at the first match and builds no array. Measured on 300 questions about 300 rows: 617 objects before and 317
 * after, 730 KB and 7 KB. Where it is asked for every row of another list, a Set made once before the loop is faster still.
 *
 * check:
 * - The reader is not called for the elements after the first match: it must not be there for what it does.
 *
 * advice:
 * - The value looked for is the result of a call or a new String, which `any?` would repeat for every element.
 *
 * silent:
 * - The profile shows no `Array#map` or `Enumerable#map` called by the line: a relation, which is better asked by `exists?`.
 */
export const mapInclude = definePattern(CallNode, {
  id: 'map-include',
  section: 'ruby',
  title: 'One field of all elements is collected to look for a value',
  explanation: 'any? stops at the first match and builds no array. One array per call less.',
  gain: 'objects',
  saving: { made: /^(?:Array|Enumerable)#(?:map|collect)$/ },
  safety: 'review',
  severity: 'information',
  witnesses: [
    called(/^(?:Array|Enumerable)#(?:map|collect)$/, 'that this is an Array or another Enumerable', 'silent'),
  ],
  names: ['include?', 'member?'],
  match: matchInclude,
});

function matchInclude(include: CallNode, syntax: Syntax): Match | null {
  const map = iteratorBefore(include, /^(?:map|collect)$/);
  const reader = map && symbolOfBlock(map);
  const [value, ...others] = include.arguments_?.arguments_ ?? [];
  if (!map?.messageLoc || !reader || !/^[a-z_]\w*\??$/.test(reader) || !value || others.length > 0) return null;
  if (include.block || isSpread(value)) return null;

  const isCheap = isCheapConstant(value) && !(value instanceof StringNode && !value.isFrozen());
  const isKept = !descendants(value, () => true).some(isImplicitParameter);
  return {
    range: syntax.rangeOf(map.messageLoc),
    note: noteFor(isCheap, isKept),
    fixes: isCheap && isKept && !callsNil(map, include) ? fixesFor(include, map, reader, value, syntax) : [],
  };
}

function isSpread(value: Node): boolean {
  return value instanceof SplatNode || value instanceof KeywordHashNode || value instanceof ForwardingArgumentsNode;
}

function noteFor(isCheap: boolean, isKept: boolean): string {
  if (!isCheap)
    return 'The value looked for is not a plain one and would be made anew for every element, so no edit is offered.';
  if (!isKept)
    return 'The value is a parameter without a name, which a block inside cannot read, so no edit is offered.';
  return 'Check that the reader need not be called for the elements after the first match.';
}

function fixesFor(include: CallNode, map: CallNode, reader: string, value: Node, syntax: Syntax): Fix[] {
  const from = map.messageLoc?.startOffset ?? 0;
  const to = endOf(map.location);
  if (syntax.hasCommentBetween(from, to)) return [];
  const name = freshName('x', include, syntax);
  const newText = `any? { |${name}| ${name}.${reader} == ${syntax.sourceOf(value.location)} }`;
  const edits = allEdits([{ range: syntax.rangeBetween(from, to), newText }, removeCall(include, syntax)]);
  return edits === null ? [] : [{ title: 'Use any?', edits }];
}
