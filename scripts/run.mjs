// Small helpers for the scripts: child processes, npm, free ports, the folders of this repository.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const repository = folderWithManifest(path.dirname(fileURLToPath(import.meta.url)));

/** Inside the repository, whatever the current folder is. @param {string[]} parts */
export const inRepository = (...parts) => path.join(repository, ...parts);

/**
 * Runs a program to its end and answers its output. With `show`, output goes to the terminal instead (and is '' here).
 * Rejects on a non-zero exit code, with the end of what the program said, unless `mayFail`.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, mayFail?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, { cwd = repository, env = process.env, show = false, mayFail = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    let output = '';
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk;
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', (error) => (mayFail ? resolve({ code: 127, output: error.message }) : reject(error)));
    child.on('close', (status) => {
      const code = status ?? 1;
      if (code === 0 || mayFail) resolve({ code, output });
      else reject(new Error(`${path.basename(program)} ${args.join(' ')} ended with ${code}\n${output.slice(-4000)}`));
    });
  });
}

/** This module is also bundled into benchmarks, which lie deeper than it does. @param {string} folder @returns {string} */
function folderWithManifest(folder) {
  return existsSync(path.join(folder, 'package.json')) ? folder : folderWithManifest(path.dirname(folder));
}

/** Full path of a program on PATH, or null. @param {string} name @returns {string | null} */
export function findProgram(name) {
  const suffixes = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const suffix of suffixes) {
      const file = path.join(folder, name + suffix);
      if (folder !== '' && existsSync(file)) return file;
    }
  }
  return null;
}

/** npm's own folder (it holds npm-cli.js and the node-gyp that npm would use), or null. @returns {string | null} */
export function npmFolder() {
  const program = findProgram('npm');
  const entries = [process.env.npm_execpath, program === null ? undefined : realpathSync(program)];
  for (const entry of entries) {
    if (entry !== undefined && path.basename(entry) === 'npm-cli.js') return path.resolve(path.dirname(entry), '..');
  }
  return null;
}

/**
 * Installs packages into `folder` with the user's own npm and npm settings, without running install scripts. The
 * variables that `npm run` sets about *this* package are taken out: they would point npm here.
 * @param {string} node Node that runs npm.
 * @param {string} folder
 * @param {readonly string[]} args
 */
export async function npmInstall(node, folder, args) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(package|lifecycle)_|^npm_config_(local_prefix|omit_lockfile)|^INIT_CWD$/.test(name),
    ),
  );
  env.PATH = `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`;
  const options = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...args];
  const npm = npmFolder();
  if (npm === null) await run('npm', options, { cwd: folder, env });
  else await run(node, [path.join(npm, 'bin', 'npm-cli.js'), ...options], { cwd: folder, env });
}

/** A port on 127.0.0.1 that nobody listens on now. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/**
 * Polls until `check` answers something other than null, undefined or false; throws `what` after the deadline.
 * @template T
 * @param {() => T | Promise<T>} check
 * @param {{ what: string, withinMs: number, everyMs?: number }} options
 * @returns {Promise<NonNullable<Exclude<T, false>>>}
 */
export async function until(check, { what, withinMs, everyMs = 100 }) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await check();
    if (answer !== null && answer !== undefined && answer !== false) {
      return /** @type {NonNullable<Exclude<T, false>>} */ (answer);
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** True when the script of this name is the program that was started. Bundles hold several: their address says nothing. @param {string} name */
export function isMain(name) {
  return path.basename(process.argv[1] ?? '') === name;
}

/** Prints what is going on, marked as ours among the output of tools. @param {string} text */
export function say(text) {
  console.log(`· ${text}`);
}
