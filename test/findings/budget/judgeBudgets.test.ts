import { describe, expect, it } from 'vitest';
import type { Budget } from '../../../src/findings/budget/budget';
import { checkMessage } from '../../../src/findings/budget/budgetWording';
import type { CountedProfile } from '../../../src/findings/budget/countSubject';
import { judgeBudgets } from '../../../src/findings/budget/judgeBudgets';
import { parseBudgets } from '../../../src/findings/budget/parseBudgets';
import { buildLineIndex } from '../../../src/profile/lineIndex';
import { measureOf } from '../../../src/profile/measure';
import type { SourceMap } from '../../../src/source/mapFiles';
import { originByFolder, type ProfileText, profileFromText } from '../../support/profileFromText';

const SYNC = `
  SyncJob#perform@app/jobs/sync_job.rb#5:6 > Account#sync@app/models/account.rb#2:3 > Kernel#dup@<cfunc>               50
  SyncJob#perform@app/jobs/sync_job.rb#5:6 > Account#sync@app/models/account.rb#2:4 > Account#sync@app/models/account.rb#2:3  20
  SyncJob#perform@app/jobs/sync_job.rb#5:7 > Rate#to@app/models/rate.rb#1:2 > Money#*@/gems/money-6.0.0/lib/money.rb:9   10
  block in TickJob#perform@app/jobs/tick_job.rb#3:5                                                                       8
  TickJob#perform@app/jobs/tick_job.rb#3:4                                                                                2
  Puma#run@/gems/puma-6.0.0/lib/puma.rb:1                                                                                10
`;

