import { DefNode, type Node } from '@ruby/prism/src/nodes.js';
import { keep } from './keep';
import type { Syntax } from './syntax';

/**
 * A name for a new local variable at a place: `base`, or `base2`, `base3` … when the method around already uses the word for
 * anything, be it a variable, a method or a key.
 */
export function freshName(base: string, node: Node, syntax: Syntax): string {
  return firstFree(base, '', wordsInMethods(syntax)(methodAround(node, syntax)));
}

/** A name for a new constant, `base` or `base_2` …, that the text does not use. */
export function freshConstantName(base: string, syntax: Syntax): string {
  return firstFree(base, '_', wordsOfText(syntax));
}

/** The `def` around a node, or the whole program. */
export function methodAround(node: Node, syntax: Syntax): Node {
  let last = node;
  for (const outer of syntax.ancestorsOf(node)) {
    if (outer instanceof DefNode) return outer;
    last = outer;
  }
  return last;
}

function firstFree(base: string, separator: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) {
    const name = `${base}${separator}${number}`;
    if (!taken.has(name)) return name;
  }
}

const wordsInMethods = keep((syntax: Syntax) => keep((method: Node) => wordsOf(syntax.sourceOf(method.location))));

const wordsOfText = keep(({ text }: Syntax) => wordsOf(text));

function wordsOf(source: string): Set<string> {
  return new Set(source.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
}
