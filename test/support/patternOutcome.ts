import { applyFixes } from '../../src/findings/applyFixes';
import { type MatchContext, noContext } from '../../src/ruby/matchContext';
import { matchPatterns } from '../../src/ruby/matchPatterns';
import type { Candidate } from '../../src/ruby/pattern';
import { prism } from './prism';

/** What one pattern makes of a text, by the text alone. */
export interface PatternOutcome {
  /** Class of the first candidate; null when there is none. */
  readonly safety: 'safe' | 'review' | 'advice' | null;
  /** The text with all preferred fixes in it. */
  readonly text: string;
  /** Note of the first candidate. */
  readonly note: string | null;
  readonly candidates: readonly Candidate[];
}

/** Throws when the text with the fixes in it is no longer Ruby. */
export async function patternOutcome(
  id: string,
  text: string,
  context: Partial<MatchContext> = {},
): Promise<PatternOutcome> {
  const parser = await prism();
  const all = matchPatterns(parser, text, { ...noContext, ...context });
  const candidates = all.filter(({ pattern }) => pattern.id === id);
  const [first] = candidates;
  const fixes = candidates.flatMap((one) => one.fixes.slice(0, 1));
  const fixed = applyFixes(text, fixes);
  if (fixes.length > 0 && parser.parse(fixed, null)?.errors !== 0)
    throw new Error(`${id} makes what is not Ruby: ${fixed}`);
  return {
    safety: first ? (first.fixes.length === 0 ? 'advice' : first.safety) : null,
    text: fixed,
    note: first?.note ?? null,
    candidates,
  };
}
