import { BlockNode, CallNode, type Node } from '@ruby/prism/src/nodes.js';
import { loopOf } from './loops';
import { type MatchContext, noContext } from './matchContext';
import type { ParsedRuby, RubyParser } from './parseRuby';
import type { Candidate, Match, Pattern } from './pattern';
import { patterns } from './patternTable';
import { sitesOf } from './sites';
import { Syntax } from './syntax';
import { isInRange } from './versions';

/**
 * The places of a text that match a pattern, in source order. Text with syntax errors gives candidates without edits,
 * text that cannot be parsed none.
 */
export function matchPatterns(parser: RubyParser, text: string, context: MatchContext = noContext): Candidate[] {
  const parsed = parser.parse(text, context.ruby);
  return parsed === null ? [] : matchTree(parsed, context);
}

function matchTree(parsed: ParsedRuby, context: MatchContext): Candidate[] {
  const syntax = new Syntax(parsed);
  const candidates: Candidate[] = [];
  for (const node of syntax.nodes) {
    for (const pattern of patternsFor(node)) {
      if (!appliesTo(pattern, context)) continue;
      const match = pattern.match(node, syntax, context);
      if (match) candidates.push(candidateOf(node, pattern, match, syntax, context));
    }
  }
  return parsed.errors === 0 ? candidates : candidates.map(withoutEdits);
}

function appliesTo({ ruby, rails }: Pattern, context: MatchContext): boolean {
  if (ruby !== null && isInRange(context.ruby, ruby) === false) return false;
  return rails === null || isInRange(context.rails, rails) !== false;
}

function candidateOf(node: Node, pattern: Pattern, match: Match, syntax: Syntax, { ruby }: MatchContext): Candidate {
  const { gainOn } = pattern;
  const gain = gainOn !== null && isInRange(ruby, gainOn.ruby) === true ? gainOn.gain : pattern.gain;
  return {
    pattern,
    range: match.range,
    sites: sitesOf(match.site ?? node, match.lines ?? [match.range.start.line + 1], syntax),
    inLoop: match.inLoop ?? loopOf(match.site ?? node, syntax) !== null,
    likely: match.likely ?? false,
    receiver: receiverOf(node, syntax),
    safety: match.safety ?? pattern.safety,
    gain: match.gain ?? gain,
    saving: match.saving === undefined ? pattern.saving : match.saving,
    witnesses: match.witnesses ?? pattern.witnesses,
    note: match.note ?? null,
    fixes: match.fixes,
    related: match.related ?? [],
  };
}

function receiverOf(node: Node, syntax: Syntax): string | null {
  if (!(node instanceof CallNode) || !node.receiver) return null;
  const source = syntax.sourceOf(node.receiver.location);
  for (const outer of syntax.ancestorsOf(node)) {
    if (outer instanceof BlockNode) return `${source} @${outer.location.startOffset}`;
  }
  return source;
}

function withoutEdits(candidate: Candidate): Candidate {
  return { ...candidate, fixes: [], note: 'The file has syntax errors: no edit is offered until they are gone.' };
}

/** Most nodes are calls of names that no pattern knows: one look in a map passes over them. */
const callPatterns = new Map<string, Pattern[]>();
const otherPatterns = new Map<unknown, Pattern[]>();
for (const pattern of patterns) {
  for (const nodeClass of pattern.nodeClasses) {
    if (nodeClass === CallNode && pattern.names) for (const name of pattern.names) add(callPatterns, name, pattern);
    else add(otherPatterns, nodeClass, pattern);
  }
}
const anyCallPatterns = otherPatterns.get(CallNode) ?? [];
for (const list of callPatterns.values()) list.push(...anyCallPatterns);

function patternsFor(node: Node): readonly Pattern[] {
  return (
    (node instanceof CallNode ? callPatterns.get(node.name) : undefined) ?? otherPatterns.get(node.constructor) ?? []
  );
}

function add<K>(table: Map<K, Pattern[]>, key: K, pattern: Pattern): void {
  const known = table.get(key);
  if (known) known.push(pattern);
  else table.set(key, [pattern]);
}
