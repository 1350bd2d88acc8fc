// The main job, from a fresh clone: builds and packs the extension, prints what a recorded profile of the example app
// says, and opens both in a real VS Code.
//
//   npm run demo [-- --terminal | --browser | --once] [-- --no-open]
//
// --terminal  the report only (the default without a display and without a terminal to type Ctrl-C in)
// --browser   a browser-hosted VS Code even where `code` is installed
// --once      start that VS Code, see that it answers, stop it (the default with CI=true)
// --no-open   print the address, open no browser
import { spawn } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { editorAddress, profileAssociation, startEditorServer } from './editorServer.mjs';
import { packageExtension } from './package.mjs';
import { findProgram, inRepository, run, say } from './run.mjs';
import { prepareEditor, runtimeFolder } from './runtime.mjs';

/** Recorded from the example app; see examples/finance-sync/README.md. */
const profile = 'profiles/before/stackprof_process_88444_1767225600.dump';

const flags = new Set(process.argv.slice(2));
const display = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const once = flags.has('--once') || Boolean(process.env.CI);
const asked = once || flags.has('--browser');
const terminalOnly = flags.has('--terminal') || (!asked && !display && !process.stdin.isTTY);

const vsix = await packageExtension();
await report();
if (!terminalOnly) {
  const code = desktopEditor();
  if (code !== null && !asked) await openDesktop(code);
  else await openBrowser();
}

async function report() {
  const app = inRepository('examples/finance-sync');
  say('allocation-hotspots report (the same figures, in the terminal):\n');
  await run(
    process.execPath,
    [inRepository('dist/cli.js'), 'report', path.join(app, profile), '--root', app, '--top', '10'],
    {
      show: true,
    },
  );
  console.log();
}

/** The user's own VS Code; not the `code` of a remote terminal, which can open no window of its own. */
function desktopEditor() {
  const remote = process.env.VSCODE_IPC_HOOK_CLI !== undefined;
  return display && !remote ? findProgram('code') : null;
}

/** With folders of its own for settings and extensions: the user's set-up stays as it is. @param {string} code */
async function openDesktop(code) {
  const folder = path.join(runtimeFolder(), 'demo-desktop');
  const own = ['--user-data-dir', path.join(folder, 'user'), '--extensions-dir', path.join(folder, 'extensions')];
  const workspace = await freshWorkspace();
  await mkdir(path.join(folder, 'user/User'), { recursive: true });
  await writeFile(path.join(folder, 'user/User/settings.json'), JSON.stringify(profileAssociation, null, 2));
  await run(code, [...own, '--install-extension', vsix, '--force']);
  await run(code, [...own, '--disable-workspace-trust', workspace, path.join(workspace, profile)]);
  say(`Opened in your VS Code, with settings and extensions of its own (${folder}).`);
  tellWhatToDo(workspace);
}

async function openBrowser() {
  const runtime = await prepareEditor();
  const workspace = await freshWorkspace();
  const dataFolder = path.join(runtimeFolder(), 'demo-browser');
  await rm(dataFolder, { recursive: true, force: true });
  const server = await startEditorServer({
    runtime,
    dataFolder,
    extensions: [vsix],
    workspace,
    settings: profileAssociation,
  });
  const address = editorAddress(server, [path.join(workspace, profile)]);
  say(`VS Code ${runtime.version} with the example app and its profile:\n\n  ${address}\n`);
  if (once) {
    const page = await fetch(address);
    await server.stop();
    if (!page.ok) throw new Error(`VS Code answered ${page.status} for its page`);
    say('It answers; stopped.');
    return;
  }
  tellWhatToDo(workspace);
  say('Ctrl-C stops it.');
  if (display && !flags.has('--no-open')) showInBrowser(address);
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  await server.stop();
}

/** A copy, so that what is tried out does not change the clone. */
async function freshWorkspace() {
  const workspace = path.join(runtimeFolder(), 'demo', 'finance-sync');
  await rm(workspace, { recursive: true, force: true });
  await mkdir(path.dirname(workspace), { recursive: true });
  await cp(inRepository('examples/finance-sync'), workspace, { recursive: true });
  return workspace;
}

/** @param {string} workspace */
function tellWhatToDo(workspace) {
  say('Click a frame of the flame graph to open its line; Alt+F7 goes to the next hot line.');
  say(`The app is a copy (${workspace}), made anew by each demo.`);
}

/** @param {string} address */
function showInBrowser(address) {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(opener, [address], { stdio: 'ignore', detached: true });
  child.on('error', () => say('No browser could be started: open the address yourself.'));
  child.unref();
}
