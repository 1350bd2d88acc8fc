import {
  AndNode,
  ArgumentsNode,
  ArrayNode,
  BeginNode,
  BlockNode,
  CallNode,
  CaseNode,
  ClassNode,
  DefNode,
  ElseNode,
  EnsureNode,
  IfNode,
  InstanceVariableOrWriteNode,
  InstanceVariableWriteNode,
  LocalVariableOperatorWriteNode,
  LocalVariableOrWriteNode,
  LocalVariableWriteNode,
  ModuleNode,
  NextNode,
  type Node,
  OrNode,
  ParenthesesNode,
  ProgramNode,
  RescueModifierNode,
  RescueNode,
  ReturnNode,
  SplatNode,
  StatementsNode,
  UnlessNode,
  WhenNode,
} from '@ruby/prism/src/nodes.js';
import { variableOf } from '../locals';
import { ignoresBlockValue, isKeywordLoop } from '../loops';
import { selfAt } from './classes';
import { followArgument } from './followArgument';
import { followListCall } from './followListCall';
import { followRowCall } from './followRowCall';
import { asking, flattening, mapping, passing } from './listMethods';
import type { ProgramFile } from './program';
import { blockResults } from './results';
import type { Flow, Kind } from './rowFlow';

/** Looks at what is done with an expression that is a row or a list of rows, and adds what it becomes to the flow. */
export function followUse(node: Node, file: ProgramFile, kind: Kind, flow: Flow): void {
  const { syntax } = file;
  let inner = node;
  for (const outer of syntax.ancestorsOf(node)) {
    const use = useIn(outer, inner);
    if (use === 'dropped') return;
    if (use === 'here') {
      followAt(outer, inner, file, kind, flow);
      return;
    }
    inner = outer;
  }
}

/** Whether a value ends in its parent, goes on as the parent's value, or is used by it. */
function useIn(outer: Node, inner: Node): 'dropped' | 'onwards' | 'here' {
  if (outer instanceof StatementsNode) return outer.body.at(-1) === inner ? 'onwards' : 'dropped';
  if (outer instanceof IfNode || outer instanceof UnlessNode) return inner === outer.predicate ? 'dropped' : 'onwards';
  if (outer instanceof AndNode) return inner === outer.left ? 'dropped' : 'onwards';
  if (outer instanceof BeginNode) {
    return inner === outer.statements && outer.elseClause !== null ? 'dropped' : 'onwards';
  }
  if (outer instanceof CaseNode) return inner === outer.predicate ? 'here' : 'onwards';
  if (outer instanceof WhenNode || outer instanceof RescueNode) {
    return inner === outer.statements || inner instanceof RescueNode ? 'onwards' : 'here';
  }
  if (outer instanceof ProgramNode || outer instanceof EnsureNode) return 'dropped';
  if (outer instanceof ClassNode || outer instanceof ModuleNode) return inner === outer.body ? 'dropped' : 'here';
  if (isKeywordLoop(outer)) return inner === outer.statements ? 'dropped' : 'here';
  const isBracket =
    outer instanceof ParenthesesNode ||
    outer instanceof ElseNode ||
    outer instanceof OrNode ||
    outer instanceof RescueModifierNode;
  return isBracket ? 'onwards' : 'here';
}

function followAt(outer: Node, value: Node, file: ProgramFile, kind: Kind, flow: Flow): void {
  const { syntax } = file;
  if (outer instanceof DefNode) {
    const method = flow.classes.methodsNamed(outer.name).find(({ node }) => node === outer);
    if (method) flow.addMethod(method, kind);
    else flow.block(outer, file, 'The method cannot be looked up.');
  } else if (outer instanceof BlockNode) {
    followBlockValue(outer, file, kind, flow);
  } else if (outer instanceof LocalVariableWriteNode || outer instanceof LocalVariableOrWriteNode) {
    const variable = variableOf(outer, syntax);
    if (variable) flow.addLocal(variable, file, kind);
    flow.addValue(outer, file, kind);
  } else if (outer instanceof InstanceVariableWriteNode || outer instanceof InstanceVariableOrWriteNode) {
    flow.addInstanceVariable(outer.name, selfAt(outer, syntax).name, kind, { node: outer, file });
    flow.addValue(outer, file, kind);
  } else if (outer instanceof ArrayNode && kind === 'row') {
    flow.expect(outer.elements, file, 'the array holds something else as well');
    flow.addValue(outer, file, 'list');
  } else if (outer instanceof CallNode && outer.receiver === value) {
    // What the other branches give is asked the same.
    flow.expect([value], file, 'another branch gives something else');
    if (kind === 'row') followRowCall(outer, value, file, flow);
    else followListCall(outer, file, flow);
  } else if (outer instanceof ArgumentsNode) {
    followArgumentOf(syntax.parentOf(outer), outer, value, file, kind, flow);
  } else {
    flow.block(value, file, otherUse(outer));
  }
}

function otherUse(outer: Node): string {
  if (outer instanceof SplatNode) return 'The rows are spread into arguments here.';
  if (outer instanceof LocalVariableOperatorWriteNode)
    return 'The list is put together here in a way that cannot be followed.';
  return 'What becomes of it here cannot be followed.';
}

function followArgumentOf(
  call: Node | null,
  list: ArgumentsNode,
  value: Node,
  file: ProgramFile,
  kind: Kind,
  flow: Flow,
): void {
  const { syntax } = file;
  const single = list.arguments_.length === 1;
  if (call instanceof CallNode) {
    followArgument(call, list.arguments_.indexOf(value), value, file, kind, flow);
  } else if (call instanceof ReturnNode && single) {
    const around = [...syntax.ancestorsOf(call)].find((outer) => outer instanceof DefNode);
    const method = flow.classes.methodsNamed(around?.name ?? '').find(({ node }) => node === around);
    if (method) flow.addMethod(method, kind);
    else flow.block(value, file, 'It is returned from something that is no method.');
  } else if (call instanceof NextNode && single) {
    const block = [...syntax.ancestorsOf(call)].find((outer) => outer instanceof BlockNode);
    if (block) followBlockValue(block, file, kind, flow);
    else flow.block(value, file, 'What becomes of it here cannot be followed.');
  } else {
    flow.block(value, file, 'What becomes of it here cannot be followed.');
  }
}

/** A row at the end of a block: `map` makes a list of them, `each` drops them. */
function followBlockValue(block: BlockNode, file: ProgramFile, kind: Kind, flow: Flow): void {
  const call = file.syntax.parentOf(block);
  if (!(call instanceof CallNode)) {
    flow.block(block, file, 'What becomes of the value of this block cannot be followed.');
    return;
  }
  const { name } = call;
  const results = blockResults(block);
  if (ignoresBlockValue(name) || asking.has(name) || name === 'tap') return;
  if (flattening.has(name) || (mapping.has(name) && kind === 'row')) {
    flow.expect(results, file, 'the block may give something else');
    flow.addValue(call, file, 'list');
  } else if (passing.has(name)) {
    flow.expect(results, file, 'the block may give something else');
    flow.addValue(call, file, kind);
  } else {
    flow.block(block, file, `What ${name} makes of the value of its block cannot be followed.`);
  }
}
