import {
  ArrayNode,
  BlockNode,
  BlockParametersNode,
  CallNode,
  InstanceVariableOrWriteNode,
  InstanceVariableReadNode,
  LocalVariableReadNode,
  type Node,
  ParenthesesNode,
} from '@ruby/prism/src/nodes.js';
import { blockOf, parameterNames } from '../blocks';
import { type LocalVariable, variableOf } from '../locals';
import { targetsOf } from './callTargets';
import { selfAt } from './classes';
import { adders } from './listMethods';
import type { ProgramFile } from './program';
import { leavesOf } from './results';
import type { Flow, Kind } from './rowFlow';

/** A row or list that is given to a call: put into a list, or passed on to a method of the application. */
export function followArgument(
  call: CallNode,
  index: number,
  value: Node,
  file: ProgramFile,
  kind: Kind,
  flow: Flow,
): void {
  const taken = adders.get(call.name);
  if (taken === kind && call.receiver !== null && addToList(call.receiver, file, flow)) {
    flow.addValue(call, file, 'list');
    return;
  }
  const targets = targetsOf(call, file, flow.classes);
  if (typeof targets === 'string' || call.name === 'new') {
    flow.block(value, file, `It is passed to ${call.name} here, which cannot be followed.`);
    return;
  }
  for (const target of targets) flow.addParameter(target, index, kind);
}

/** Makes the list that is added to one of the flow; false when it is no variable. */
function addToList(list: Node, file: ProgramFile, flow: Flow): boolean {
  const { syntax } = file;
  if (list instanceof ParenthesesNode) {
    const [inner, ...more] = leavesOf(list);
    return inner !== undefined && more.length === 0 && addToList(inner, file, flow);
  }
  if (list instanceof LocalVariableReadNode) {
    const variable = variableOf(list, syntax);
    const filled = variable && listOfEachWithObject(variable, file);
    if (filled) flow.addValue(filled, file, 'list');
    if (variable === null || (variable.parameter !== null && !filled)) return false;
    flow.addLocal(variable, file, 'list');
    return true;
  }
  if (list instanceof InstanceVariableReadNode || list instanceof InstanceVariableOrWriteNode) {
    flow.addInstanceVariable(list.name, selfAt(list, syntax).name, 'list', { node: list, file });
    return true;
  }
  return (
    list instanceof CallNode && list.receiver !== null && adders.has(list.name) && addToList(list.receiver, file, flow)
  );
}

/** `each_with_object([]) { |date, rows| rows << … }`: the call, when the variable is `rows`. */
function listOfEachWithObject({ name, parameter, scope }: LocalVariable, { syntax }: ProgramFile): CallNode | null {
  if (parameter === null || !(scope instanceof BlockNode) || !(scope.parameters instanceof BlockParametersNode))
    return null;
  const call = syntax.parentOf(scope);
  if (!(call instanceof CallNode) || call.name !== 'each_with_object' || blockOf(call) !== scope) return null;
  const [seed] = call.arguments_?.arguments_ ?? [];
  const isEmpty = seed instanceof ArrayNode && seed.elements.length === 0;
  return isEmpty && parameterNames(scope)?.[1] === name ? call : null;
}
