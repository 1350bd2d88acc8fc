import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cliRun } from '../support/cliRun';
import { profileFromText } from '../support/profileFromText';
import { sarifErrors } from '../support/sarifErrors';
import { stackprofJson } from '../support/stackprofJson';

const STACKS = `
  SyncJob#perform@/srv/app/jobs/sync_job.rb#2:3 > Account#sync@/srv/app/models/account b.rb#1:2 > Kernel#dup@<cfunc>   60
  SyncJob#perform@/srv/app/jobs/sync_job.rb#2:4                                                                   10
  TickJob#perform@/srv/app/jobs/tick_job.rb#2:3                                                                   30
`;
const SAMPLED = { interval: 97, missedSamples: 96 * 100 };

let root = '';
const put = (name: string, content: string | Uint8Array): void => {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), content);
};
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'hotspots-check-'));
  for (const [file, name] of [
    ['app/jobs/sync_job.rb', 'SyncJob'],
    ['app/jobs/tick_job.rb', 'TickJob'],
  ] as const)
    put(file, `class ${name}\n  def perform\n    1\n    2\n  end\nend\n`);
  put('app/models/account b.rb', 'def sync\n  dup\nend\n');
  put('now.json', stackprofJson(profileFromText(STACKS, SAMPLED)));
  put('before.json', stackprofJson(profileFromText(STACKS.replace('60', '10'), { ...SAMPLED, missedSamples: 4800 })));
  put('exact.json', stackprofJson(profileFromText(STACKS)));
  put('wall.json', stackprofJson(profileFromText(STACKS, { mode: 'wall', interval: 1000 })));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const budgets = (...texts: string[]): void =>
  put('.allocation-budget.json', `{ "schema": 1, "budgets": [\n${texts.join(',\n')}\n] }\n`);
beforeEach(() =>
  budgets(
    '{ "total": true, "objects": 10000 }',
    '{ "job": "SyncJob", "objects": 3000, "growth": "20 %", "why": "Syncs run in 512 MB." }',
    '{ "file": "app/models/**", "share": 0.55 }',
    '{ "line": "app/jobs/tick_job.rb:3", "counts": "own", "objects": 5000 }',
    '{ "method": "Sync#perform", "share": 0.1 }',
  ),
);

const check = (...args: string[]) => cliRun(['check', ...args], root);

