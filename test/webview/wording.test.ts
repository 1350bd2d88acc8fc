import { expect, test } from 'vitest';
import type { ProfileSummary } from '../../src/protocol/requests';
import { Figures } from '../../webview/figures';
import { facts, headline, headlineHint, lensHint, lensLabels, mappingText, measures } from '../../webview/wording';
import { summaryFor } from './summaryFor';

const figuresOf = ({ measure, samples }: ProfileSummary, locale = 'en'): Figures =>
  new Figures(measure, samples, locale);
const headlineOf = (summary: ProfileSummary): string => headline(summary, figuresOf(summary));
const factsOf = (summary: ProfileSummary): string[] => facts(summary, figuresOf(summary)).map(({ text }) => text);

const exact = summaryFor({
  samples: 75_036,
  measure: { unit: 'objects', total: 3_751_813, exact: true, perSample: 50 },
});
const estimate = summaryFor({ measure: { unit: 'objects', total: 3_751_800, exact: false, perSample: 50 } });
const wall = summaryFor({
  mode: 'wall',
  interval: 1000,
  measure: { unit: 'microseconds', total: 1_234_000, exact: false, perSample: 1000 },
});
const custom = summaryFor({
  mode: 'custom',
  interval: null,
  samples: 44,
  measure: { unit: 'samples', total: 44, exact: true, perSample: 1 },
});

test('the headline is a count where it is one and marked where it is an estimate', () => {
  expect(headlineOf(exact)).toBe('3,751,813 objects');
  expect(headlineOf(estimate)).toBe('≈3,751,800 objects');
  expect(headlineOf(wall)).toBe('≈1.23 s of wall time');
  expect(headlineOf({ ...wall, mode: 'cpu' })).toBe('≈1.23 s of CPU time');
  expect(headlineOf(custom)).toBe('44 samples');
});

test('what is measured is said for every mode, and time is never called allocations', () => {
  expect(measures(exact)).toBe('allocated, not retained');
  expect(measures(wall)).toBe('time, not allocations');
  expect(measures(custom)).toContain('not allocations');
  for (const mode of ['object', 'wall', 'cpu', 'custom', 'unknown'] as const) {
    expect(headlineHint({ ...exact, mode })).toMatch(/\.$/);
    expect(measures({ ...exact, mode })).not.toBe('');
  }
});

test('facts: sampling, level of detail, metadata', () => {
  const metadata = [{ key: 'worker', value: '88444' }];
  expect(factsOf({ ...exact, metadata })).toEqual(['1 in 50 sampled', 'exact lines', 'worker 88444']);
  expect(factsOf(summaryFor({ interval: 1, detail: 'raw' }))).toEqual(['every allocation recorded', 'methods only']);
  expect(factsOf(summaryFor({ interval: null, detail: 'aggregate' }))).toEqual(['100 samples', 'no stacks']);
  expect(factsOf(wall)[0]).toBe('a sample every 1,000 µs of wall time');
  expect(factsOf(custom)[0]).toBe('44 samples');
});

test('a lower level of detail says how to get the better one', () => {
  for (const detail of ['raw', 'aggregate'] as const) {
    const hint = facts(summaryFor({ detail }), figuresOf(exact))[1]!.hint;
    expect(hint).toContain('raw: true');
  }
});

test('nothing speaks of a miss rate', () => {
  for (const summary of [exact, estimate, wall, custom, summaryFor({ detail: 'aggregate' })]) {
    const said = [
      headlineOf(summary),
      headlineHint(summary),
      ...facts(summary, figuresOf(summary)).flatMap(Object.values),
    ];
    expect(said.join(' ')).not.toMatch(/miss/i);
  }
});

test('figures follow the locale', () => {
  expect(headline(exact, figuresOf(exact, 'de'))).toBe('3.751.813 objects');
  expect(figuresOf(exact).amount(4577)).toBe('≈228,850 objects');
  expect(figuresOf(exact).bare(4577)).toBe('≈228,850');
  expect(figuresOf(exact).share(4577)).toBe('6.1 %');
  expect(figuresOf(exact).amount(0)).toBe('none');
  // Of a picture rebuilt from sums not even counted allocations are a count.
  const counted = figuresOf(summaryFor({ measure: { unit: 'objects', total: 100, exact: true, perSample: 1 } }));
  expect([counted.amount(7), counted.amount(7, 'estimate')]).toEqual(['7 objects', '≈7 objects']);
  expect(figuresOf(exact).amount(4577, 'estimate')).toBe('≈228,850 objects');
  expect(figuresOf(wall).bare(100)).toBe('≈100 ms');
  expect(figuresOf(custom).bare(3)).toBe('3');
  expect(figuresOf(exact).shareOf(1, 0)).toBe('0.0 %');
});

test('the button says which mapping is in use, what is missing, or that a choice is open', () => {
  const textOf = (mapping: ProfileSummary['mapping']): string =>
    mappingText(summaryFor({ mapping }), figuresOf(exact)).text;
  const rule = { from: '/app', to: '/home/me/app', origin: 'vote', files: 12 } as const;
  const none = { rules: [], ambiguous: [], missingFiles: 0, mappedFiles: 3 };
  expect(textOf(none)).toBe('Paths');
  expect(textOf({ ...none, rules: [{ ...rule, origin: 'identity' }] })).toBe('Paths');
  expect(textOf({ ...none, rules: [rule] })).toBe('Paths: /app');
  expect(textOf({ ...none, rules: [rule, { ...rule, from: '/srv' }] })).toBe('Paths: /app and 1 more');
  expect(textOf({ ...none, rules: [rule], missingFiles: 1 })).toBe('Paths: 1 file not found');
  expect(textOf({ ...none, missingFiles: 1200 })).toBe('Paths: 1,200 files not found');
  expect(textOf({ ...none, ambiguous: [{ from: '/app', candidates: ['/a', '/b'] }] })).toBe('Paths: choose a folder…');
  expect(mappingText(summaryFor({ mapping: { ...none, rules: [rule] } }), figuresOf(exact)).hint).toContain(
    '/app → /home/me/app',
  );
});

test('every lens has a label and says what it does', () => {
  expect(lensLabels.map(([lens]) => lens)).toEqual(['mine', 'caller', 'recorded']);
  for (const [lens] of lensLabels) expect(lensHint(lens)).toMatch(/charged/);
});
