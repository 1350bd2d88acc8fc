// Prepares the editor that the demo and the end-to-end tests run in: a real VS Code (code-server, from npm), the Node it
// wants (from npm too), and Chromium (the machine's own, or through apt-get). Quick when everything is there.
//
//   node scripts/runtime.mjs
//
// Everything lands in `.runtime/`, or in the folder ALLOCATION_HOTSPOTS_RUNTIME names (to share it among clones).
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { findProgram, inRepository, isMain, npmFolder, npmInstall, run, say } from './run.mjs';

/** code-server 4.X.y carries VS Code 1.X and runs on exactly one major version of Node. */
const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';

/**
 * @typedef {object} Runtime
 * @property {string} node Node that runs the server.
 * @property {string} codeServer Its entry script.
 * @property {string} version VS Code's version.
 */

/** @returns {string} */
export function runtimeFolder() {
  const chosen = process.env.ALLOCATION_HOTSPOTS_RUNTIME;
  return chosen === undefined || chosen === '' ? inRepository('.runtime') : path.resolve(chosen);
}

/** The browser-hosted VS Code, installed when it is not there yet. @returns {Promise<Runtime>} */
export async function prepareEditor() {
  const node = await prepareNode(nodeVersion);
  const folder = await installOnce(`code-server-${codeServerVersion}`, async (target) => {
    say(
      `Installing VS Code 1.${minor(codeServerVersion)} (code-server ${codeServerVersion}) from npm: once, about 2 minutes, 650 MB`,
    );
    await npmInstall(node, target, [`code-server@${codeServerVersion}`]);
    const vscode = path.join(target, 'node_modules/code-server/lib/vscode');
    // Its own install script would do this, and compile modules that only other features need.
    await npmInstall(node, vscode, ['--omit=dev']);
    await npmInstall(node, path.join(vscode, 'extensions'), ['--omit=dev']);
    await buildLogger(node, path.join(vscode, 'node_modules/@vscode/spdlog'));
  });
  return {
    node,
    codeServer: path.join(folder, 'node_modules/code-server/out/node/entry.js'),
    version: `1.${minor(codeServerVersion)}`,
  };
}

/**
 * A Chromium for the end-to-end tests: the one CHROMIUM names, one on PATH, or Debian's through apt-get where that is
 * allowed without a password. Throws one line that says what to install otherwise.
 * @returns {Promise<string>}
 */
export async function prepareChromium() {
  const found = findChromium();
  if (found !== null) return found;
  if (await aptInstall('Chromium', '30 seconds, 400 MB', ['chromium', 'fonts-dejavu-core'])) {
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  throw new Error('No Chromium here: install it (Debian: sudo apt-get install chromium), or set CHROMIUM to its path.');
}

/** @returns {string | null} */
function findChromium() {
  const named = process.env.CHROMIUM;
  if (named !== undefined && named !== '') return named;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    const program = findProgram(name);
    if (program !== null) return program;
  }
  return null;
}

/**
 * Installs Debian's packages where that is allowed without a password.
 * @param {string} what
 * @param {string} cost
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} False where it is not.
 */
export async function aptInstall(what, cost, packages) {
  const isRoot = process.getuid?.() === 0;
  const may =
    findProgram('apt-get') !== null && (isRoot || (await run('sudo', ['-n', 'true'], { mayFail: true })).code === 0);
  if (!may) return false;
  say(`Installing ${what} through apt-get: once, about ${cost}`);
  await aptGet(['update', '-qq']);
  await aptGet(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
  return true;
}

/** @param {string[]} args */
async function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (process.getuid?.() === 0) await run('apt-get', args, { env });
  else await run('sudo', ['-n', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args]);
}

