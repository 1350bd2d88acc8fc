import { open } from 'node:fs/promises';
import { type Disposable, type Tab, TabInputText, type Uri, commands as vscodeCommands, window } from 'vscode';
import { editors } from '../protocol/ids';
import { isStackProfDump } from './isStackProfDump';
import type { Memory } from './memory';

/** Enough to know a dump by; a gzipped one needs no more for its first names. */
const headBytes = 1024;

/**
 * A dump with a name of no profiler (`sync.dump`) opens as text: offers the profile view, once per file and session, when
 * its first bytes are StackProf's. Looks only at files called so, and reads nothing else of them.
 */
export function offerProfileView(memory: Memory): Disposable {
  const offered = new Set<string>();
  const look = (tab: Tab | undefined): void => {
    const uri = tab?.input instanceof TabInputText ? tab.input.uri : null;
    if (tab === undefined || uri?.scheme !== 'file' || !/\.dump(\.gz)?$/.test(uri.path)) return;
    if (offered.has(uri.toString()) || !memory.offersView) return;
    offered.add(uri.toString());
    void offer(uri, tab, memory);
  };
  for (const { activeTab } of window.tabGroups.all) look(activeTab);
  return window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
    for (const tab of [...opened, ...changed]) if (tab.isActive) look(tab);
  });
}

async function offer(uri: Uri, tab: Tab, memory: Memory): Promise<void> {
  const head = await headOf(uri.fsPath).catch(() => null);
  if (head === null || !isStackProfDump(head)) return;
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const view = 'Open as Profile';
  const never = 'Never Ask';
  const choice = await window.showInformationMessage(`${name} is a StackProf profile.`, view, never);
  if (choice === never) memory.offersView = false;
  if (choice !== view) return;
  await vscodeCommands.executeCommand('vscode.openWith', uri, editors.anyFile, { viewColumn: tab.group.viewColumn });
  // The view takes the place of the text, as "Reopen Editor With" does; one that was edited asks.
  const texts = tab.group.tabs.filter(({ input }) => input instanceof TabInputText && isSame(input.uri, uri));
  await window.tabGroups.close(texts, true);
}

function isSame(a: Uri, b: Uri): boolean {
  return a.toString() === b.toString();
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array(headBytes);
    const { bytesRead } = await file.read(bytes, 0, headBytes, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
