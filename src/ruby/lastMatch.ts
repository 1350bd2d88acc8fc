import {
  BackReferenceReadNode,
  CallNode,
  GlobalVariableReadNode,
  type Node,
  NumberedReferenceReadNode,
} from '@ruby/prism/src/nodes.js';
import { keep } from './keep';
import { methodAround } from './names';
import { descendants, type Syntax } from './syntax';

/** Whether the method around a node reads what the last match has left: `$~`, `$1`, `$&`, `Regexp.last_match`. */
export function readsLastMatch(node: Node, syntax: Syntax): boolean {
  return readsLastMatchIn(methodAround(node, syntax));
}

const readsLastMatchIn = keep((method: Node) =>
  descendants(method, () => true).some(
    (part) =>
      part instanceof NumberedReferenceReadNode ||
      part instanceof BackReferenceReadNode ||
      (part instanceof GlobalVariableReadNode && part.name === '$~') ||
      (part instanceof CallNode && part.name === 'last_match'),
  ),
);
