import {
  CallNode,
  ForNode,
  LocalVariableOperatorWriteNode,
  LocalVariableReadNode,
  LocalVariableWriteNode,
  type Node,
} from '@ruby/prism/src/nodes.js';
import { readsInside } from './blocks';
import { escapesBefore, isGivenAway } from './escapes';
import { isBefore, isInside, type LocalVariable, valueBefore, variableOf } from './locals';
import { type Loop, loopsAround } from './loops';
import { endOf, type Syntax } from './syntax';

/** `x += added`, or `x = x + added`. */
export interface Accumulation {
  readonly write: LocalVariableOperatorWriteNode | LocalVariableWriteNode;
  readonly added: Node;
  /** The read of `x` on the right; null for `+=`. */
  readonly read: LocalVariableReadNode | null;
}

/** An accumulation in a loop, of a variable that is set to a new object before it. */
export interface LoopAccumulation extends Accumulation {
  /** `x = []`: the assignment before the loop. */
  readonly start: LocalVariableWriteNode;
  /** Why the object may not be changed in place, as a sentence; null when nobody could tell. */
  readonly obstacle: string | null;
}

/** The accumulation that a node is, or null. */
export function accumulationOf(node: Node): Accumulation | null {
  if (node instanceof LocalVariableOperatorWriteNode) {
    return node.binaryOperator === '+' ? { write: node, added: node.value, read: null } : null;
  }
  if (!(node instanceof LocalVariableWriteNode)) return null;
  const { value: plus } = node;
  if (!(plus instanceof CallNode) || plus.name !== '+' || plus.callOperatorLoc !== null || plus.block) return null;
  const { receiver } = plus;
  const [added, ...others] = plus.arguments_?.arguments_ ?? [];
  if (!(receiver instanceof LocalVariableReadNode) || !added || others.length > 0) return null;
  return receiver.name === node.name && receiver.depth === node.depth ? { write: node, added, read: receiver } : null;
}

/**
 * The accumulation that a node is, when it stands in a loop and its variable is set before that to what `isNew` says is a new
 * object of this method; else null.
 */
export function loopAccumulation(node: Node, isNew: (value: Node) => boolean, syntax: Syntax): LoopAccumulation | null {
  const accumulation = accumulationOf(node);
  const variable = variableOf(node, syntax);
  if (accumulation === null || !variable) return null;
  for (const loop of [...loopsAround(node, syntax)].reverse()) {
    const start = valueBefore(variable, loop.node, syntax);
    if (start === null || !isNew(start.value)) continue;
    return { ...accumulation, start, obstacle: obstacleTo(accumulation, variable, loop, syntax) };
  }
  return null;
}

function obstacleTo(own: Accumulation, variable: LocalVariable, loop: Loop, syntax: Syntax): string | null {
  const inLoop = variable.writes.filter((one) => isInside(one, loop.node));
  const accumulations = inLoop.map(accumulationOf);
  if (accumulations.includes(null)) return 'The variable gets other values in the loop as well, so no edit is offered.';
  if (readsInside(own.added, variable.name).length > 0) {
    return 'What is added is made from the variable itself, so no edit is offered.';
  }
  const rewritten = new Set<Node>(accumulations.flatMap((one) => one?.read ?? []));
  const end = endOf(loop.node.location);
  if (escapesBefore(variable, end, syntax, rewritten) || inLoop.some((one) => isGivenAway(one, syntax))) {
    return 'A version of the object is kept or passed on before the loop ends, and would change with it, so no edit is offered.';
  }
  if (variable.reads.some((read) => isFrozenBy(syntax.parentOf(read)) && read.location.startOffset < end)) {
    return 'The object is frozen before the loop ends, so no edit is offered.';
  }
  for (const { node } of loopsAround(own.write, syntax)) {
    const walked = node instanceof CallNode ? node.receiver : node instanceof ForNode ? node.collection : null;
    if (walked && readsInside(walked, variable.name).length > 0 && isBefore(walked, own.write)) {
      return 'The loop walks over the variable itself, so no edit is offered.';
    }
  }
  return null;
}

function isFrozenBy(call: Node | null): boolean {
  return call instanceof CallNode && /^(?:freeze|-@|dedup)$/.test(call.name);
}
