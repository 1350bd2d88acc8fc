import { describe, expect, it } from 'vitest';
import { patternOutcome } from './patternOutcome';

/** What a pattern should make of texts, by the text alone. */
export interface PatternTables {
  /** Text, text with the preferred fixes in it, class. */
  readonly fixed: readonly (readonly [before: string, after: string, safety: 'safe' | 'review'])[];
  /** Text, words of its note. */
  readonly advised?: readonly (readonly [text: string, note: string])[];
  readonly silent: readonly string[];
}

/** The tests of one pattern: its edits, which applied twice change nothing more, its advice, its silence. */
export function describePattern(id: string, { fixed, advised = [], silent }: PatternTables): void {
  describe(id, () => {
    it.each(fixed)('%o: %o, %s', async (before, after, safety) => {
      const { text, safety: found } = await patternOutcome(id, before);
      expect([text, found]).toEqual([after, safety]);
      expect((await patternOutcome(id, after)).text).toBe(after);
    });

    it('only advises', async () => {
      for (const [text, words] of advised) {
        const { safety, note } = await patternOutcome(id, text);
        expect([text, safety]).toEqual([text, 'advice']);
        expect(note ?? '').toContain(words);
      }
    });

    it('is silent', async () => {
      for (const text of silent) {
        const { safety } = await patternOutcome(id, text);
        expect([text, safety]).toEqual([text, null]);
      }
    });
  });
}
