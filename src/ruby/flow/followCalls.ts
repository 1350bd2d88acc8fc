import {
  AliasMethodNode,
  BlockArgumentNode,
  CallNode,
  DefNode,
  ForwardingSuperNode,
  type Node,
  SelfNode,
  SplatNode,
  SuperNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import { methodAround } from '../names';
import { targetsOf } from './callTargets';
import { bareName, type Method } from './classes';
import type { ProgramFile } from './program';
import type { Flow, Kind } from './rowFlow';

/**
 * Follows the calls of a method: their values when it gives back rows (`what` is their kind), or the argument that must be
 * rows when it is given them (`what` is its index).
 */
export function followCalls(method: Method, what: Kind | number, flow: Flow): void {
  const { classes, program } = flow;
  const namesakes = classes.methodsNamed(method.name);
  let calls = 0;
  for (const file of program.mentioning(bareName(method.name))) {
    for (const node of file.syntax.nodes) {
      if (isSuperOf(method.name, node, file)) flow.block(node, file, `super runs another ${method.name}.`);
      if (isNamedInAnotherWay(method.name, node)) {
        flow.block(node, file, `${method.name} is called by its name here, in a way that cannot be followed.`);
      }
      if (!(node instanceof CallNode) || node.name !== method.name || isAttrReader(node, method)) continue;
      const targets = reachable(node, file, namesakes, flow);
      if (targets === null) {
        flow.block(node, file, `It cannot be told which ${method.name} is called here.`);
      } else if (targets.some((target) => target.node === method.node)) {
        calls++;
        followCall(node, file, targets, what, flow);
      }
    }
  }
  // A method that nobody is seen to call is called by something that is not seen.
  if (calls === 0 && typeof what === 'string') {
    flow.block(
      method.node,
      method.file,
      `No call of ${method.name} was found, so what becomes of its rows is not known.`,
    );
  }
}

function followCall(
  call: CallNode,
  file: ProgramFile,
  targets: readonly Method[],
  what: Kind | number,
  flow: Flow,
): void {
  if (typeof what === 'string') {
    if (call.block instanceof BlockArgumentNode)
      flow.block(call, file, `${call.name} is given a block that cannot be followed.`);
    for (const target of targets) flow.addMethod(target, what);
    flow.addValue(call, file, what);
    return;
  }
  const given = call.arguments_?.arguments_.slice(0, what + 1) ?? [];
  if (given.length <= what || given.some((one) => one instanceof SplatNode))
    flow.block(call, file, `${call.name} is called in a way that cannot be followed.`);
  else flow.expect(given.slice(what), file, `${call.name} may be given something else`);
}

/** The methods that a call runs, among those of its name; null when that cannot be told. */
function reachable(
  call: CallNode,
  file: ProgramFile,
  namesakes: readonly Method[],
  { classes }: Flow,
): readonly Method[] | null {
  const targets = targetsOf(call, file, classes);
  if (targets === 'other') return [];
  if (targets !== 'unknown') return targets;
  const isOwn = call.receiver === null || call.receiver instanceof SelfNode;
  const callable = isOwn ? namesakes : namesakes.filter(({ isPrivate }) => !isPrivate);
  if (callable.length === 0) return [];
  return callable.length === 1 ? callable : null;
}

/** `send(:build)`, `method(:build)`, `xs.map(&:build)`, `alias`, `delegate :build`. */
function isNamedInAnotherWay(name: string, node: Node): boolean {
  if (node instanceof AliasMethodNode) return isSymbol(node.oldName, name);
  if (!(node instanceof CallNode)) return false;
  if (node.block instanceof BlockArgumentNode && isSymbol(node.block.expression, name)) return true;
  return indirect.test(node.name) && (node.arguments_?.arguments_ ?? []).some((argument) => isSymbol(argument, name));
}

const indirect =
  /^(?:send|public_send|__send__|method|public_method|instance_method|delegate|alias_method|define_method|try!?|memoize|helper_method|def_delegators?)$/;

function isSymbol(node: Node | null, name: string): boolean {
  return node instanceof SymbolNode && node.unescaped.value === name;
}

function isSuperOf(name: string, node: Node, { syntax }: ProgramFile): boolean {
  if (!(node instanceof SuperNode || node instanceof ForwardingSuperNode)) return false;
  const method = methodAround(node, syntax);
  return method instanceof DefNode && method.name === name;
}

function isAttrReader(call: CallNode, { node }: Method): boolean {
  return node instanceof SymbolNode && /^attr_/.test(call.name);
}
