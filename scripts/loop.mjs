// The whole loop, for real: a Sidekiq worker of the example app is recorded, its quick fixes are applied in VS Code, and it
// is recorded again. With its own PostgreSQL and Redis, which stop when it ends.
//
//   node scripts/loop.mjs [--no-package]
//
// Wants Ruby, Bundler, PostgreSQL and Redis; takes them from Debian through apt-get where that works without a password, and the
// app's gems from RubyGems: once, into the folder of the runtime. Exit code 1 when a step fails, or they cannot be had.
// Promised and measured, fix by fix and line by line: test-results/loop/loop.md.
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { runEndToEnd } from './e2e.mjs';
import { findProgram, inRepository, isMain, run, say } from './run.mjs';
import { aptInstall, installOnce } from './runtime.mjs';

/** @param {{ pack?: boolean }} [options] @returns {Promise<{ passed: number, failed: number }>} */
export async function runLoop({ pack = true } = {}) {
  const ruby = await prepareRuby();
  const gems = await prepareGems(ruby);
  const folder = await mkdtemp(path.join(tmpdir(), 'allocation-hotspots-loop-'));
  try {
    const workspace = path.join(folder, 'finance-sync');
    await cp(inRepository('examples/finance-sync'), workspace, { recursive: true });
    await cp(path.join(gems, 'Gemfile.lock'), path.join(workspace, 'Gemfile.lock'));
    await mkdir(path.join(workspace, '.bundle'), { recursive: true });
    await writeFile(path.join(workspace, '.bundle/config'), `---\nBUNDLE_PATH: ${JSON.stringify(gems)}\n`);
    return await runEndToEnd({ tier: 'loop', workspace, pack });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const packages = [
  ...['ruby', 'ruby-dev', 'bundler', 'postgresql', 'redis-server'],
  // What the gems with C are built with.
  ...['gcc', 'g++', 'make', 'patch', 'xz-utils', 'pkg-config'],
  ...['libyaml-dev', 'libpq-dev', 'libxml2-dev', 'libxslt1-dev', 'zlib1g-dev'],
];

/** Versions of what runs the app, installed when it is not there yet. @returns {Promise<string>} */
async function prepareRuby() {
  const found = await version();
  if (found !== null) return found;
  if (await aptInstall('Ruby, PostgreSQL and Redis', '1 minute, 400 MB', packages)) {
    const installed = await version();
    if (installed !== null) return installed;
  }
  throw new Error(
    `The example app needs Ruby, Bundler, PostgreSQL, Redis and what builds its gems (Debian: sudo apt-get install ${packages.join(' ')}).`,
  );
}

/** `3.1.2`; null when a program or a header is missing. @returns {Promise<string | null>} */
async function version() {
  const programs = ['bundle', 'redis-server', 'pg_config', 'make', 'gcc', 'g++', 'pkg-config'];
  if (programs.some((name) => findProgram(name) === null)) return null;
  const script =
    'exit 1 unless File.exist?(File.join(RbConfig::CONFIG["rubyhdrdir"], "ruby.h")); ' +
    'exit 1 if Dir.glob("/usr/lib/postgresql/*/bin/initdb").empty? && !system("which initdb > /dev/null"); ' +
    'exit 1 unless system("pkg-config --exists libxml-2.0 libxslt yaml-0.1 libpq"); print RUBY_VERSION';
  const { code, output } = await run('ruby', ['-e', script], { mayFail: true });
  return code === 0 ? output : null;
}

/** A folder with the gems of the example app and its Gemfile.lock. @param {string} ruby @returns {Promise<string>} */
function prepareGems(ruby) {
  return installOnce(`example-gems-ruby-${ruby}`, async (target) => {
    say('Installing the gems of the example app from RubyGems: once, about 3 minutes, 200 MB');
    await cp(inRepository('examples/finance-sync/Gemfile'), path.join(target, 'Gemfile'));
    const env = {
      ...process.env,
      BUNDLE_PATH: target,
      // As Debian's libraries are there, 3 minutes of compiling others are saved.
      BUNDLE_BUILD__NOKOGIRI: '--use-system-libraries',
      // The Gemfile asks which database it is for.
      DATABASE_URL: 'postgres://127.0.0.1',
    };
    await run('bundle', ['install', '--jobs', '2', '--retry', '3'], { cwd: target, env });
    if (!existsSync(path.join(target, 'Gemfile.lock'))) throw new Error('bundle install wrote no Gemfile.lock');
  });
}

if (isMain('loop.mjs')) {
  const { passed, failed } = await runLoop({ pack: !process.argv.includes('--no-package') });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