describe('check', () => {
  it('shows every limit, and says of those that are not kept what is wrong', async () => {
    const { exitCode, output, errors } = await check('now.json', '--baseline', 'before.json');
    expect([exitCode, errors]).toEqual([1, '']);
    expect(output).toContain('9,700 objects allocated (exact)');
    expect(output).toContain('\n  Baseline: before.json · 4,850 objects\n');
    expect(output.slice(output.indexOf('Budgets'))).toBe(`\
Budgets of .allocation-budget.json (2 over, 1 not proved, 1 no match, 2 within; shares are of all objects)
              budget                  counts  baseline  objects   share   limit
  within      total                                       9,700          10,000
  over        job SyncJob                                ≈6,790  70.0 %   3,000
  over        job SyncJob                       ≈1,940   ≈6,790  70.0 %   +20 %
  not proved  app/models/**                              ≈5,820  60.0 %  55.0 %
  within      app/jobs/tick_job.rb:3  own                ≈2,910  30.0 %   5,000
  no match    Sync#perform                                    0          10.0 %

  ! Job SyncJob: ≈6,790 objects (70.0 % of all), ≈3,790 more than the budget of 3,000. Syncs run in
    512 MB.
  ! Job SyncJob: ≈6,790 objects (70.0 % of all) after ≈1,940 in the baseline, ≈4,462 more than the
    budget of 2,328 (+20 %). Syncs run in 512 MB.
  ! app/models/**: ≈5,820 objects (60.0 % of all), ≈485 more than the budget of 55.0 % of all
    (5,335), but chance alone can add up to 859 at this sampling interval: record longer, or at a
    smaller interval, to know.
  ! Sync#perform: the profile has no sample of this method, so nothing was checked: it did not run,
    has moved, or is not called what report calls it.
`);
  });

  it('passes what is within, not proved, not matched or not checked; --strict fails it', async () => {
    budgets('{ "file": "app/models/**", "share": 0.55 }');
    expect(await check('now.json')).toMatchObject({ exitCode: 0 });
    const { exitCode, output } = await check('now.json', '--strict');
    expect(exitCode).toBe(1);
    expect(output).toMatch(/\nNothing is over its limit, but --strict wants every limit checked and proved\.\n$/);
    budgets('{ "job": "SyncJob", "growth": 0 }');
    expect(await check('now.json')).toMatchObject({ exitCode: 0 });
    expect(await check('now.json', '--strict')).toMatchObject({ exitCode: 1 });
    budgets('{ "job": "NoJob", "objects": 0 }');
    expect(await check('now.json')).toMatchObject({ exitCode: 0 });
    expect(await check('now.json', '--strict')).toMatchObject({ exitCode: 1 });
    budgets('{ "job": "SyncJob", "share": 0.7 }');
    expect(await check('now.json', '--strict')).toMatchObject({ exitCode: 0 });
  });

  it('adds several profiles up, and several baselines', async () => {
    budgets('{ "job": "SyncJob", "objects": 140 }', '{ "total": true, "growth": 100 }');
    const args = ['exact.json', 'exact.json', '--baseline', 'exact.json', '--format', 'json'];
    const { checks } = JSON.parse((await check(...args)).output);
    expect(checks).toMatchObject([
      { verdict: 'within', objects: 140 },
      { verdict: 'within', objects: 200, baselineObjects: 100 },
    ]);
    budgets('{ "job": "SyncJob", "objects": 139 }', '{ "total": true, "growth": 99 }');
    expect(JSON.parse((await check(...args)).output).checks).toMatchObject([{ verdict: 'over' }, { verdict: 'over' }]);
    const both = await check('exact.json', '--baseline', 'exact.json', '--baseline', 'exact.json', '--format', 'json');
    expect(JSON.parse(both.output).checks[1]).toMatchObject({ objects: 100, baselineObjects: 200, verdict: 'within' });
  });

  it('prints JSON with everything that the text says', async () => {
    const { exitCode, output } = await check('now.json', '--baseline', 'before.json', '--format', 'json');
    expect(exitCode).toBe(1);
    const { checks, ...head } = JSON.parse(output);
    expect(head).toMatchObject({
      schema: 1,
      budget: '.allocation-budget.json',
      result: 'fail',
      strict: false,
      profile: { input: 'now.json', objects: 9700 },
      baseline: { input: 'before.json', objects: 4850 },
      mapping: { mappedFiles: 3 },
    });
    expect(checks.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      'within',
      'over',
      'over',
      'unproved',
      'within',
      'unmatched',
    ]);
    expect(checks[2]).toEqual({
      line: 3,
      subject: 'job',
      name: 'SyncJob',
      counts: 'through',
      limit: { growth: '20 %' },
      verdict: 'over',
      objects: 6790,
      share: 0.7,
      samples: 70,
      provedObjects: 6790,
      baselineObjects: 1940,
      mostObjects: 2328,
      errorObjects: 1606,
      place: { path: 'app/jobs/sync_job.rb', line: 2 },
      why: 'Syncs run in 512 MB.',
      message: expect.stringMatching(/^Job SyncJob: ≈6,790 objects/),
    });
    expect(checks[5]).toMatchObject({ verdict: 'unmatched', objects: 0, baselineObjects: null, place: null });
  });

  it('writes SARIF that its schema accepts: at the code, else at the budget', async () => {
    const { exitCode, output } = await check('now.json', '--baseline', 'before.json', '--format', 'sarif');
    expect(exitCode).toBe(1);
    expect(sarifErrors(output)).toEqual([]);
    const [run] = JSON.parse(output).runs;
    const place = ({ locations: [{ physicalLocation }] }: { locations: [{ physicalLocation: object }] }) =>
      physicalLocation;
    const uriBaseId = '%SRCROOT%';
    expect(run.results.map(place)).toEqual([
      { artifactLocation: { uri: 'app/jobs/sync_job.rb', uriBaseId }, region: { startLine: 2 } },
      { artifactLocation: { uri: 'app/jobs/sync_job.rb', uriBaseId }, region: { startLine: 2 } },
      { artifactLocation: { uri: 'app/models/account%20b.rb', uriBaseId }, region: { startLine: 2 } },
      { artifactLocation: { uri: '.allocation-budget.json', uriBaseId }, region: { startLine: 6 } },
    ]);
    expect(run.results.map(({ ruleId, level }: Record<string, string>) => [ruleId, level])).toEqual([
      ['over-budget', 'error'],
      ['over-budget', 'error'],
      ['over-budget-unproved', 'warning'],
      ['budget-unmatched', 'warning'],
    ]);
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    const strict = await check('now.json', '--format', 'sarif', '--strict');
    expect(sarifErrors(strict.output)).toEqual([]);
    expect(JSON.parse(strict.output).runs[0].results.every(({ level }: { level: string }) => level === 'error')).toBe(
      true,
    );
  });

  it('has examples that are true: the recordings of the example app and its budget', async () => {
    const example = fileURLToPath(new URL('../../examples/finance-sync', import.meta.url));
    const pages = ['cli', 'ci'].map((page) => readFileSync(new URL(`../../docs/${page}.md`, import.meta.url), 'utf8'));
    const before = 'profiles/before/stackprof_process_88444_1767225600.dump';
    const after = 'profiles/after/stackprof_process_88512_1767229200.dump';
    expect(await cliRun(['check', after], example)).toMatchObject({ exitCode: 0 });
    const { exitCode, output } = await cliRun(['check', after, '--baseline', before], example);
    expect(exitCode).toBe(0);
    const failing = await cliRun(['check', before], example);
    expect(failing.exitCode).toBe(1);
    expect(pages[0]).toContain(failing.output.slice(failing.output.indexOf('Budgets')));
    expect(pages[1]).toContain(output.slice(output.indexOf('Budgets')));
    expect(pages[1]).toContain(readFileSync(path.join(example, '.allocation-budget.json'), 'utf8'));
  });

  it('takes a budget of another place, and the default one of the root', async () => {
    put('ci/small.json', '{ "schema": 1, "budgets": [{ "total": true, "objects": 1 }] }');
    expect((await check('exact.json', '--budget', 'ci/small.json')).output).toContain(
      'Budgets of ci/small.json (1 over',
    );
    const inApp = await cliRun(['check', '../exact.json', '--root', '..'], path.join(root, 'app'));
    expect(inApp.output).toContain('Budgets of .allocation-budget.json');
  });
});

