import { StatementsNode } from '@ruby/prism/src/nodes.js';
import type { RubyParser } from './parseRuby';
import { Syntax } from './syntax';
import type { TextRange } from './textRange';

/** Ranges of all statements of a text, outer ones before those in them; none for text that cannot be parsed. */
export function statementRanges(parser: RubyParser, text: string): TextRange[] {
  const parsed = parser.parse(text, null);
  if (parsed === null) return [];
  const syntax = new Syntax(parsed);
  return syntax.nodes.flatMap((node) =>
    node instanceof StatementsNode ? node.body.map((statement) => syntax.rangeOf(statement.location)) : [],
  );
}
