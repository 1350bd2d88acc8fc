import { describe, expect, it } from 'vitest';
import { caseEvidence, caseFindings } from '../support/caseFindings';
import { type DetectorCase, detectorCases } from '../support/detectorCase';

/** How far an estimate may be from what was measured, as a share of all that the case allocates. */
const tolerance = 0.12;

/** Cases whose estimate is knowingly another. */
const exceptions: ReadonlyMap<string, string> = new Map([
  ['relation-sum-block', 'two rows: the query itself is most of it, which stays; every further row is saved whole'],
]);

/** With their measurement on the Ruby that recorded the profile: shares of all objects. */
const measured = detectorCases().flatMap((one) => {
  const run = one.measured.get((one.ruby ?? '').split('.').slice(0, 2).join('.'));
  const isRewritten = /^(?:safe|review|advice)$/.test(one.expected);
  return isRewritten && run?.after != null && !exceptions.has(one.name)
    ? [{ name: one.name, one, share: 1 - run.after / run.before }]
    : [];
});

describe('the objects a rewrite is estimated to save', () => {
  it.each(measured)('in $name are about those it saved', async ({ one, share }) => {
    const estimated = await estimateOf(one);
    if (estimated === null) return;
    expect(estimated).toBeGreaterThan(share - tolerance);
    expect(estimated).toBeLessThan(share + tolerance);
  });

  it('are said for every pattern whose rewrite makes fewer', async () => {
    const silent: string[] = [];
    for (const { name, one } of measured) {
      if (one.gain === 'objects' && (await estimateOf(one)) === null) silent.push(name);
    }
    // It mostly helps memory; it depends on the queries; it gains on Ruby 4.0 only.
    expect(silent).toEqual(['map-flatten-bare', 'query-cache-in-block', 'select-first-unicode']);
  });
});

/** The share of the case's objects that its findings say to save; null where they say nothing. */
async function estimateOf(one: DetectorCase): Promise<number | null> {
  const evidence = await caseEvidence(one);
  const own = (await caseFindings(one, one.before, evidence)).filter(({ id }) => id === one.detector);
  return own.reduce<number | null>(
    (sum, { savedObjects }) => (sum === null || savedObjects === null ? null : sum + savedObjects / evidence.samples),
    0,
  );
}
