// Runs the tests of test/kit/: the capture kit in Ruby, against fakes and in real workers of Sidekiq 6, 7 and 8 with a Redis of their own.
//
//   node scripts/kitTests.mjs
//
// Wants Ruby, Redis and what compiles StackProf; takes them from Debian through apt-get where that works without a password, and the
// gems from RubyGems: once, into the folder of the runtime. Exit code 1 when a test fails, or they cannot be had.
import path from 'node:path';
import process from 'node:process';
import { findProgram, inRepository, isMain, run, say } from './run.mjs';
import { aptInstall, installOnce } from './runtime.mjs';

/** @returns {Promise<{ passed: number, failed: number }>} */
export async function runKitTests() {
  const ruby = await prepareRuby();
  const gems = await prepareKitGems(ruby);
  say(`The kit in Ruby ${ruby}, Sidekiq ${[...sidekiqs.keys()].join(', ')}`);
  const common = path.join(gems, 'common');
  const env = { ...process.env, KIT_GEMS: gems, GEM_HOME: common, GEM_PATH: common };
  const { output } = await run('ruby', ['-w', inRepository('test/kit/all.rb')], { env, mayFail: true });
  console.log(output.trimEnd());
  // A run that stopped before its end has no such line.
  const [, tests, failures, errors, skips] =
    /^(\d+) runs, \d+ assertions, (\d+) failures, (\d+) errors, (\d+) skips/m.exec(output) ?? [];
  if (tests === undefined || tests === '0') return { passed: 0, failed: 1 };
  const failed = Number(failures) + Number(errors) + Number(skips);
  return { passed: Number(tests) - failed, failed };
}

/** The gems of each version of Sidekiq. The newest is installed without asking which Ruby it wants: see test/kit/real_worker.rb. */
const sidekiqs = new Map([
  ['6.5', ['sidekiq:6.5.12', 'redis:4.8.1', 'connection_pool:2.5.5']],
  ['7.3', ['sidekiq:7.3.10', 'connection_pool:2.5.5']],
  ['8.0', ['redis-client:0.31.0', 'connection_pool:2.5.5', 'rack:3.2.3', 'json:2.13.2', 'logger:1.7.0']],
]);
const newest = { folder: '8.0', gem: 'sidekiq', version: '8.0.8' };

/**
 * A folder with gems: `common` (StackProf, and a parser with the grammar of Ruby 2.7), `sidekiq-6.5` and so on.
 * @param {string} ruby
 * @returns {Promise<string>}
 */
export function prepareKitGems(ruby) {
  return installOnce(`kit-gems-ruby-${ruby}`, async (target) => {
    say('Installing Sidekiq 6, 7 and 8 and StackProf from RubyGems: once, about 30 seconds, 20 MB');
    await gemInstall(path.join(target, 'common'), ['stackprof:0.2.28', 'parser:3.3.9.0', 'minitest:5.25.5']);
    for (const [version, gems] of sidekiqs) await gemInstall(path.join(target, `sidekiq-${version}`), gems);
    await run('gem', ['fetch', newest.gem, '--version', newest.version], { cwd: target });
    await gemInstall(path.join(target, `sidekiq-${newest.folder}`), [
      ...['--local', '--force', '--ignore-dependencies'],
      path.join(target, `${newest.gem}-${newest.version}.gem`),
    ]);
  });
}

/** @param {string} folder @param {readonly string[]} args */
async function gemInstall(folder, args) {
  await run('gem', ['install', '--quiet', '--no-document', '--install-dir', folder, ...args]);
}

const packages = ['ruby', 'ruby-dev', 'redis-server', 'gcc', 'make'];

/** The version of the Ruby that is there, installed when it is not. @returns {Promise<string>} */
export async function prepareRuby() {
  const found = await version();
  if (found !== null) return found;
  if (await aptInstall('Ruby and Redis', '30 seconds, 100 MB', packages)) {
    const installed = await version();
    if (installed !== null) return installed;
  }
  throw new Error(
    `The capture kit is tested with Ruby 2.7 or newer, its headers, Redis and a C compiler (Debian: sudo apt-get install ${packages.join(' ')}).`,
  );
}

/** `3.1.2`; null when a program or a header is missing. @returns {Promise<string | null>} */
async function version() {
  if (['gem', 'redis-server', 'make', 'gcc'].some((name) => findProgram(name) === null)) return null;
  const script = 'exit 1 unless File.exist?(File.join(RbConfig::CONFIG["rubyhdrdir"], "ruby.h")); print RUBY_VERSION';
  const { code, output } = await run('ruby', ['-e', script], { mayFail: true });
  return code === 0 ? output : null;
}

if (isMain('kitTests.mjs')) {
  const { passed, failed } = await runKitTests().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
