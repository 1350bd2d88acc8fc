import { open } from 'node:fs/promises';
import { type Disposable, type Tab, TabInputText, type Uri, commands as vscodeCommands, window } from 'vscode';
import { editors, jobLogEditor } from '../protocol/ids';
import { isStackProfDump } from './isStackProfDump';
import type { Memory } from './memory';

/** A view that is offered for files that opened as text. */
interface Offer {
  readonly names: RegExp;
  /** Enough to know such a file by. */
  readonly headBytes: number;
  readonly knows: (head: Uint8Array) => boolean;
  readonly what: string;
  readonly action: string;
  readonly viewType: string;
}

const offers: readonly Offer[] = [
  {
    names: /\.dump(\.gz)?$/,
    // A gzipped dump needs no more for its first names.
    headBytes: 1024,
    knows: isStackProfDump,
    what: 'is a StackProf profile',
    action: 'Open as Profile',
    viewType: editors.anyFile,
  },
  {
    names: /\.log$/,
    headBytes: 1 << 18,
    knows: (head) => Buffer.from(head.buffer, head.byteOffset, head.length).includes('[MemoryProfiling] job='),
    what: 'has memory records of Sidekiq jobs',
    action: 'Open as Job Log',
    viewType: jobLogEditor,
  },
];

/**
 * A dump with a name of no profiler (`sync.dump`) and a worker's log open as text: offers the view for it, once per file and
 * session, when its first bytes say what it is. Looks only at files called so, and reads nothing else of them.
 */
export function offerViews(memory: Memory): Disposable {
  const offered = new Set<string>();
  const look = (tab: Tab | undefined): void => {
    const uri = tab?.input instanceof TabInputText ? tab.input.uri : null;
    const fitting = offers.find(({ names }) => uri !== null && names.test(uri.path));
    if (tab === undefined || uri?.scheme !== 'file' || fitting === undefined) return;
    if (offered.has(uri.toString()) || !memory.offersView) return;
    offered.add(uri.toString());
    void offer(uri, tab, fitting, memory);
  };
  for (const { activeTab } of window.tabGroups.all) look(activeTab);
  return window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
    for (const tab of [...opened, ...changed]) if (tab.isActive) look(tab);
  });
}

async function offer(
  uri: Uri,
  tab: Tab,
  { headBytes, knows, what, action, viewType }: Offer,
  memory: Memory,
): Promise<void> {
  const head = await headOf(uri.fsPath, headBytes).catch(() => null);
  if (head === null || !knows(head)) return;
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const never = 'Never Ask';
  const choice = await window.showInformationMessage(`${name} ${what}.`, action, never);
  if (choice === never) memory.offersView = false;
  if (choice !== action) return;
  await vscodeCommands.executeCommand('vscode.openWith', uri, viewType, { viewColumn: tab.group.viewColumn });
  // The view takes the place of the text, as "Reopen Editor With" does; one that was edited asks.
  const texts = tab.group.tabs.filter(({ input }) => input instanceof TabInputText && isSame(input.uri, uri));
  await window.tabGroups.close(texts, true);
}

function isSame(a: Uri, b: Uri): boolean {
  return a.toString() === b.toString();
}

async function headOf(path: string, headBytes: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array(headBytes);
    const { bytesRead } = await file.read(bytes, 0, headBytes, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
