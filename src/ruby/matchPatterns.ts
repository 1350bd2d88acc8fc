import { CallNode, type Node } from '@ruby/prism/src/nodes.js';
import type { ParsedRuby, RubyParser } from './parseRuby';
import type { Candidate, Pattern } from './pattern';
import { relationEach } from './patterns/relationEach';
import { Syntax } from './syntax';

/** All patterns. To add one: a file in `patterns/`, a row here, a page in `docs/findings/`, its cases. */
export const patterns: readonly Pattern[] = [relationEach];

/**
 * The places of a text that match a pattern, in source order. Text with syntax errors gives candidates without edits,
 * text that cannot be parsed none. `rubyVersion` such as `3.3.8`, null when unknown.
 */
export function matchPatterns(parser: RubyParser, text: string, rubyVersion: string | null = null): Candidate[] {
  const parsed = parser.parse(text, rubyVersion);
  return parsed === null ? [] : matchTree(parsed);
}

function matchTree(parsed: ParsedRuby): Candidate[] {
  const syntax = new Syntax(parsed);
  const candidates: Candidate[] = [];
  for (const node of syntax.nodes) {
    for (const pattern of patternsFor(node)) {
      const match = pattern.match(node, syntax);
      if (match) candidates.push(parsed.errors === 0 ? { ...match, pattern } : withoutEdits({ ...match, pattern }));
    }
  }
  return candidates;
}

function withoutEdits(candidate: Candidate): Candidate {
  return { ...candidate, fixes: [], note: 'The file has syntax errors: no edit is offered until they are gone.' };
}

/** Most nodes are calls of names that no pattern knows: one look in a map passes over them. */
const callPatterns = new Map<string, Pattern[]>();
const otherPatterns = new Map<unknown, Pattern[]>();
for (const pattern of patterns) {
  if (pattern.nodeClass === CallNode && pattern.names)
    for (const name of pattern.names) add(callPatterns, name, pattern);
  else add(otherPatterns, pattern.nodeClass, pattern);
}

const none: readonly Pattern[] = [];

function patternsFor(node: Node): readonly Pattern[] {
  return (node instanceof CallNode ? callPatterns.get(node.name) : otherPatterns.get(node.constructor)) ?? none;
}

function add<K>(table: Map<K, Pattern[]>, key: K, pattern: Pattern): void {
  const known = table.get(key);
  if (known) known.push(pattern);
  else table.set(key, [pattern]);
}
