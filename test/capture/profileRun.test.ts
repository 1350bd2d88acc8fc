import { describe, expect, test } from 'vitest';
import { dumpOf, type ProfileTarget, profileRun, titleOf } from '../../src/capture/profileRun';

const plain = { root: '/app', hasGemfile: false, isRails: false };
const bundled = { root: '/app', hasGemfile: true, isRails: false };
const rails = { root: '/app', hasGemfile: true, isRails: true };
const options = { ruby: 'ruby', recorder: '/ext/profile.rb', folder: '/dumps', interval: 97 };
const script: ProfileTarget = { kind: 'script', file: "bin/it's", args: ['a b'] };
const spec: ProfileTarget = { kind: 'rspec', file: 'spec/a_spec.rb', line: 12 };
const unit: ProfileTarget = { kind: 'minitest', file: 'test/a_test.rb', line: 3, test: 'ATest#test_a' };
const job: ProfileTarget = { kind: 'job', code: 'SyncJob.perform_now("a\'b")' };
const rspec = ['-e', 'load Gem.bin_path("rspec-core", "rspec")', '--'];

describe('profileRun', () => {
  test.each([
    ['a script', script, plain, ["bin/it's", 'a b'], 'start'],
    ['a script of an application', script, bundled, ["bin/it's", 'a b'], 'start'],
    ['an RSpec example', spec, plain, [...rspec, 'spec/a_spec.rb:12'], 'rspec'],
    ['a whole spec', { ...spec, line: null }, plain, [...rspec, 'spec/a_spec.rb'], 'rspec'],
    ['a minitest test', unit, bundled, ['-Ilib', '-Itest', 'test/a_test.rb', '-n', 'ATest#test_a'], 'minitest'],
    ['a minitest file', { ...unit, line: null, test: null }, plain, ['-Ilib', '-Itest', 'test/a_test.rb'], 'minitest'],
    ['a test of Rails', unit, rails, ['bin/rails', 'test', 'test/a_test.rb:3'], 'minitest'],
    ['a job', job, rails, ['bin/rails', 'runner', expect.stringMatching(/^ProfileAllocations\.record /)], 'call'],
  ])('%s', (_, target, app, args, from) => {
    const run = profileRun(target, app, options);
    const bundler = app.hasGemfile ? ['-rbundler/setup'] : [];
    expect(run).toMatchObject({ program: 'ruby', args: [...bundler, '-r', '/ext/profile.rb', ...args], cwd: '/app' });
    expect(run.env).toMatchObject({ ALLOCATION_HOTSPOTS_INTERVAL: '97', ALLOCATION_HOTSPOTS_FROM: from });
    expect(run.env.BUNDLE_GEMFILE).toBe(app.hasGemfile ? '/app/Gemfile' : undefined);
  });

  test('a job is text in the environment, where no quote ends anything, and needs Rails', () => {
    expect(profileRun(job, rails, options).env).toMatchObject({
      ALLOCATION_HOTSPOTS_CODE: 'SyncJob.perform_now("a\'b")',
      DISABLE_SPRING: '1',
    });
    expect(() => profileRun(job, bundled, options)).toThrow('bin/rails');
  });

  test('a dump is called like a profile that opens by itself, whatever is profiled', () => {
    const nameOf = (target: ProfileTarget): string | undefined =>
      profileRun(target, rails, options).env.ALLOCATION_HOTSPOTS_OUT;
    expect(nameOf(spec)).toBe('/dumps/stackprof_spec-a-spec-rb-12');
    expect(nameOf({ kind: 'script', file: '日本語', args: [] })).toBe('/dumps/stackprof_run');
    expect(nameOf({ kind: 'job', code: 'x'.repeat(300) })).toBe(`/dumps/stackprof_${'x'.repeat(60)}`);
    expect(titleOf({ kind: 'job', code: ' A.perform(\n  1) ' })).toBe('A.perform( 1)');
  });
});

test('dumpOf finds the newest dump of a process', () => {
  const names = ['stackprof_a_12_99.dump', 'stackprof_a_12_100.dump', 'stackprof_a_112_200.dump'];
  expect(dumpOf(12, [...names, 'stackprof_a_12_300.dump.part'])).toBe('stackprof_a_12_100.dump');
  expect(dumpOf(2, names)).toBeNull();
});
