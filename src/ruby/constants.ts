import { ClassNode, ModuleNode, type Node, SingletonClassNode } from '@ruby/prism/src/nodes.js';
import { indentOf, lineIndent } from './statements';
import type { Syntax } from './syntax';
import type { TextEdit } from './textRange';

/** The class or module whose body a node stands in; null at the top of a file and in `class << self`. */
export function classAround(node: Node, syntax: Syntax): ClassNode | ModuleNode | null {
  for (const outer of syntax.ancestorsOf(node)) {
    if (outer instanceof ClassNode || outer instanceof ModuleNode) return outer;
    if (outer instanceof SingletonClassNode) return null;
  }
  return null;
}

/**
 * `NAME = value` as the first line of the class around a node. Null where there is no class, or its body does not start on
 * a line of its own.
 */
export function constantAtTop(node: Node, definition: string, syntax: Syntax): TextEdit | null {
  const owner = classAround(node, syntax);
  const { body = null } = owner ?? {};
  if (owner === null || body === null) return null;
  const [first = null] = body.childNodes();
  const indent = first && indentOf(first, syntax);
  if (first === null || indent === null || indent.length <= lineIndent(owner, syntax).length) return null;
  const header = owner instanceof ClassNode ? (owner.superclass ?? owner.constantPath) : owner.constantPath;
  const bodyLine = syntax.rangeOf(header.location).end.line + 1;
  const start = { line: bodyLine, character: 0 };
  return { range: { start, end: start }, newText: `${indent}${definition}${syntax.newline}` };
}

/** `BigDecimal("0.2")` -> `BIGDECIMAL_0_2`: a constant's name for an expression. */
export function constantNameFor(source: string): string {
  const words = source
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
  return /^[A-Z]/.test(words)
    ? words.slice(0, 40).replace(/_+$/, '')
    : `VALUE_${words.slice(0, 34)}`.replace(/_+$/, '');
}