describe('bad input of check', () => {
  it.each([
    [['check'], 2, 'check needs a PROFILE to read'],
    [['check', 'now.json', '--format', 'xml'], 2, "Unknown format 'xml': use text, json or sarif"],
    [['check', 'now.json', '--lens', 'mine'], 2, 'check has no option --lens'],
    [['check', 'now.json', '--root', 'no-such'], 2, '--root no-such is not a folder'],
    [['report', 'now.json', '--strict'], 2, 'report has no option --strict'],
    [['check', 'now.json', '--budget', 'app'], 3, 'app: This is a folder: name the files in it.'],
    [
      ['check', 'now.json', '--budget', 'no.json'],
      3,
      'no.json: There is no such budget file. Write the limits into it',
    ],
    [['check', 'no.json'], 3, 'no.json: There is no such file.'],
    [['check', 'exact.json', 'no.json'], 3, 'no.json: There is no such file.'],
    [['check', 'now.json', '--baseline', 'no.json'], 3, 'no.json: There is no such file.'],
    [['check', 'wall.json'], 2, 'wall.json: A profile of mode wall does not count objects'],
    [['check', 'now.json', '--baseline', 'wall.json'], 2, 'wall.json: A profile of mode wall does not count'],
    [['check', 'now.json', '--budget', 'now.json'], 2, 'now.json: Line 1: "version" is not known here'],
  ])('%j ends with %i and one line', async (args, code, message) => {
    const { exitCode, output, errors } = await cliRun(args, root);
    expect([exitCode, output]).toEqual([code, '']);
    expect(errors).toContain(`allocation-hotspots: ${message}`);
    expect(errors.trim()).not.toContain('\n');
  });

  it('says errors of the budget as JSON too, and with safe characters', async () => {
    put('bad.json', '{ "schema": 1, "budgets": [\n{ "\\u001b[31mjob": "A", "objects": 1 }] }');
    const { errors } = await check('now.json', '--budget', 'bad.json', '--format', 'json');
    expect(JSON.parse(errors).error).toMatchObject({ code: 'budget', input: 'bad.json', offset: null });
    const text = await check('now.json', '--budget', 'bad.json');
    expect(text.errors).toContain('Line 2: "\\u001b[31mjob" is not known here');
  });

  it('refuses a file that is too large to be a budget', async () => {
    put('large.json', ' '.repeat(5_000_000));
    const { exitCode, errors } = await check('now.json', '--budget', 'large.json');
    expect([exitCode, errors]).toEqual([2, 'allocation-hotspots: large.json: No budget file has 5.00 MB\n']);
  });
});
