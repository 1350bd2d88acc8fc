import { describe, expect, it } from 'vitest';
import { detectorCases } from '../support/detectorCase';
import { ownRewrite } from './caseTexts';
import { type Ran, runInRuby } from './runInRuby';

/** In twenty batches, see runner.rb. */
const rows = 600;

/** Calls with more input than the case's own, where its own is one batch. */
const largeCalls: ReadonlyMap<string, string> = new Map([
  ['upsert-whole', 'Up.new(Account.first).run((1..3_000).map { |i| Date.new(2024, 1, 1) + i }); Balance.count'],
]);

/** What a method of the core keeps while it runs is not seen between its lines: its bytes in all must fall. */
const withoutPlaces: ReadonlySet<string> = new Set(['sort-reassign']);

const cases = detectorCases().filter(({ gain, run, expected }) => gain === 'peak' && run && expected !== 'advice');
const jobs = [];
for (const one of cases) {
  const call = largeCalls.get(one.name) ?? one.run?.call ?? '';
  const records = one.run?.records ? rows : 0;
  const { own } = await ownRewrite(one);
  jobs.push({ id: `${one.name} before`, text: one.before, call, records, live: true });
  jobs.push({ id: `${one.name} after`, text: own, call, records, live: true });
}
const { ran } = await runInRuby([], jobs);

describe('live memory', () => {
  it.each(cases)('is less after the rewrite of $name', ({ name }) => {
    const [before, after] = [answerOf(`${name} before`), answerOf(`${name} after`)];
    expect([after.result, after.raised, after.database]).toEqual([before.result, before.raised, before.database]);
    if (withoutPlaces.has(name)) expect(after.bytes).toBeLessThan(before.bytes);
    else expect(after.live ?? 0).toBeLessThan(0.6 * (before.live ?? 0));
  });

  it('is measured for every case that states it', () => {
    expect(cases.length).toBeGreaterThan(5);
  });
});

function answerOf(id: string): Ran {
  const answer = ran.get(id);
  if (answer === undefined || 'failed' in answer) throw new Error(`${id}: ${answer?.failed ?? 'no answer'}`);
  return answer;
}
