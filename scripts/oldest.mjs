// Runs the journeys against the oldest VS Code that npm has for `engines.vscode` and a Node of its time: 1.93 on Node 20
// (code-server has no 1.91 or 1.92). About 5 minutes the first time, so it is no part of `npm test`: run it before a release and
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
      `Installing VS Code 1.${minor(codeServerVersion)} (code-server ${codeServerVersion}) from npm: once, about 3 minutes, 350 MB`,
    );
    await npmInstall(node, target, [`code-server@${codeServerVersion}`]);
    const vscode = path.join(target, 'node_modules/code-server/lib/vscode');
    // Peers that were never published together.
    const options = ['--omit=dev', '--legacy-peer-deps'];
    await npmInstall(node, vscode, options);
    await npmInstall(node, path.join(vscode, 'extensions'), options);
    // Without prebuilt files in their packages: password hashes, file watching, logs.
    for (const module of [
      'node_modules/argon2',
      `${vscode}/node_modules/@parcel/watcher`,
      `${vscode}/node_modules/@vscode/spdlog`,
    ]) {
      say(`Compiling ${path.basename(module)}`);
      const reason = await buildNative(node, path.resolve(target, module));
      if (reason !== null) throw new Error(`${module} could not be compiled: ${reason}`);
    }
    await borrowRipgrep(path.join(vscode, 'node_modules/@vscode/ripgrep/bin'));
  });
  return {
    node,
    codeServer: path.join(folder, 'node_modules/code-server/out/node/entry.js'),
    version: `1.${minor(codeServerVersion)}`,
  };
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
const { passed, failed } = await runEndToEnd({ runtime: await prepareOldest(), only });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
