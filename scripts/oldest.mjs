// Runs the journeys against the oldest VS Code that npm has for `engines.vscode` and a Node of its time: 1.93 on Node 20
// (code-server has no 1.91 or 1.92). A minute to install, then as long as the end-to-end tier, so it is no part of `npm test`: run it before a release and
// after raising the client library.
//
//   node scripts/oldest.mjs [--only NAME]
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { runEndToEnd } from './e2e.mjs';
import { npmInstall, say } from './run.mjs';
import { buildNative, installOnce, minor, prepareEditor, prepareNode } from './runtime.mjs';

const codeServerVersion = '4.93.1';
const nodeVersion = '20.20.2';

/** @returns {Promise<import('./runtime.mjs').Runtime>} */
async function prepareOldest() {
  const node = await prepareNode(nodeVersion);
  const folder = await installOnce(`code-server-${codeServerVersion}`, async (target) => {
    say(
      `Installing VS Code 1.${minor(codeServerVersion)} (code-server ${codeServerVersion}) from npm: once, about a minute, 350 MB`,
    );
    await npmInstall(node, target, [`code-server@${codeServerVersion}`]);
    const vscode = path.join(target, 'node_modules/code-server/lib/vscode');
    // Peers that were never published together.
    const options = ['--omit=dev', '--legacy-peer-deps'];
    await npmInstall(node, vscode, options);
    await npmInstall(node, path.join(vscode, 'extensions'), options);
    // Without prebuilt files in their packages: password hashes, file watching, logs.
    const argon2 = path.join(target, 'node_modules/argon2');
    const binding = path.join(argon2, 'lib/binding/napi-v3');
    await compile(node, argon2, { module_name: 'argon2', module_path: binding, napi_build_version: '3' });
    await compile(node, path.join(vscode, 'node_modules/@parcel/watcher'));
    await compile(node, path.join(vscode, 'node_modules/@vscode/spdlog'));
    await borrowRipgrep(path.join(vscode, 'node_modules/@vscode/ripgrep/bin'));
  });
  return {
    node,
    codeServer: path.join(folder, 'node_modules/code-server/out/node/entry.js'),
    version: `1.${minor(codeServerVersion)}`,
  };
}

/** @param {string} node @param {string} folder @param {Readonly<Record<string, string>>} [variables] */
async function compile(node, folder, variables) {
  const name = path.basename(folder);
  say(`Compiling ${name}`);
  const reason = await buildNative(node, folder, variables);
  if (reason !== null) throw new Error(`${name} could not be compiled: ${reason}`);
}

/** Its install script would download a binary from elsewhere; the newer editor has one in its package. @param {string} folder */
async function borrowRipgrep(folder) {
  const { codeServer } = await prepareEditor();
  const packages = path.resolve(codeServer, '../../../lib/vscode/node_modules/@vscode');
  await mkdir(folder, { recursive: true });
  await copyFile(path.join(packages, `ripgrep-universal/bin/linux-${process.arch}/rg`), path.join(folder, 'rg'));
}

const at = process.argv.indexOf('--only');
const only = at < 0 ? '' : (process.argv[at + 1] ?? '');
// The demo never runs there, and 1.93 opens files that come with the address before it knows their editors.
const { passed, failed } = await runEndToEnd({ runtime: await prepareOldest(), only, except: 'demo' });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
