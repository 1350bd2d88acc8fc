import { CallNode, LocalVariableReadNode, LocalVariableWriteNode, type Node } from '@ruby/prism/src/nodes.js';
import { Syntax } from '../../src/ruby/syntax';
import { prism } from './prism';

export async function syntaxOf(text: string): Promise<Syntax> {
  const parsed = (await prism()).parse(text, null);
  if (parsed === null || parsed.errors > 0) throw new Error(`Not Ruby: ${text}`);
  return new Syntax(parsed);
}

/** The first call of this name in source order of names. */
export function callNamed(name: string, syntax: Syntax): CallNode {
  const found = syntax.nodes.find((node) => node instanceof CallNode && node.name === name);
  if (!(found instanceof CallNode)) throw new Error(`No call of ${name}`);
  return found;
}

export function writeOf(name: string, syntax: Syntax): LocalVariableWriteNode {
  const found = syntax.nodes.filter((node) => node instanceof LocalVariableWriteNode && node.name === name).at(-1);
  if (!(found instanceof LocalVariableWriteNode)) throw new Error(`No assignment of ${name}`);
  return found;
}

export function readsOf(name: string, syntax: Syntax): LocalVariableReadNode[] {
  return syntax.nodes.filter(
    (node): node is LocalVariableReadNode => node instanceof LocalVariableReadNode && node.name === name,
  );
}

/** The expression that a text of one statement is. */
export function expressionOf(syntax: Syntax): Node {
  const [program] = syntax.nodes;
  const [, statements] = program?.childNodes() ?? [];
  const first = (statements ?? program?.childNodes().find((node) => node !== null))?.childNodes()[0];
  if (!first) throw new Error('No expression');
  return first;
}
