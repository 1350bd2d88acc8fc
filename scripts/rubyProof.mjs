// Runs the tests of test/rubyProof/: what the fixers write, compiled and run by a real Ruby before and after.
//
//   node scripts/rubyProof.mjs
//
// Wants Ruby with Active Record and SQLite; takes them from Debian through apt-get where that works without a password.
// Exit code 1 when a test fails, or Ruby cannot be had. Estimates next to measurements: test-results/ruby/savings.md.
import process from 'node:process';
import { inRepository, isMain, run, say } from './run.mjs';
import { aptInstall } from './runtime.mjs';
import { runVitest } from './vitest.mjs';

/** @returns {Promise<{ passed: number, failed: number }>} */
export async function runRubyProof() {
  say(`Proof by ${await prepareRuby()}`);
  return runVitest('ruby', ['--config', inRepository('vitest.ruby.config.mts')]);
}

/**
 * The Ruby on PATH, or the one RUBY names, installed with what the cases need when it is not there. Throws one line that says
 * what to install otherwise.
 * @returns {Promise<string>} Its versions.
 */
async function prepareRuby() {
  const found = await rubyVersions();
  if (found !== null) return found;
  const packages = ['ruby', 'ruby-activerecord', 'ruby-sqlite3'];
  if (!process.env.RUBY && (await aptInstall('Ruby', '10 seconds, 60 MB', packages))) {
    const installed = await rubyVersions();
    if (installed !== null) return installed;
  }
  throw new Error(
    'No Ruby here that can run the cases: install Ruby 3.1 or newer with the gems activerecord, sqlite3, bigdecimal and csv ' +
      `(Debian: sudo apt-get install ${packages.join(' ')}), or set RUBY to its path. It has to be able to fork: not on Windows.`,
  );
}

/** `Ruby 3.1.2, Active Record 6.1.7.10`; null when something is missing. @returns {Promise<string | null>} */
async function rubyVersions() {
  const script =
    'require "logger"; require "bigdecimal"; require "csv"; require "active_record"; require "sqlite3"; fork { exit! }; Process.wait; ' +
    'puts "Ruby #{RUBY_VERSION}, Active Record #{ActiveRecord.version}"';
  const { code, output } = await run(process.env.RUBY || 'ruby', ['-W0', '-e', script], { mayFail: true });
  return code === 0 ? output.trim() : null;
}

if (isMain('rubyProof.mjs')) {
  const { passed, failed } = await runRubyProof().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
