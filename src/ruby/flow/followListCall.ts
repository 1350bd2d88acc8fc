import {
  BlockNode as Block,
  BlockArgumentNode,
  type BlockNode,
  type CallNode,
  IntegerNode,
  ItLocalVariableReadNode,
  ItParametersNode,
  LocalVariableReadNode,
  type Node,
  NumberedParametersNode,
  RequiredParameterNode,
  StringNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import { blockOf, parameterNames, symbolOfBlock } from '../blocks';
import { variableOf } from '../locals';
import { descendants, type Syntax } from '../syntax';
import { adders, type ListResult, listBlocks, listReads, rowBlocks } from './listMethods';
import type { ProgramFile } from './program';
import type { Flow, Kind } from './rowFlow';

/** A method called on a list of rows: the rows go into its block, and perhaps out of the call. */
export function followListCall(call: CallNode, file: ProgramFile, flow: Flow): void {
  const { name } = call;
  const given = call.arguments_?.arguments_ ?? [];
  const block = blockOf(call);
  const field = symbolOfBlock(call);
  const known = rowBlocks.get(name);
  if (field !== null && known !== undefined) {
    flow.addRead(call, file, field);
    addResult(known, call, file, flow);
  } else if (block !== null && (known !== undefined || listBlocks.has(name))) {
    followElements(block, call, file, listBlocks.has(name) ? 'list' : 'row', flow);
    addResult(known ?? 'list', call, file, flow);
  } else if (call.block instanceof BlockArgumentNode || block !== null) {
    flow.block(call, file, `What ${name} does with the rows cannot be followed.`);
  } else if (name === 'pluck' && given.length > 0 && given.every(isName)) {
    for (const one of given) flow.addRead(call, file, one.unescaped.value ?? '');
  } else if (name === '[]' && given[0] instanceof IntegerNode && given.length === 1) {
    flow.addValue(call, file, 'row');
  } else if (adders.has(name)) {
    flow.expect(given, file, 'the list takes in something else');
    flow.addValue(call, file, 'list');
  } else {
    const result = listReads.get(name);
    if (result === undefined) flow.block(call, file, `What ${name} does with the rows cannot be followed.`);
    else addResult(result === 'row' && given.length > 0 ? 'list' : result, call, file, flow);
  }
}

function addResult(result: ListResult, call: CallNode, file: ProgramFile, flow: Flow): void {
  if (result !== 'nothing') flow.addValue(call, file, result);
}

function followElements(block: BlockNode, call: CallNode, file: ProgramFile, kind: Kind, flow: Flow): void {
  const names = parameterNames(block);
  const most = /^each_with_(?:index|object)$/.test(call.name) ? 2 : 1;
  if (names === null || names.length > most) {
    flow.block(call, file, 'The rows are taken apart by the parameters of this block.');
    return;
  }
  const [name] = names;
  if (name === undefined) return;
  const { syntax } = file;
  const parameter = descendants(block, () => true).find(
    (node) => node instanceof RequiredParameterNode && node.name === name,
  );
  const variable = parameter && variableOf(parameter, syntax);
  if (variable) {
    if (variable.writes.length > 0) flow.block(call, file, `${name} is assigned anew in this block.`);
    for (const read of variable.reads) flow.addValue(read, file, kind);
  } else {
    for (const read of implicitReads(block, name, syntax)) flow.addValue(read, file, kind);
  }
}

/** Reads of `it` and `_1` that mean this block's. */
function implicitReads(block: BlockNode, name: string, syntax: Syntax): Node[] {
  return descendants(block, () => true).filter((node) => {
    const isRead =
      (node instanceof ItLocalVariableReadNode && name === 'it') ||
      (node instanceof LocalVariableReadNode && node.name === name);
    if (!isRead) return false;
    const around = [...syntax.ancestorsOf(node)].find(
      (outer) =>
        outer instanceof Block &&
        (outer.parameters instanceof ItParametersNode || outer.parameters instanceof NumberedParametersNode),
    );
    return around === block;
  });
}

function isName(node: Node): node is SymbolNode | StringNode {
  return node instanceof SymbolNode || node instanceof StringNode;
}
