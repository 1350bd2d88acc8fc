import { describe, expect, it } from 'vitest';
import { type Finding, judge } from '../../src/findings/judge';
import { profileEvidence } from '../../src/findings/profileEvidence';
import { buildLineIndex } from '../../src/profile/lineIndex';
import { measureOf } from '../../src/profile/measure';
import type { Profile } from '../../src/profile/profile';
import { matchPatterns, patterns } from '../../src/ruby/matchPatterns';
import { applyEdits } from '../../src/ruby/textRange';
import { detectorCases } from '../support/detectorCase';
import { prism } from '../support/prism';

async function findingsIn(text: string, profile: Profile): Promise<Finding[]> {
  const origin = Uint8Array.from(profile.strings, (file) => (file === '/app/before.rb' ? 0 : 1));
  const evidence = profileEvidence({
    profile,
    measure: measureOf(profile),
    lines: buildLineIndex(profile, origin),
    files: [profile.strings.indexOf('/app/before.rb')],
    path: '/app/before.rb',
  });
  return judge(matchPatterns(await prism(), text), evidence, 0.01);
}

describe.each(detectorCases())('$name', ({ before, after, profile, line, fix, expect: expected, detector }) => {
  it(fix === null ? `is ${expected} on line ${line}` : `finds ${detector} on line ${line}, class ${fix}`, async () => {
    const findings = await findingsIn(before, profile);
    const here = findings.filter((finding) => finding.range.start.line === line - 1);
    if (fix !== null) {
      expect(here.map((finding) => [finding.id, finding.safety])).toEqual([[detector, fix]]);
      expect(findings).toEqual(here);
      expect(applyEdits(before, here[0]!.fix!.edits)).toBe(after);
    } else {
      expect(after).toBe(before);
      if (expected === 'no-autofix')
        expect(here.map((finding) => [finding.safety, finding.fix])).toEqual([['advice', null]]);
      else expect(here).toEqual([]);
    }
  });

  it('finds nothing more once fixed', async () => {
    if (fix === null) return;
    expect(await findingsIn(after, profile)).toEqual([]);
  });
});

it('has a case with a fix and one without for every pattern', () => {
  const cases = detectorCases();
  for (const { id } of patterns) {
    expect(cases.filter((one) => one.detector === id && one.fix !== null).length, id).toBeGreaterThan(0);
    expect(cases.filter((one) => one.detector === id && one.fix === null).length, id).toBeGreaterThan(0);
  }
});
