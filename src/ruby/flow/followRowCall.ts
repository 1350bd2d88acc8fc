import { CallNode, type Node, StringNode, SymbolNode } from '@ruby/prism/src/nodes.js';
import { callsInside } from '../blocks';
import { methodAround } from '../names';
import type { ProgramFile } from './program';
import type { Flow } from './rowFlow';

/** A method called on a row: a read of a field, the slice of its attributes for a bulk write, or something only a record can do. */
export function followRowCall(call: CallNode, record: Node, file: ProgramFile, flow: Flow): void {
  const { name } = call;
  const given = call.arguments_?.arguments_ ?? [];
  if (name === 'attributes' && given.length === 0) {
    followAttributes(call, record, file, flow);
  } else if (name === '[]' && given.length === 1 && isName(given[0]!)) {
    flow.addRead(call, file, given[0].unescaped.value ?? '');
  } else if (name === 'nil?' || name === 'present?' || name === '!') {
    // Both answer alike.
  } else if (given.length === 0 && call.block === null && /^[a-z_]\w*$/.test(name)) {
    flow.addRead(call, file, name);
  } else if (name.endsWith('=') && !/^[=!<>]=|^\[\]=$/.test(name)) {
    flow.block(call, file, `${name.slice(0, -1)} is assigned here; a record casts it and tracks the change.`);
  } else {
    flow.block(call, file, `${name} is called on it here; only a record is known to have that.`);
  }
}

const bulkWrites = /^(?:upsert_all|insert_all!?)$/;

function followAttributes(attributes: CallNode, record: Node, file: ProgramFile, flow: Flow): void {
  const { syntax } = file;
  const slice = syntax.parentOf(attributes);
  const given = slice instanceof CallNode && slice.receiver === attributes ? slice : null;
  const arguments_ = given?.arguments_?.arguments_ ?? [];
  const names = arguments_.filter((name) => name instanceof StringNode);
  if (given?.name !== 'slice' || names.length === 0 || names.length !== arguments_.length || given.block) {
    flow.block(attributes, file, 'All its attributes are taken here, not some by name.');
  } else if (given.isSafeNavigation() || attributes.isSafeNavigation()) {
    flow.block(attributes, file, 'Its attributes are taken only if there is one.');
  } else if (!callsInside(methodAround(given, syntax)).some((call) => bulkWrites.test(call.name))) {
    flow.block(attributes, file, 'Its attributes are taken here, but not for a bulk write.');
  } else if (syntax.hasCommentBetween(given.location.startOffset, given.location.startOffset + given.location.length)) {
    flow.block(attributes, file, 'A comment stands inside this expression, which would be lost.');
  } else {
    flow.addSlice({ node: given, file, record, names });
  }
}

function isName(node: Node): node is SymbolNode | StringNode {
  return node instanceof SymbolNode || node instanceof StringNode;
}
