import {
  AssocNode,
  CallNode,
  ConstantReadNode,
  HashNode,
  ImplicitNode,
  KeywordHashNode,
  LocalVariableReadNode,
  LocalVariableWriteNode,
  type Node,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import { readsInside } from '../blocks';
import { escapesBefore, isGivenAway } from '../escapes';
import { isInside, type LocalVariable, valueBefore, variableOf } from '../locals';
import { type Loop, loopsAround } from '../loops';
import { definePattern, type Fix, type Match } from '../pattern';
import { endOf, type Syntax } from '../syntax';

/**
 * A hash is built up by merge, which copies all of it in every turn of the loop.
 *
 * before:
 *
 *     def totals(rows)
 *       sums = {}
 *       rows.each { |row| sums = sums.merge(row.id => row.amount) }
 *       sums
 *     end
 *
 * after:
 *
 *     def totals(rows)
 *       sums = {}
 *       rows.each { |row| sums[row.id] = row.amount }
 *       sums
 *     end
 *
 * why:
 *
 * Every `merge` makes a new hash with all entries so far: n rows cost n hashes and n²/2 entries copied. Measured on 200
 * rows: 425 objects before and 225 after, 806 KB and 11 KB.
 *
 * rewrite:
 *
 * `merge` with one entry becomes `hash[key] = value`, with several or with another hash `hash.merge!(…)`.
 *
 * check:
 * - Nothing: the edit is only offered for a hash that starts as `{}` or `Hash.new` in the same method and that nobody else
 *   gets to see before the loop ends.
 *
 * advice:
 * - The hash came in as an argument, or from anywhere but a literal: its owner would see the changes.
 * - A version of the hash is kept in the loop (`history << state`), passed on, or assigned.
 * - The loop walks over the hash itself.
 */
export const mergeInLoop = definePattern(LocalVariableWriteNode, {
  id: 'merge-in-loop',
  section: 'ruby',
  title: 'This hash is copied in every turn of the loop',
  explanation:
    'merge makes a new hash with everything so far; writing into the hash, or merge!, does not. ' +
    'One hash per turn less, and no copies of the entries.',
  gain: 'objects',
  saving: { calls: /^Hash#merge$/ },
  safety: 'safe',
  severity: 'warning',
  perRow: true,
  names: null,
  match: matchWrite,
});

function matchWrite(write: LocalVariableWriteNode, syntax: Syntax): Match | null {
  const merge = mergeOfItself(write);
  const [innermost] = loopsAround(write, syntax);
  const variable = variableOf(write, syntax);
  if (merge === null || !merge.messageLoc || !innermost || !variable) return null;
  const obstacle = obstacleTo(write, variable, syntax);
  return {
    range: syntax.rangeOf(merge.messageLoc),
    note: obstacle,
    fixes: obstacle === null ? fixesFor(write, merge, syntax) : [],
  };
}

/** `merge` in `hash = hash.merge(…)`, or null. */
function mergeOfItself(write: Node): CallNode | null {
  const call = write instanceof LocalVariableWriteNode ? write.value : null;
  if (!(call instanceof CallNode) || call.name !== 'merge' || !call.arguments_ || call.isSafeNavigation()) return null;
  const { receiver } = call;
  const isItself = receiver instanceof LocalVariableReadNode && write instanceof LocalVariableWriteNode;
  return isItself && receiver.name === write.name && receiver.depth === write.depth ? call : null;
}

function obstacleTo(write: LocalVariableWriteNode, variable: LocalVariable, syntax: Syntax): string | null {
  const loop = loopAfterStart(write, variable, syntax);
  if (loop === null) {
    return 'The hash does not start as {} or Hash.new in this method, so whoever else has it would see the changes: no edit is offered.';
  }
  const inLoop = variable.writes.filter((one) => isInside(one, loop.node));
  if (inLoop.some((one) => mergeOfItself(one) === null)) {
    return 'The variable gets other values in the loop as well, so no edit is offered.';
  }
  const rewritten = new Set(inLoop.flatMap((one) => mergeOfItself(one)?.receiver ?? []));
  if (escapesBefore(variable, endOf(loop.node.location), syntax, rewritten) || isGivenAway(write, syntax)) {
    return 'A version of the hash is kept or passed on before the loop ends, and would change with it, so no edit is offered.';
  }
  for (const { node } of loopsAround(write, syntax)) {
    const walked = node instanceof CallNode ? node.receiver : null;
    if (walked && readsInside(walked, variable.name).length > 0) {
      return 'The loop walks over the hash, which may not get new keys meanwhile, so no edit is offered.';
    }
  }
  return null;
}

/** The outermost loop that starts after the variable was set to a new hash; null when it never was. */
function loopAfterStart(write: Node, variable: LocalVariable, syntax: Syntax): Loop | null {
  const loops = [...loopsAround(write, syntax)].reverse();
  return loops.find(({ node }) => isNewHash(valueBefore(variable, node, syntax)?.value ?? null)) ?? null;
}

function isNewHash(value: Node | null): boolean {
  if (value instanceof HashNode) return true;
  return (
    value instanceof CallNode &&
    value.name === 'new' &&
    value.receiver instanceof ConstantReadNode &&
    value.receiver.name === 'Hash'
  );
}

function fixesFor(write: LocalVariableWriteNode, merge: CallNode, syntax: Syntax): Fix[] {
  const { startOffset } = write.location;
  if (!merge.messageLoc || syntax.hasCommentBetween(startOffset, endOf(merge.messageLoc))) return [];
  const pair = merge.block ? null : onlyPair(merge);
  if (pair !== null && !syntax.hasCommentBetween(startOffset, endOf(write.location))) {
    const newText = `${write.name}[${keySource(pair, syntax)}] = ${valueSource(pair, syntax)}`;
    return [{ title: 'Write into the hash', edits: [{ range: syntax.rangeOf(write.location), newText }] }];
  }
  const range = syntax.rangeBetween(startOffset, endOf(merge.messageLoc));
  return [{ title: 'Use merge!', edits: [{ range, newText: `${write.name}.merge!` }] }];
}

/** The pair of `merge(key => value)`. */
function onlyPair({ arguments_ }: CallNode): AssocNode | null {
  const [hash, ...others] = arguments_?.arguments_ ?? [];
  if (others.length > 0 || !(hash instanceof KeywordHashNode || hash instanceof HashNode)) return null;
  const [pair, ...pairs] = hash.elements;
  return pairs.length === 0 && pair instanceof AssocNode ? pair : null;
}

/** `id:` is `:id`, `"full name":` is `:"full name"`. */
function keySource({ key, operatorLoc }: AssocNode, syntax: Syntax): string {
  const source = syntax.sourceOf(key.location);
  return operatorLoc === null && key instanceof SymbolNode ? `:${source.replace(/:$/, '')}` : source;
}

/** `id:` alone stands for a variable or method of that name. */
function valueSource({ value, key }: AssocNode, syntax: Syntax): string {
  return syntax.sourceOf(value instanceof ImplicitNode ? key.location : value.location).replace(/:$/, '');
}
