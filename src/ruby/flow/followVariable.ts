import {
  CallNode,
  InstanceVariableOrWriteNode,
  InstanceVariableReadNode,
  InstanceVariableWriteNode,
  LocalVariableOrWriteNode,
  LocalVariableWriteNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import type { LocalVariable } from '../locals';
import { isVariableWrite } from './callTargets';
import { selfAt } from './classes';
import type { Flow, Kind, Place } from './rowFlow';

/** Follows a variable that holds rows: its reads are rows, and whatever is assigned to it must be. */
export function followVariable(
  variable: LocalVariable | string,
  owner: string,
  kind: Kind,
  flow: Flow,
  seen: Place,
): void {
  if (typeof variable === 'string') followInstanceVariable(variable, owner, kind, flow, seen);
  else followLocal(variable, kind, flow, seen);
}

function followLocal({ name, reads, writes }: LocalVariable, kind: Kind, flow: Flow, { file }: Place): void {
  for (const write of writes) {
    if (write instanceof LocalVariableWriteNode || write instanceof LocalVariableOrWriteNode) {
      flow.expect([write.value], file, `${name} may be assigned something else`);
    } else {
      flow.block(write, file, `${name} is assigned in a way that cannot be followed.`);
    }
  }
  for (const read of reads) flow.addValue(read, file, kind);
}

/**
 * Instances of a class share its variables with the code of what it inherits from, and of what inherits from it: the
 * outermost class that names the variable, and all below it.
 */
function followInstanceVariable(name: string, owner: string, kind: Kind, flow: Flow, seen: Place): void {
  const { classes, program } = flow;
  if (/(?:Controller|Mailer|Component|Helper)$/.test(owner)) {
    flow.block(seen.node, seen.file, `Views may read ${name}, which cannot be followed.`);
    return;
  }
  const word = name.slice(1);
  const files = program.mentioning(word);
  const naming = new Set(
    files.flatMap(({ syntax }) =>
      syntax.nodes.flatMap((node) =>
        isVariableWrite(node) || node instanceof InstanceVariableReadNode
          ? node.name === name
            ? [selfAt(node, syntax).name]
            : []
          : [],
      ),
    ),
  );
  const outermost = classes.ancestorsOf(owner).findLast((one) => naming.has(one)) ?? owner;
  const family = new Set([owner, outermost, ...classes.descendantsOf(outermost)]);
  for (const file of files) {
    for (const node of file.syntax.nodes) {
      const isAccessor = node instanceof CallNode && node.receiver === null && /^attr_/.test(node.name);
      const isVariable = node instanceof InstanceVariableReadNode || isVariableWrite(node);
      if (!(isAccessor || isVariable) || !family.has(selfAt(node, file.syntax).name)) continue;
      if (isAccessor) {
        const isNamed = (node.arguments_?.arguments_ ?? []).some(
          (argument) => argument instanceof SymbolNode && argument.unescaped.value === word,
        );
        if (isNamed && node.name !== 'attr_reader') flow.block(node, file, `${name} may be assigned from outside.`);
        else if (isNamed) addReader(word, family, kind, flow);
      } else if (node.name !== name) {
      } else if (node instanceof InstanceVariableReadNode) {
        flow.addValue(node, file, kind);
      } else if (node instanceof InstanceVariableWriteNode || node instanceof InstanceVariableOrWriteNode) {
        flow.expect([node.value], file, `${name} may be assigned something else`);
      } else {
        flow.block(node, file, `${name} is assigned in a way that cannot be followed.`);
      }
    }
  }
}

function addReader(name: string, family: ReadonlySet<string>, kind: Kind, flow: Flow): void {
  for (const method of flow.classes.methodsNamed(name)) {
    if (method.node instanceof SymbolNode && family.has(method.owner)) flow.addMethod(method, kind);
  }
}