/** As the command line has it: files below `app/` are found, nothing else is. */
function counted(text: string, options: ProfileText = {}): CountedProfile {
  const profile = profileFromText(text, options);
  const origin = originByFolder(profile);
  const relative = profile.strings.map((name) => (/^app\//.test(name) ? name : null));
  const summary = { rules: [], ambiguous: [], missingFiles: 0, mappedFiles: 0 };
  const sources: SourceMap = { origin, path: relative, relative, place: profile.strings, summary };
  return { profile, measure: measureOf(profile), lines: buildLineIndex(profile, origin), sources };
}

const sampled = (interval: number, samples = 100): ProfileText => ({
  interval,
  missedSamples: samples * (interval - 1),
});

function budgets(...texts: string[]): readonly Budget[] {
  const result = parseBudgets(`{"schema": 1, "budgets": [${texts.join(',')}]}`);
  if (!result.ok) throw new Error(result.error.message);
  return result.budgets;
}

const judged = (profile: CountedProfile, baseline: CountedProfile | null, ...texts: string[]) =>
  judgeBudgets(budgets(...texts), profile, baseline);

/** Objects of one budget that limits them to none. */
const objectsOf = (profile: CountedProfile, text: string) => {
  const [check] = judged(profile, null, text.replace(/}$/, ', "objects": 0 }'));
  return check?.figure?.objects ?? null;
};

describe('what a budget counts', () => {
  const exact = counted(SYNC);
  it.each([
    ['{ "total": true }', 100],
    ['{ "job": "SyncJob" }', 80],
    ['{ "job": "TickJob" }', 10],
    ['{ "method": "Account#sync" }', 70],
    ['{ "method": "Account#sync", "counts": "own" }', 70],
    ['{ "method": "Kernel#dup" }', 50],
    ['{ "method": "Kernel#dup", "counts": "own" }', 0],
    ['{ "method": "Money#*" }', 10],
    ['{ "method": "account#sync" }', null],
    ['{ "file": "app/models/*.rb" }', 80],
    ['{ "file": "app/**" }', 90],
    ['{ "file": "app/jobs/*.rb" }', 90],
    ['{ "file": "app/jobs/*.rb", "counts": "own" }', 10],
    ['{ "file": "app/models/{account,rate}.rb", "counts": "own" }', 80],
    ['{ "file": "/gems/puma-6.0.0/**" }', 10],
    ['{ "file": "lib/puma.rb" }', null],
    ['{ "line": "app/models/account.rb:3" }', 70],
    ['{ "line": "app/models/account.rb:4" }', 20],
    ['{ "line": "app/models/account.rb:4", "counts": "own" }', 0],
    ['{ "line": "app/models/account.rb:9" }', null],
    ['{ "line": "models/account.rb:3" }', null],
  ])('%s: %s objects', (text, objects) => {
    expect(objectsOf(exact, text)).toBe(objects);
  });

  it('finds files that are not on this disk by the ending of what was recorded, but none of gems', () => {
    const elsewhere = counted(`
      A#a@/srv/app/models/a.rb:3 > B#b@/gems/other-1.0.0/app/models/a.rb:3 > C#c@/srv/lib/app/models/c.rb:1   7
    `);
    expect(objectsOf(elsewhere, '{ "file": "app/models/a.rb" }')).toBe(7);
    expect(objectsOf(elsewhere, '{ "line": "app/models/a.rb:3" }')).toBe(7);
    expect(objectsOf(elsewhere, '{ "file": "models/*.rb" }')).toBe(7);
    expect(objectsOf(elsewhere, '{ "file": "odels/a.rb" }')).toBeNull();
  });

  it('says where: the definition of a method, the hottest line of files', () => {
    const places = judged(
      exact,
      null,
      '{ "job": "SyncJob", "objects": 0 }',
      '{ "method": "Kernel#dup", "objects": 0 }',
      '{ "file": "app/models/*.rb", "objects": 0 }',
      '{ "line": "app/models/account.rb:4", "objects": 0 }',
      '{ "total": true, "objects": 0 }',
    ).map(({ figure }) => figure?.place);
    expect(places).toEqual([
      { path: 'app/jobs/sync_job.rb', line: 5 },
      null,
      { path: 'app/models/account.rb', line: 3 },
      { path: 'app/models/account.rb', line: 4 },
      null,
    ]);
  });

  it('adds up: own of all files and what nobody answers for are all samples', () => {
    const own = objectsOf(exact, '{ "file": "**", "counts": "own" }');
    expect(own).toBe(90);
    expect(objectsOf(exact, '{ "file": "**" }')).toBe(100);
  });
});

describe('verdicts', () => {
  const verdict = (profile: CountedProfile, text: string) => judged(profile, null, text)[0]?.verdict;

  it('compares counts as they are', () => {
    const exact = counted(SYNC);
    expect(verdict(exact, '{ "job": "SyncJob", "objects": 80 }')).toBe('within');
    expect(verdict(exact, '{ "job": "SyncJob", "objects": 79 }')).toBe('over');
    expect(verdict(exact, '{ "job": "SyncJob", "share": 0.8 }')).toBe('within');
    expect(verdict(exact, '{ "job": "SyncJob", "share": 0.79 }')).toBe('over');
    expect(verdict(exact, '{ "job": "SyncJop", "objects": 1 }')).toBe('unmatched');
  });

  it('proves estimates over only beyond chance', () => {
    const hundredth = counted(SYNC, sampled(97));
    const objects = 80 * 97;
    expect(verdict(hundredth, `{ "job": "SyncJob", "objects": ${objects} }`)).toBe('within');
    expect(verdict(hundredth, `{ "job": "SyncJob", "objects": ${objects - 1} }`)).toBe('unproved');
    // 80 of about 65.4 samples is the edge: 65.4 + 1.645 x root + 0.68 = 79.4.
    expect(verdict(hundredth, `{ "job": "SyncJob", "objects": ${66 * 97} }`)).toBe('unproved');
    expect(verdict(hundredth, `{ "job": "SyncJob", "objects": ${65 * 97} }`)).toBe('over');
    expect(verdict(hundredth, '{ "total": true, "objects": 9699 }')).toBe('over');
    expect(verdict(hundredth, '{ "total": true, "objects": 9700 }')).toBe('within');
  });

  it('calls a run that keeps its budget over in one of twenty at most', () => {
    for (const mean of [0.05, 0.5, 1, 2, 3, 5, 10, 20, 40]) {
      const over = (samples: number): boolean => {
        const profile = counted(`A#a@app/a.rb:1   ${samples}`, sampled(100, samples));
        return verdict(profile, `{ "method": "A#a", "objects": ${mean * 100} }`) === 'over';
      };
      let chance = 0;
      let term = Math.exp(-mean);
      for (let samples = 0; samples < 100; samples++) {
        if (samples > 0 && over(samples)) chance += term;
        term *= mean / (samples + 1);
      }
      expect(chance, `mean ${mean}`).toBeLessThan(0.056);
    }
  });

  it('needs one sample more than none where nothing is allowed', () => {
    const one = counted('A#a@app/a.rb:1 1\n B#b@app/b.rb:1 99', sampled(1999));
    expect(verdict(one, '{ "method": "A#a", "objects": 0 }')).toBe('over');
  });

  it('takes no bound for a proof', () => {
    const block = 'A#a@app/a.rb#1:2 > Array#each@<cfunc> > A#a@app/a.rb#1:2   10\n  A#a@app/a.rb#1:3   10';
    const sums = counted(block, { detail: 'raw' });
    const [check] = judged(sums, null, '{ "line": "app/a.rb:2", "objects": 12 }');
    expect(check?.verdict).toBe('unproved');
    expect(check?.figure?.objects).toBe(20);
    expect(check && checkMessage(check)).toMatch(
      /^app\/a\.rb:2: ≤20 objects \(100\.0 % of all\), 8 more than the budget of 12, but the profile does not know its stacks/,
    );
    expect(verdict(counted(block), '{ "line": "app/a.rb:2", "objects": 9 }')).toBe('over');
  });

  it('proves what sums per method prove', () => {
    const sums = counted(SYNC, { detail: 'aggregate' });
    expect(verdict(sums, '{ "job": "SyncJob", "objects": 79 }')).toBe('over');
    expect(verdict(sums, '{ "job": "SyncJob", "objects": 80 }')).toBe('within');
    expect(verdict(sums, '{ "file": "app/jobs/*.rb", "objects": 79 }')).toBe('over');
    expect(verdict(sums, '{ "file": "app/jobs/*.rb", "objects": 89 }')).toBe('unproved');
  });

  it('has nothing over in an empty profile', () => {
    const empty = counted('');
    expect(verdict(empty, '{ "total": true, "objects": 0 }')).toBe('within');
    expect(verdict(empty, '{ "job": "SyncJob", "share": 0 }')).toBe('unmatched');
  });
});

describe('growth', () => {
  const before = counted(SYNC);
  const grown = counted(SYNC.replace(/50$/m, '70'));
  const growth = (profile: CountedProfile, baseline: CountedProfile | null, text: string) =>
    judged(profile, baseline, text)[0];

  it('is more than the baseline has, in objects or percent', () => {
    expect(growth(grown, before, '{ "job": "SyncJob", "growth": 20 }')?.verdict).toBe('within');
    expect(growth(grown, before, '{ "job": "SyncJob", "growth": 19 }')?.verdict).toBe('over');
    expect(growth(grown, before, '{ "job": "SyncJob", "growth": "25%" }')?.verdict).toBe('within');
    expect(growth(grown, before, '{ "job": "SyncJob", "growth": "24.9 %" }')?.verdict).toBe('over');
    expect(growth(before, grown, '{ "job": "SyncJob", "growth": 0 }')?.verdict).toBe('within');
    expect(growth(grown, before, '{ "total": true, "growth": "19%" }')?.verdict).toBe('over');
  });

  it('is judged by the chance in both recordings', () => {
    const [a, b] = [counted(SYNC, sampled(97)), counted(SYNC.replace(/50$/m, '70'), sampled(97, 120))];
    expect(growth(b, a, '{ "job": "SyncJob", "growth": 0 }')?.verdict).toBe('unproved');
    const doubled = counted(SYNC.replace(/50$/m, '150'), sampled(97, 200));
    expect(growth(doubled, a, '{ "job": "SyncJob", "growth": "20%" }')?.verdict).toBe('over');
  });

  it('is not checked without a baseline, and nothing has grown that is gone', () => {
    expect(growth(grown, null, '{ "job": "SyncJob", "growth": 0 }')?.verdict).toBe('unchecked');
    const gone = counted('TickJob#perform@app/jobs/tick_job.rb#3:4 5');
    expect(growth(gone, before, '{ "job": "SyncJob", "growth": 0 }')?.verdict).toBe('within');
    expect(growth(gone, before, '{ "job": "NoJob", "growth": 0 }')?.verdict).toBe('unmatched');
    const added = growth(before, gone, '{ "job": "SyncJob", "growth": "50%" }');
    expect(added?.verdict).toBe('over');
    expect(added && checkMessage(added)).toBe(
      'Job SyncJob: 80 objects (80.0 % of all) after none in the baseline, 80 more than the budget of 0 (+50 %).',
    );
  });
});
