import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CliRun, cliRun } from '../support/cliRun';

const fixture = path.resolve(__dirname, '../fixtures/detector-cases/merge-loop-hash');
const only = ['malloc-arena', 'stackprof-group', 'round-interval'].flatMap((id) => ['--only', id]);
const image = 'FROM ruby:3.3\nCMD ["bundle", "exec", "sidekiq"]\n';

let app = '';
beforeEach(() => {
  app = mkdtempSync(path.join(tmpdir(), 'hotspots-configuration-'));
  put('before.rb', readFileSync(path.join(fixture, 'before.rb'), 'utf8'));
  put('Gemfile', 'gem "sidekiq"\ngem "stackprof", group: :development\n');
  put('Dockerfile', image);
  put('lib/recording.rb', 'StackProf.start(mode: :object, interval: 1000)\n');
});
afterEach(() => rmSync(app, { recursive: true, force: true }));

function put(place: string, text: string): void {
  mkdirSync(path.dirname(path.join(app, place)), { recursive: true });
  writeFileSync(path.join(app, place), text);
}
const fine = async (...args: string[]): Promise<CliRun> => {
  const run = await cliRun(args, app);
  expect([run.exitCode, run.errors]).toEqual([0, '']);
  return run;
};
const report = (...args: string[]): Promise<CliRun> =>
  fine('report', path.join(fixture, 'profile.json.gz'), '--path-map', `/app=${app}`, ...args);

it('is in a report, behind the hot lines', async () => {
  const { findings } = JSON.parse((await report('--format', 'json')).output);
  expect(findings.slice(1)).toEqual([
    expect.objectContaining({
      ...{
        id: 'malloc-arena',
        file: 'Dockerfile',
        line: 2,
        share: null,
        objects: null,
        gain: 'peak',
        safety: 'review',
      },
      ...{ savedObjects: null, fix: expect.objectContaining({ title: expect.stringContaining('MALLOC_ARENA_MAX') }) },
    }),
    expect.objectContaining({ id: 'stackprof-group', file: 'Gemfile', line: 2, gain: 'peak' }),
    expect.objectContaining({ id: 'round-interval', file: 'lib/recording.rb', line: 1, objects: null }),
  ]);
  expect((await report()).output).toMatch(/\n +Dockerfile:2 +malloc-arena +review +saves no objects\n/);
});

it('is not in the report of a profile from elsewhere', async () => {
  rmSync(path.join(app, 'before.rb'));
  const { findings } = JSON.parse((await report('--format', 'json')).output);
  expect(findings).toEqual([]);
});

it('is suggested for its files, with or without a profile', async () => {
  const files = ['Dockerfile', 'lib/recording.rb', 'Gemfile'];
  for (const how of [
    ['--hot', 'all'],
    ['--profile', path.join(fixture, 'profile.json.gz')],
  ]) {
    const { findings, problems } = JSON.parse(
      (await fine('suggest', ...files, ...how, ...only, '--format', 'json')).output,
    );
    expect(findings.map(({ id, file }: { id: string; file: string }) => [id, file])).toEqual([
      ['malloc-arena', 'Dockerfile'],
      ['round-interval', 'lib/recording.rb'],
      ['stackprof-group', 'Gemfile'],
    ]);
    expect(problems.filter(({ file }: { file: string }) => file === 'Dockerfile')).toEqual([]);
  }
});

it('is applied, and then said no more', async () => {
  await fine('suggest', 'Dockerfile', 'Gemfile', '--hot', 'all', ...only, '--apply', 'review');
  const now = [readFileSync(path.join(app, 'Dockerfile'), 'utf8'), readFileSync(path.join(app, 'Gemfile'), 'utf8')];
  expect(now).toEqual([
    'FROM ruby:3.3\nENV MALLOC_ARENA_MAX=2\nCMD ["bundle", "exec", "sidekiq"]\n',
    'gem "sidekiq"\ngem "stackprof"\n',
  ]);
  const again = await fine('suggest', 'Dockerfile', 'Gemfile', '--hot', 'all', ...only, '--format', 'json');
  expect(JSON.parse(again.output).findings).toEqual([]);
});

it('is a rule of SARIF, which names the other places', async () => {
  put('Procfile', 'worker: bundle exec sidekiq\n');
  const { output } = await fine('suggest', 'Dockerfile', '--hot', 'all', '--format', 'sarif', '--only', 'malloc-arena');
  const [run] = JSON.parse(output).runs;
  const [result] = run.results;
  expect(run.tool.driver.rules[result.ruleIndex].id).toBe('malloc-arena');
  expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('Dockerfile');
  expect(result.relatedLocations[0].physicalLocation.artifactLocation).toEqual({
    uri: 'Procfile',
    uriBaseId: '%SRCROOT%',
  });
});
