import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type DetectorCase, detectorCases } from '../support/detectorCase';
import { prism } from '../support/prism';
import { type CaseTexts, caseTexts } from './caseTexts';
import { type Ran, type RunJob, runInRuby } from './runInRuby';
import { savingsTable } from './savingsTable';
import { statedFor, toleranceOf } from './stated';

/** Rows of the tables that the cases were measured on. */
const rows = 150;

interface Proof {
  readonly one: DetectorCase;
  readonly texts: CaseTexts;
}

const proofs: Proof[] = [];
for (const one of detectorCases()) proofs.push({ one, texts: await caseTexts(one) });

/** To be run, by what it is; a text that says the same as another is run once. */
type Variant = 'before' | 'own' | 'byHand' | 'safe' | 'naive';

/** Elsewhere a rewrite is to be reviewed, and this is what it must not be made for. */
const isFixed = ({ expected }: DetectorCase): boolean => expected === 'safe' || expected === 'review';

const variantsOf = ({ one, texts }: Proof): Partial<Record<Variant, string>> => ({
  before: one.before,
  ...(isFixed(one) && texts.own !== one.before ? { own: texts.own } : {}),
  ...(one.expected === 'advice' ? { byHand: one.after } : {}),
  ...(texts.safe[0] === one.before ? {} : { safe: texts.safe[0] }),
  ...(one.naive === null ? {} : { naive: one.naive }),
});

const runs = proofs.flatMap((proof): RunJob[] => {
  const { run, name } = proof.one;
  const texts = [...new Set(Object.values(variantsOf(proof)))];
  if (run === null || texts.length < 2) return [];
  return texts.map((text) => ({
    id: `${name}\n${text}`,
    text,
    call: run.call,
    records: run.records ? rows : 0,
    live: false,
  }));
});
const written = proofs.flatMap(({ one, texts }) =>
  [...new Set([one.before, one.after, texts.own, texts.safe[0], texts.review[0]])].map((text) => ({
    id: `${one.name}\n${text}`,
    text,
  })),
);
const answers = await runInRuby(written, runs);

const having = (variant: Variant): { name: string; proof: Proof }[] =>
  proofs
    .filter((proof) => proof.one.run !== null && variantsOf(proof)[variant] !== undefined)
    .map((proof) => ({ name: proof.one.name, proof }));

describe('the rewrite', () => {
  it.each(having('own'))('of $name answers, raises and stores the same', ({ proof }) => {
    expect(behaviour(ran(proof, 'own'))).toEqual(behaviour(ran(proof, 'before')));
    expect(ran(proof, 'own').statements ?? 0).toBeLessThanOrEqual(ran(proof, 'before').statements ?? 0);
  });

  it.each(having('own'))('of $name allocates what is stated', ({ proof }) => {
    expectStated(proof, ran(proof, 'before'), ran(proof, 'own'));
  });

  it('is run for every case that has one', () => {
    const fixed = proofs.filter(({ one }) => isFixed(one));
    expect(having('own').map(({ name }) => name)).toEqual(fixed.map(({ one }) => one.name));
  });
});

describe('what is advised, made by hand,', () => {
  it.each(having('byHand'))('in $name answers, raises and stores the same', ({ proof }) => {
    expect(behaviour(ran(proof, 'byHand'))).toEqual(behaviour(ran(proof, 'before')));
  });

  it.each(having('byHand'))('in $name allocates what is stated', ({ proof }) => {
    expectStated(proof, ran(proof, 'before'), ran(proof, 'byHand'));
  });
});

describe('the safe fixes of all detectors', () => {
  it.each(having('safe'))('of $name answer, raise and store the same', ({ proof }) => {
    expect(behaviour(ran(proof, 'safe'))).toEqual(behaviour(ran(proof, 'before')));
  });
});

describe('the tempting rewrite', () => {
  it.each(having('naive'))('of $name behaves differently, and no safe fix makes it', ({ proof }) => {
    const { before, naive } = outcomes(proof);
    expect(naive).not.toEqual(before);
    expect(proof.texts.safe).not.toContain(proof.one.naive);
  });
});

describe.each(proofs.map((proof) => ({ name: proof.one.name, proof })))('of $name', ({ proof: { one, texts } }) => {
  it('every text compiles, without a warning that was not there', async () => {
    const warnings = compiled(one, one.before).warnings;
    for (const text of [one.before, one.after, texts.own, texts.safe[0], texts.review[0]]) {
      expect(compiled(one, text).error, text).toBe(null);
      expect((await prism()).parse(text, one.ruby)?.errors, text).toBe(0);
      expect(
        compiled(one, text).warnings.filter((warning) => !warnings.includes(warning)),
        text,
      ).toEqual([]);
    }
  });

  it('applying again on the command line changes nothing', () => {
    expect(texts.safe[1]).toBe(texts.safe[0]);
    expect(texts.review[1]).toBe(texts.review[0]);
  });
});

afterAll(() => {
  const results = path.resolve(__dirname, '../../test-results/ruby');
  mkdirSync(results, { recursive: true });
  const measured = [...having('own'), ...having('byHand')].map(({ proof }) => ({
    one: proof.one,
    saved: proof.texts.saved,
    before: ran(proof, 'before').objects,
    after: ran(proof, proof.one.expected === 'advice' ? 'byHand' : 'own').objects,
  }));
  writeFileSync(path.join(results, 'savings.md'), savingsTable(measured, answers.ruby));
});

function expectStated({ one }: Proof, before: Ran, after: Ran): void {
  const stated = statedFor(one, answers.ruby);
  const tolerance = toleranceOf(stated);
  const saved = before.objects - after.objects;
  const statedSaved = stated.before - (stated.after ?? stated.before);
  expect(saved).toBeGreaterThanOrEqual(statedSaved - tolerance);
  expect(saved).toBeLessThanOrEqual(statedSaved + tolerance);
  if (one.gain === 'objects') expect(after.objects).toBeLessThan(before.objects);
  if (one.gain === 'bytes') expect(after.bytes).toBeLessThan(before.bytes);
}

/** What nobody may notice a rewrite by. */
function behaviour({ result, raised, database }: Ran): Pick<Ran, 'result' | 'raised' | 'database'> {
  return { result, raised, database };
}

function outcomes(proof: Proof): { before: unknown; naive: unknown } {
  const naive = answers.ran.get(idOf(proof, 'naive'));
  if (naive === undefined) throw new Error(`${proof.one.name}: no answer`);
  return { before: behaviour(ran(proof, 'before')), naive: 'failed' in naive ? naive : behaviour(naive) };
}

function ran(proof: Proof, variant: Variant): Ran {
  const answer = answers.ran.get(idOf(proof, variant));
  if (answer === undefined) throw new Error(`${proof.one.name}, ${variant}: no answer`);
  if ('failed' in answer) throw new Error(`${proof.one.name}, ${variant}: ${answer.failed}`);
  return answer;
}

function idOf(proof: Proof, variant: Variant): string {
  return `${proof.one.name}\n${variantsOf(proof)[variant]}`;
}

function compiled({ name }: DetectorCase, text: string): { error: string | null; warnings: readonly string[] } {
  const answer = answers.compiled.get(`${name}\n${text}`);
  if (answer === undefined) throw new Error(`${name}: not compiled`);
  return answer;
}