/** Node for a server: ours when its major version fits, else one from npm. @param {string} version @returns {Promise<string>} */
export async function prepareNode(version) {
  const wanted = version.split('.')[0];
  if (process.versions.node.startsWith(`${wanted}.`)) return process.execPath;
  if (process.platform !== 'linux') throw new Error(`Run this with Node ${wanted}: VS Code's server needs it here.`);
  const packageName = `node-linux-${process.arch}`;
  const folder = await installOnce(`node-${version}-${process.arch}`, async (target) => {
    say(`Installing Node ${version} for it from npm: once, about 10 seconds, 190 MB`);
    await npmInstall(process.execPath, target, [`${packageName}@${version}`]);
  });
  return path.join(folder, 'node_modules', packageName, 'bin/node');
}

/**
 * A folder of the runtime, made by `install` the first time. It is filled under another name and renamed at the end, so
 * a stopped or a second, simultaneous install leaves no half-filled folder behind.
 * @param {string} name
 * @param {(target: string) => Promise<void>} install
 * @returns {Promise<string>}
 */
export async function installOnce(name, install) {
  const folder = path.join(runtimeFolder(), name);
  const stamp = path.join(folder, 'installed.json');
  if (existsSync(stamp)) {
    const { on } = /** @type {{ on: unknown }} */ (JSON.parse(await readFile(stamp, 'utf8')));
    if (on === platform()) return folder;
  }
  await mkdir(runtimeFolder(), { recursive: true });
  const target = await mkdtemp(path.join(runtimeFolder(), `.${name}-`));
  try {
    await writeFile(path.join(target, 'package.json'), '{ "private": true }\n');
    await install(target);
    await writeFile(path.join(target, 'installed.json'), `${JSON.stringify({ on: platform() })}\n`);
    if (!existsSync(stamp)) {
      await rm(folder, { recursive: true, force: true });
      await rename(target, folder);
    }
  } finally {
    await rm(target, { recursive: true, force: true });
  }
  return folder;
}

const platform = () => `${process.platform}-${process.arch}`;

/** `4.139.1` -> `139`. @param {string} version */
export const minor = (version) => version.split('.')[1] ?? '';

/**
 * The one native module that is missed: without it VS Code writes no log files and the Output panel stays empty.
 * @param {string} node
 * @param {string} folder
 */
async function buildLogger(node, folder) {
  say("Compiling VS Code's logger: about 40 seconds");
  const reason = await buildNative(node, folder);
  if (reason !== null)
    say(`NOT built: VS Code's logger (${reason}). All works but its log files and the Output panel.`);
}

/**
 * Compiles a native module with node-gyp itself, since npm may be set to run no install scripts.
 * @param {string} node The headers come with it: the npm package has them, and so has an installation of Node.
 * @param {string} folder Has a binding.gyp.
 * @param {Readonly<Record<string, string>>} [variables] For its gyp file.
 * @returns {Promise<string | null>} Why it could not be built, or null.
 */
export async function buildNative(node, folder, variables = {}) {
  const missing = ['g++', 'make', 'python3'].filter((name) => findProgram(name) === null);
  if (missing.length > 0) return `no ${missing.join(', ')}`;
  const npm = npmFolder();
  const nodeGyp =
    process.env.npm_config_node_gyp ?? (npm === null ? '' : path.join(npm, 'node_modules/node-gyp/bin/node-gyp.js'));
  if (!existsSync(nodeGyp)) return 'no node-gyp beside npm';
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` };
  const headers = path.resolve(path.dirname(node), '..');
  const options = Object.entries(variables).map(([name, value]) => `--${name}=${value}`);
  const call = [nodeGyp, 'rebuild', `--nodedir=${headers}`, ...options];
  const built = await run(node, call, { cwd: folder, env, mayFail: true });
  return built.code === 0 ? null : built.output.slice(-1500);
}

if (isMain('runtime.mjs')) {
  const editor = await prepareEditor();
  say(`VS Code ${editor.version}: ${editor.codeServer}`);
  say(`Chromium: ${await prepareChromium()}`);
}
