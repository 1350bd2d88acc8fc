import {
  CallNode,
  DefNode,
  InstanceVariableAndWriteNode,
  InstanceVariableOperatorWriteNode,
  InstanceVariableOrWriteNode,
  InstanceVariableReadNode,
  InstanceVariableTargetNode,
  InstanceVariableWriteNode,
  LocalVariableOrWriteNode,
  LocalVariableReadNode,
  LocalVariableWriteNode,
  ModuleNode,
  type Node,
  SelfNode,
} from '@ruby/prism/src/nodes.js';
import { isConstant } from '../callChain';
import { variableOf } from '../locals';
import { type Classes, type ClassRef, type Method, selfAt } from './classes';
import type { ProgramFile } from './program';
import { isNeutral, resultsOf, returnsOf } from './results';

/** Which methods of the application a call runs; `other`: none of them; `unknown`: the receiver's class cannot be told. */
export type Targets = readonly Method[] | 'other' | 'unknown';

/** Values that are looked through to find a receiver's class. */
const MOST_STEPS = 12;

export function targetsOf(call: CallNode, file: ProgramFile, classes: Classes): Targets {
  const { receiver } = call;
  if (receiver === null || receiver instanceof SelfNode) {
    const self = selfAt(call, file.syntax);
    const found = classes.lookup(self, call.name, true);
    if (found.length > 0) return found;
    // What a module calls may be a method of whoever includes it.
    return classes.partsOf(self.name).some(({ node }) => node instanceof ModuleNode) ? 'unknown' : 'other';
  }
  const refs = classesOf(receiver, file, classes, MOST_STEPS);
  if (refs === null) return 'unknown';
  const found = refs.flatMap((ref) => classes.lookup(ref, call.name, false));
  return found.length > 0 ? [...new Set(found)] : 'other';
}

/** The classes that an expression's value may be of; null when that cannot be told. */
function classesOf(node: Node, file: ProgramFile, classes: Classes, steps: number): ClassRef[] | null {
  if (steps === 0) return null;
  const ofAll = (nodes: readonly Node[], from = file): ClassRef[] | null => {
    const refs: ClassRef[] = [];
    for (const one of nodes) {
      if (isNeutral(one)) continue;
      const found = classesOf(one, from, classes, steps - 1);
      if (found === null) return null;
      refs.push(...found);
    }
    return refs;
  };
  if (node instanceof SelfNode) return [selfAt(node, file.syntax)];
  if (isConstant(node)) {
    const name = classes.resolve(node, file);
    return name === null ? null : [{ name, isSingleton: true }];
  }
  if (node instanceof LocalVariableReadNode) {
    const variable = variableOf(node, file.syntax);
    const values = variable?.parameter === null ? assigned(variable.writes) : null;
    return values && ofAll(values);
  }
  if (node instanceof InstanceVariableReadNode) {
    const values = assigned(writesOf(node.name, selfAt(node, file.syntax).name, file));
    return values === null || values.length === 0 ? null : ofAll(values);
  }
  if (node instanceof InstanceVariableOrWriteNode || node instanceof LocalVariableOrWriteNode)
    return ofAll([node.value]);
  if (node instanceof InstanceVariableWriteNode || node instanceof LocalVariableWriteNode) return ofAll([node.value]);
  if (node instanceof CallNode) {
    if (node.name === 'new' && isConstant(node.receiver)) {
      const name = classes.resolve(node.receiver, file);
      return name === null ? null : [{ name, isSingleton: false }];
    }
    const targets = targetsOf(node, file, classes);
    if (typeof targets === 'string') return null;
    const refs: ClassRef[] = [];
    for (const { node: definition, file: where } of targets) {
      const found = definition instanceof DefNode ? ofAll(returnsOf(definition), where) : null;
      if (found === null) return null;
      refs.push(...found);
    }
    return refs;
  }
  const results = resultsOf(node);
  return results === null ? null : ofAll(results);
}

/** The values of plain and `||=` assignments; null when there is another. */
function assigned(writes: readonly Node[]): Node[] | null {
  const values = writes.map((write) =>
    write instanceof LocalVariableWriteNode ||
    write instanceof LocalVariableOrWriteNode ||
    write instanceof InstanceVariableWriteNode ||
    write instanceof InstanceVariableOrWriteNode
      ? write.value
      : null,
  );
  return values.includes(null) ? null : values.filter((value) => value !== null);
}

/** Assignments of an instance variable in a class, in this file. */
function writesOf(name: string, owner: string, { syntax }: ProgramFile): Node[] {
  return syntax.nodes.filter(
    (node) => isVariableWrite(node) && node.name === name && selfAt(node, syntax).name === owner,
  );
}

export type VariableWrite =
  | InstanceVariableWriteNode
  | InstanceVariableOrWriteNode
  | InstanceVariableAndWriteNode
  | InstanceVariableOperatorWriteNode
  | InstanceVariableTargetNode;

export function isVariableWrite(node: Node): node is VariableWrite {
  return (
    node instanceof InstanceVariableWriteNode ||
    node instanceof InstanceVariableOrWriteNode ||
    node instanceof InstanceVariableAndWriteNode ||
    node instanceof InstanceVariableOperatorWriteNode ||
    node instanceof InstanceVariableTargetNode
  );
}
