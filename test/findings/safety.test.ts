import { CallNode } from '@ruby/prism/src/nodes.js';
import { describe, expect, it } from 'vitest';
import { type Evidence, hotAllEvidence } from '../../src/findings/evidence';
import { type Finding, judge } from '../../src/findings/judge';
import {
  type Candidate,
  definePattern,
  type PatternDefinition,
  type Safety,
  type Section,
} from '../../src/ruby/pattern';
import { absent, beneath, called, type MissingWitness, ownObjects, type Witness } from '../../src/ruby/witness';

const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 1 } };
const fix = { title: 'Write it so', edits: [{ range, newText: 'y' }] };

interface Given extends Partial<PatternDefinition<typeof CallNode>> {
  readonly candidate?: Partial<Candidate>;
}

function candidate({ candidate: given = {}, ...data }: Given = {}): Candidate {
  const pattern = definePattern(CallNode, {
    ...{ id: 'x', section: 'ruby', title: 'X', explanation: 'Because.', gain: 'objects', safety: 'safe' },
    ...{ severity: 'warning', names: null, match: () => null },
    ...data,
  });
  const { safety, gain, saving, witnesses } = pattern;
  const site = { range, sites: [{ line: 3, depth: 0 }], inLoop: false, likely: false, receiver: null };
  return { pattern, ...site, safety, gain, saving, witnesses, note: null, fixes: [fix], related: [], ...given };
}

/** A line with a share of 10 %, on which only what `seen` names is called. */
function profile(seen: readonly string[] = [], given: Partial<Evidence> = {}): Evidence {
  const count = (names: RegExp): number => (seen.some((name) => names.test(name)) ? 60 : 0);
  return {
    ...{ file: '/a.rb', detail: 'raw_lines', samples: 1000, exact: false },
    objectsOf: (samples) => samples * 10,
    samplesThrough: () => 100,
    samplesOwn: () => (seen.includes('own') ? 40 : 0),
    samplesCalled: (_, names) => count(names),
    samplesMade: (_, names) => count(names),
    samplesBeneath: (_, names) => count(names),
    samplesInCallers: (_, names) => count(names),
    samplesOfMethod: () => 0,
    samplesIterated: () => 0,
    methodAround: () => 1,
    ...given,
  };
}

function found(one: Candidate, evidence: Evidence, all: readonly Candidate[] = [one]): Finding | null {
  return judge(all, evidence, 0.01).find((_, i) => all[i] === one) ?? null;
}

