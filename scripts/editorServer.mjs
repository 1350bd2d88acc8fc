// Starts and stops a browser-hosted VS Code on 127.0.0.1 with folders of its own: nothing of the user's set-up is read or
// written, nothing is looked up on the network.
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { freePort, run, until } from './run.mjs';

/** Quiet defaults: no welcome page, no update, no git, no experiments. Written once; VS Code rewrites its own copy. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'window.commandCenter': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Default Dark Modern',
};

/**
 * Setting for editors that open a dump while they start: a file that is opened before VS Code has read what extensions
 * offer would open as text the first time; for files with an association it waits.
 */
export const profileAssociation = {
  'workbench.editorAssociations': { '*stackprof*.dump': 'allocationHotspots.profile' },
};

/**
 * @typedef {object} EditorServer
 * @property {string} url `http://localhost:PORT`: localhost is a secure context, which webviews need.
 * @property {string} logFile What the server printed.
 * @property {string} logs Folder of VS Code's own logs.
 * @property {string} workspace
 * @property {() => Promise<void>} stop
 */

/**
 * @param {object} options
 * @param {import('./runtime.mjs').Runtime} options.runtime
 * @param {string} options.dataFolder For everything this editor writes.
 * @param {readonly string[]} options.extensions VSIX files to install.
 * @param {string} options.workspace Folder that `/` opens.
 * @param {Readonly<Record<string, unknown>>} [options.settings]
 * @returns {Promise<EditorServer>}
 */
export async function startEditorServer({ runtime, dataFolder, extensions, workspace, settings = {} }) {
  const user = path.join(dataFolder, 'user');
  const settingsFile = path.join(user, 'User/settings.json');
  const logFile = path.join(dataFolder, 'server.log');
  await mkdir(path.dirname(settingsFile), { recursive: true });
  await writeFile(settingsFile, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  const port = await freePort();
  await writeFile(path.join(dataFolder, 'config.yaml'), `bind-addr: 127.0.0.1:${port}\nauth: none\ncert: false\n`);
  const places = [
    runtime.codeServer,
    ...['--config', path.join(dataFolder, 'config.yaml')],
    ...['--user-data-dir', user],
    ...['--extensions-dir', path.join(dataFolder, 'extensions')],
  ];
  const env = environment(dataFolder);
  for (const vsix of extensions) await run(runtime.node, [...places, '--install-extension', vsix, '--force'], { env });

  const log = openSync(logFile, 'a');
  const server = spawn(runtime.node, [...places, ...serverFlags(runtime, port)], { env, stdio: ['ignore', log, log] });
  closeSync(log);
  const ended = new Promise((resolve) => server.once('close', resolve));
  const stop = async () => {
    server.kill('SIGTERM');
    const late = setTimeout(() => server.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(late);
  };
  // A stopped script must not leave the server behind.
  process.once('exit', () => server.kill('SIGTERM'));
  try {
    await until(
      async () => {
        if (server.exitCode !== null) throw new Error(await readFile(logFile, 'utf8'));
        return (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null))?.ok;
      },
      { what: 'VS Code answers', withinMs: 60_000 },
    );
  } catch (error) {
    await stop();
    throw new Error(`VS Code did not start: ${error instanceof Error ? error.message : error}`);
  }
  return { url: `http://localhost:${port}`, logFile, logs: path.join(user, 'logs'), workspace, stop };
}

/**
 * Address that opens a folder, and files in it.
 * @param {EditorServer} server
 * @param {readonly string[]} [files] Absolute paths.
 */
export function editorAddress({ url, workspace }, files = []) {
  const host = new URL(url).host;
  const payload = JSON.stringify(files.map((file) => ['openFile', `vscode-remote://${host}${file}`]));
  const opened = files.length === 0 ? '' : `&payload=${encodeURIComponent(payload)}`;
  return `${url}/?folder=${encodeURIComponent(workspace)}${opened}`;
}

/**
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {number} port
 */
function serverFlags(runtime, port) {
  const flags = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check'];
  flags.push('--disable-workspace-trust', '--disable-getting-started-override');
  // Else the extension host of a closed page lives on for hours. VS Code 1.93 does not know the flag.
  if (Number(runtime.version.split('.')[1]) > 93) flags.push('--reconnection-grace-time', '5');
  return flags;
}

/** @param {string} dataFolder @returns {NodeJS.ProcessEnv} */
function environment(dataFolder) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|VSCODE_|ELECTRON_|NODE_OPTIONS)/.test(name));
  return {
    ...Object.fromEntries(kept),
    XDG_CONFIG_HOME: path.join(dataFolder, 'xdg/config'),
    XDG_DATA_HOME: path.join(dataFolder, 'xdg/data'),
    XDG_CACHE_HOME: path.join(dataFolder, 'xdg/cache'),
    // No gallery: nothing is looked up.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
}
