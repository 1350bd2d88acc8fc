import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../src/findings/applyFixes';
import { hotAllEvidence } from '../../src/findings/evidence';
import { assertNever } from '../../src/profile/assertNever';
import { patterns } from '../../src/ruby/patternTable';
import { caseEvidence, caseFindings, recordedFile } from '../support/caseFindings';
import { detectorCases } from '../support/detectorCase';
import { preferredFixes } from '../support/preferredFixes';
import { prism } from '../support/prism';
import { notBuilt } from './notBuilt';

const cases = detectorCases();
const built = new Set(patterns.map(({ id }) => id));
const runnable = cases.filter(({ detector }) => detector === 'any' || built.has(detector));

describe.each(runnable)('$name', (one) => {
  it(`${one.detector} on line ${one.line}: ${one.expected}`, async () => {
    const evidence = await caseEvidence(one);
    const findings = await caseFindings(one, one.before, evidence);
    const onLine = findings.filter(({ range }) => range.start.line === one.line - 1);
    const own = findings.filter(({ id }) => id === one.detector);
    const here = onLine.filter(({ id }) => id === one.detector);
    switch (one.expected) {
      case 'safe':
      case 'review':
        expect(here.map(({ safety }) => safety)).toEqual(here.map(() => one.expected));
        expect(here).not.toEqual([]);
        expect(applyFixes(one.before, preferredFixes(own))).toBe(one.after);
        break;
      case 'advice':
        expect(here).not.toEqual([]);
        expect(here.map(({ safety, fix }) => [safety, fix])).toEqual(here.map(() => ['advice', null]));
        break;
      case 'silent':
        expect(here).toEqual([]);
        break;
      case 'silent-all':
        expect(onLine).toEqual([]);
        break;
      case 'no-autofix':
        expect(preferredFixes(here)).toEqual([]);
        break;
      case 'no-safe':
        expect(here.filter(({ safety }) => safety === 'safe')).toEqual([]);
        break;
      default:
        assertNever(one.expected);
    }
    const tempting = findings.filter(({ safety }) => one.expected !== 'no-safe' || safety === 'safe');
    for (const finding of tempting) expect(applyFixes(one.before, preferredFixes([finding]))).not.toBe(one.naive);
  });

  it('offers edits that parse, and nothing more once they are made', async () => {
    const everywhere = hotAllEvidence(recordedFile);
    let text = one.before;
    for (let round = 0; ; round++) {
      const findings = await caseFindings(one, text, everywhere);
      for (const finding of findings) {
        for (const fix of finding.fix ? [finding.fix, ...finding.alternatives] : []) {
          const parsed = (await prism()).parse(applyFixes(text, [fix]), one.ruby);
          expect(parsed?.errors, `${finding.id}: ${fix.title}`).toBe(0);
        }
      }
      const fixed = applyFixes(text, preferredFixes(findings));
      if (fixed === text) break;
      expect(round, fixed).toBeLessThan(5);
      text = fixed;
    }
  });
});

describe('evidence', () => {
  it.each(cases.filter(({ evidence }) => evidence !== null))('of $name is what was recorded', async (one) => {
    const evidence = await caseEvidence(one);
    const sites = [{ line: one.line, depth: 0 }];
    const deepest = [0, 1, 2, 3].map((depth) => ({ line: one.line, depth }));
    expect(evidence.samples).toBe(one.evidence!.samples);
    expect(evidence.samplesThrough(sites)).toBe(one.evidence!.lineTotal);
    expect(evidence.samplesOwn(sites)).toBe(one.evidence!.lineSelf);
    expect(evidence.samplesIterated(deepest) > 0).toBe(one.evidence!.perRow);
  });
});

describe('the catalogue', () => {
  it('has a finding and a silence for every pattern that has cases', () => {
    for (const id of built) {
      const own = cases.filter(({ detector }) => detector === id);
      const found = own.filter(({ expected }) => /^(?:safe|review|advice)$/.test(expected));
      if (own.length > 1) expect([found.length > 0, id]).toEqual([true, id]);
    }
  });

  it('lists what is not built, and only that', () => {
    const wanted = [...new Set(cases.map(({ detector }) => detector))].filter((id) => id !== 'any');
    expect(wanted.filter((id) => !built.has(id) && !notBuilt.has(id))).toEqual([]);
    expect([...notBuilt].filter((id) => built.has(id))).toEqual([]);
  });

  it('has one file and one id per pattern', () => {
    const files = readdirSync(path.resolve(__dirname, '../../src/ruby/patterns'));
    const names = patterns.map(({ id }) => `${id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}.ts`);
    expect(files.sort()).toEqual(names.sort());
    expect(new Set(names).size).toBe(names.length);
  });
});
