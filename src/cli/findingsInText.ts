import type { Evidence } from '../findings/evidence';
import { readIgnored } from '../findings/ignored';
import { type Finding, judge } from '../findings/judge';
import type { MatchContext } from '../ruby/matchContext';
import { matchPatterns } from '../ruby/matchPatterns';
import type { RubyParser } from '../ruby/parseRuby';
import { HOT_SHARE } from './recordedEvidence';

/**
 * The findings of a text that its comments do not switch off, in source order. Where several profiles see the same, the one that
 * counts most objects there speaks.
 */
export function findingsInText(
  parser: RubyParser,
  text: string,
  context: MatchContext,
  evidence: readonly Evidence[],
): Finding[] {
  const candidates = evidence.length === 0 ? [] : matchPatterns(parser, text, context);
  const ignored = readIgnored(text);
  const byPlace = new Map<string, Finding>();
  for (const finding of evidence.flatMap((one) => judge(candidates, one, HOT_SHARE))) {
    const { start, end } = finding.range;
    if (ignored.isIgnored(finding.id, start.line)) continue;
    const key = `${finding.id} ${start.line}:${start.character}-${end.line}:${end.character}`;
    const known = byPlace.get(key);
    if (known === undefined || (finding.objects ?? 0) > (known.objects ?? 0)) byPlace.set(key, finding);
  }
  return [...byPlace.values()].sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
}
