import {
  BlockLocalVariableNode,
  BlockNode,
  BlockParameterNode,
  ClassNode,
  DefNode,
  ItLocalVariableReadNode,
  KeywordRestParameterNode,
  LambdaNode,
  LocalVariableAndWriteNode,
  LocalVariableOperatorWriteNode,
  LocalVariableOrWriteNode,
  LocalVariableReadNode,
  LocalVariableTargetNode,
  LocalVariableWriteNode,
  ModuleNode,
  type Node,
  OptionalKeywordParameterNode,
  OptionalParameterNode,
  ProgramNode,
  RequiredKeywordParameterNode,
  RequiredParameterNode,
  RestParameterNode,
  SingletonClassNode,
} from '@ruby/prism/src/nodes.js';
import { keep } from './keep';
import type { Syntax } from './syntax';

/** A local variable: one name in the scope that declares it. A block sees the variables of the scopes around it. */
export interface LocalVariable {
  readonly name: string;
  /** The method, block, lambda, class or program that declares it. */
  readonly scope: Node;
  /** Plain, operator, `||=`, `&&=` and multiple assignments, in source order. */
  readonly writes: readonly LocalWrite[];
  readonly reads: readonly LocalVariableReadNode[];
  /** The parameter it is, or null. */
  readonly parameter: Node | null;
}

export type LocalWrite =
  | LocalVariableWriteNode
  | LocalVariableOperatorWriteNode
  | LocalVariableOrWriteNode
  | LocalVariableAndWriteNode
  | LocalVariableTargetNode;

/** The variable that a read, write or parameter is of; null for other nodes. */
export function variableOf(node: Node, syntax: Syntax): LocalVariable | null {
  return tableOf(syntax).get(node) ?? null;
}

/** The variable of this name that code at `node` sees, or null. */
export function visibleVariable(name: string, node: Node, syntax: Syntax): LocalVariable | null {
  for (const outer of [node, ...syntax.ancestorsOf(node)]) {
    if (!isScope(outer)) continue;
    const found = scopesOf(syntax).get(outer)?.get(name);
    if (found) return found;
    if (isHardScope(outer)) return null;
  }
  return null;
}

/** Names of all variables that code at `node` sees. */
export function visibleNames(node: Node, syntax: Syntax): Set<string> {
  const names = new Set<string>();
  for (const outer of [node, ...syntax.ancestorsOf(node)]) {
    if (!isScope(outer)) continue;
    for (const name of scopesOf(syntax).get(outer)?.keys() ?? []) names.add(name);
    if (isHardScope(outer)) break;
  }
  return names;
}

/**
 * The value a variable has before a loop: that of its only plain assignment outside of the loop, which must come first.
 * Null for parameters, several assignments, and assignments under a condition that does not hold the loop as well.
 */
export function valueBefore(variable: LocalVariable, loop: Node, syntax: Syntax): LocalVariableWriteNode | null {
  if (variable.parameter !== null) return null;
  const outside = variable.writes.filter((write) => !isInside(write, loop));
  const [first] = outside;
  if (!(first instanceof LocalVariableWriteNode) || outside.some((write) => write !== first && isBefore(write, loop)))
    return null;
  if (!isBefore(first, loop)) return null;
  const list = syntax.parentOf(first);
  return list !== null && isInside(loop, list) ? first : null;
}

export function isInside(node: Node, outer: Node): boolean {
  const { startOffset, length } = node.location;
  return (
    startOffset >= outer.location.startOffset &&
    startOffset + length <= outer.location.startOffset + outer.location.length
  );
}

export function isBefore(node: Node, other: Node): boolean {
  return node.location.startOffset < other.location.startOffset;
}

interface Growing extends LocalVariable {
  readonly writes: LocalWrite[];
  readonly reads: LocalVariableReadNode[];
  parameter: Node | null;
}

interface Tables {
  readonly byNode: Map<Node, LocalVariable>;
  readonly byScope: Map<Node, Map<string, LocalVariable>>;
}

function tableOf(syntax: Syntax): Map<Node, LocalVariable> {
  return tablesOf(syntax).byNode;
}

function scopesOf(syntax: Syntax): Map<Node, Map<string, LocalVariable>> {
  return tablesOf(syntax).byScope;
}

/** Made when the first pattern asks. */
const tablesOf = keep(tabulate);

function tabulate(syntax: Syntax): Tables {
  const byNode = new Map<Node, LocalVariable>();
  const byScope = new Map<Node, Map<string, Growing>>();
  const variable = (scope: Node, name: string): Growing => {
    const inScope = byScope.get(scope) ?? new Map<string, Growing>();
    byScope.set(scope, inScope);
    const found = inScope.get(name) ?? { name, scope, writes: [], reads: [], parameter: null };
    inScope.set(name, found);
    return found;
  };
  for (const node of syntax.nodes) {
    if (node instanceof LocalVariableReadNode) {
      const found = variable(scopeAt(node, node.depth, syntax), node.name);
      found.reads.push(node);
      byNode.set(node, found);
    } else if (isWrite(node)) {
      const found = variable(scopeAt(node, node.depth, syntax), node.name);
      found.writes.push(node);
      byNode.set(node, found);
    } else if (isParameter(node) && node.name !== null) {
      const found = variable(scopeAt(node, 0, syntax), node.name);
      found.parameter = node;
      byNode.set(node, found);
    }
  }
  return { byNode, byScope };
}

/** Prism's `depth`: how many scopes further out the variable was declared. */
function scopeAt(node: Node, depth: number, syntax: Syntax): Node {
  let left = depth;
  let last: Node = node;
  for (const outer of syntax.ancestorsOf(node)) {
    last = outer;
    if (isScope(outer) && left-- === 0) return outer;
  }
  return last;
}

function isScope(node: Node): boolean {
  return node instanceof BlockNode || node instanceof LambdaNode || isHardScope(node);
}

function isHardScope(node: Node): boolean {
  return (
    node instanceof DefNode ||
    node instanceof ClassNode ||
    node instanceof ModuleNode ||
    node instanceof SingletonClassNode ||
    node instanceof ProgramNode
  );
}

function isWrite(node: Node): node is LocalWrite {
  return (
    node instanceof LocalVariableWriteNode ||
    node instanceof LocalVariableOperatorWriteNode ||
    node instanceof LocalVariableOrWriteNode ||
    node instanceof LocalVariableAndWriteNode ||
    node instanceof LocalVariableTargetNode
  );
}

type Parameter =
  | RequiredParameterNode
  | OptionalParameterNode
  | RestParameterNode
  | RequiredKeywordParameterNode
  | OptionalKeywordParameterNode
  | KeywordRestParameterNode
  | BlockParameterNode
  | BlockLocalVariableNode;

function isParameter(node: Node): node is Parameter {
  return (
    node instanceof RequiredParameterNode ||
    node instanceof OptionalParameterNode ||
    node instanceof RestParameterNode ||
    node instanceof RequiredKeywordParameterNode ||
    node instanceof OptionalKeywordParameterNode ||
    node instanceof KeywordRestParameterNode ||
    node instanceof BlockParameterNode ||
    node instanceof BlockLocalVariableNode
  );
}

/** A read of a local, `_1` and `it` among them. */
export function isLocalRead(node: Node | null): node is LocalVariableReadNode | ItLocalVariableReadNode {
  return node instanceof LocalVariableReadNode || node instanceof ItLocalVariableReadNode;
}