const hash = (missing: MissingWitness): Witness => called(/^Hash#keys$/, 'that this is a Hash', missing);

describe('a witness', () => {
  it.each<[MissingWitness, Safety | null]>([
    ['review', 'review'],
    ['advice', 'advice'],
    ['silent', null],
    ['mandatory', null],
  ])('that the profile lacks, demanded as %s, leaves %s', (missing, safety) => {
    const one = candidate({ witnesses: [hash(missing)] });
    expect(found(one, profile(['Hash#keys']))?.safety).toBe('safe');
    expect(found(one, profile(['Redis#keys']))?.safety ?? null).toBe(safety);
  });

  it('that is missing is said, and advice has no edit', () => {
    const review = found(candidate({ witnesses: [hash('review')] }), profile());
    const advice = found(candidate({ witnesses: [hash('advice')] }), profile());
    expect(review!.explanation).toContain('No profile shows that this is a Hash');
    expect([review!.fix, advice!.fix, advice!.alternatives]).toEqual([fix, null, []]);
  });

  it('may be anything beneath, the line’s own objects, or that something is not there', () => {
    const one = (witness: Witness): Candidate => candidate({ witnesses: [witness] });
    expect(found(one(beneath(/^AR#/, 'x', 'silent')), profile(['AR#load']))).not.toBeNull();
    expect(found(one(ownObjects('x', 'silent')), profile(['own']))).not.toBeNull();
    expect(found(one(ownObjects('x', 'silent')), profile())).toBeNull();
    expect(found(one(absent(/#save$/, 'caller', 'x', 'silent')), profile())).not.toBeNull();
    expect(found(one(absent(/#save$/, 'line', 'x', 'silent')), profile(['A#save']))).toBeNull();
  });

  it('on a place that two candidates share is believed for likely ones only', () => {
    const witnesses = [hash('review')];
    const data = { witnesses, match: () => null };
    const first = candidate(data);
    const second = { ...first };
    const elsewhere = { ...first, sites: [{ line: 3, depth: 1 }] };
    const evidence = profile(['Hash#keys']);
    expect(found(first, evidence, [first, second])!.safety).toBe('review');
    expect(found(first, evidence, [first, elsewhere])!.safety).toBe('safe');
    const silent = candidate({ witnesses: [hash('silent')] });
    const other = { ...silent, witnesses: [called(/^Hash#values$/, 'that this is a Hash', 'silent')] };
    const shared = found(silent, evidence, [silent, { ...silent }])!;
    expect([shared.safety, shared.explanation]).toEqual(['review', expect.stringContaining('More than one call')]);
    expect(found(silent, evidence, [silent, other])!.safety).toBe('safe');
    expect(found(other, evidence, [silent, other])).toBeNull();
    const relation = candidate({ section: 'active-record', witnesses: [hash('silent')] });
    expect(found(relation, evidence, [relation, { ...relation }])).toBeNull();
    const [one, same] = [
      { ...silent, receiver: 'h.keys' },
      { ...silent, receiver: 'h.keys' },
    ];
    expect(found(one, evidence, [one, same])!.safety).toBe('safe');
    const likely = { ...first, likely: true };
    expect(found(likely, evidence, [likely, second])!.safety).toBe('safe');
  });
});

describe('nothing is safe', () => {
  it.each(['raw', 'aggregate'] as const)('in a profile without lines (%s)', (detail) => {
    const finding = found(candidate({ witnesses: [hash('silent')] }), profile(['Hash#keys'], { detail }));
    expect([finding!.safety, finding!.confidence]).toEqual(['review', 'low']);
    expect(found(candidate(), profile([], { detail }))!.safety).toBe('review');
  });

  it('beyond what the pattern and the match say', () => {
    expect(found(candidate({ safety: 'review' }), profile())!.safety).toBe('review');
    expect(found(candidate({ candidate: { safety: 'review' } }), profile())!.safety).toBe('review');
    expect(found(candidate({ candidate: { fixes: [] } }), profile())!.safety).toBe('advice');
  });
});

describe('without a profile', () => {
  const everywhere = hotAllEvidence('/a.rb');

  it.each<[Section, MissingWitness | null, boolean, Safety | null]>([
    ['ruby', null, false, 'safe'],
    ['ruby', 'review', false, 'review'],
    ['ruby', 'silent', false, 'review'],
    ['ruby', 'advice', false, 'advice'],
    ['ruby', 'mandatory', false, null],
    ['ruby', 'mandatory', true, 'review'],
    ['active-record', 'silent', false, null],
    ['active-record', 'silent', true, 'review'],
  ])('section %s, witness %s, likely %s: %s', (section, missing, likely, safety) => {
    const witnesses = missing === null ? [] : [hash(missing)];
    const one = candidate({ section, witnesses, perRow: true, candidate: { likely } });
    expect(found(one, everywhere)?.safety ?? null).toBe(safety);
  });

  it('there is no share, no count and no saving', () => {
    const finding = found(candidate({ saving: { left: 0.5 } }), everywhere);
    expect([finding!.share, finding!.objects, finding!.savedObjects]).toEqual([null, null, null]);
  });
});

it('asks for a loop, or an iterator in the profile, where a pattern costs per row', () => {
  const one = candidate({ perRow: true });
  expect(found(one, profile())).toBeNull();
  expect(found(one, profile([], { samplesIterated: () => 1 }))).not.toBeNull();
  expect(found({ ...one, inLoop: true }, profile())).not.toBeNull();
});

it('does not ask for heat where a pattern is about configuration', () => {
  const cold = profile([], { samplesThrough: () => 0 });
  expect(found(candidate(), cold)).toBeNull();
  expect(found(candidate({ heat: 'none' }), cold)).not.toBeNull();
});

it.each([
  ['objects', 'warning', 100, 'warning'],
  ['objects', 'warning', 49, 'information'],
  ['objects', 'information', 100, 'information'],
  ['objects', 'hint', 100, 'hint'],
  ['peak', 'warning', 100, 'information'],
  ['peak', 'warning', 49, 'hint'],
  ['bytes', 'information', 100, 'information'],
  ['none', 'hint', 100, 'hint'],
  ['none', 'information', 1, 'information'],
] as const)('%s, up to %s, %i of 1000 samples: %s', (gain, severity, samples, expected) => {
  const one = candidate({ gain, severity, heat: gain === 'none' ? 'none' : 'line' });
  const finding = found(one, profile([], { samplesThrough: () => samples }));
  expect(finding!.severity).toBe(expected);
});

it.each([
  [100_000, 'warning'],
  [99_990, 'information'],
] as const)('a peak of a collection of %i objects is: %s', (objects, expected) => {
  const evidence = (loader: string): Evidence =>
    profile([], { samplesBeneath: (_, names) => (names.test(loader) ? objects / 10 : 0) });
  const one = candidate({ gain: 'peak' });
  for (const loader of ['ActiveRecord::Relation#exec_queries', 'IO.readlines', 'CSV.read', 'String#lines'])
    expect(found(one, evidence(loader))!.severity).toBe(expected);
  expect(found(one, evidence('IO.foreach'))!.severity).toBe('information');
});

it('says how much a method makes from the objects on that a pattern names', () => {
  const one = candidate({ methodObjects: 1_000_000 });
  const explained = (samples: number, exact = false): string =>
    found(one, profile([], { exact, samplesOfMethod: () => samples }))!.explanation;
  expect(explained(100_000)).toContain('≈1,000,000 objects in this recording');
  expect(explained(123_457, true)).toContain(' 1,234,570 objects in this recording');
  expect(explained(99_999)).not.toContain('in this recording');
  expect(found(one, hotAllEvidence('/a.rb'))!.explanation).not.toContain('in this recording');
});

describe('the saving', () => {
  it.each([
    [{ left: 0.25 }, 750],
    [{ calls: /^Hash#keys$/ }, 600],
    [{ beneath: /^Hash#keys$/ }, 600],
    [{ own: true }, 400],
    [null, null],
  ] as const)('of %o is %s of 1,000 objects', (saving, objects) => {
    expect(found(candidate({ saving }), profile(['Hash#keys', 'own']))!.savedObjects).toBe(objects);
  });

  it('is not promised where the gain is another one', () => {
    expect(found(candidate({ saving: { left: 0 }, gain: 'bytes' }), profile())!.savedObjects).toBeNull();
  });
});
