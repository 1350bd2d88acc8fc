import { type QuickPickItem, QuickPickItemKind, Uri, commands as vscodeCommands, window, workspace } from 'vscode';
import { mergedFiles } from '../protocol/mergedUri';
import { editorFor } from './editorFor';
import type { Memory } from './memory';
import { profileName } from './profileStore';

type Item = QuickPickItem & { readonly uri?: Uri; readonly browse?: true };

/** Names that are profiles without looking inside, and how many of them are offered. */
const workspaceProfiles =
  '**/{*stackprof*.dump,*stackprof*.dump.gz,*.stackprof.json,*.stackprof.json.gz,stack-prof-report*.dump}';
const maxOffered = 50;

/** Lets the user choose a profile to open: a recent one, one of this workspace, or any files. */
export async function pickProfile(memory: Memory): Promise<void> {
  const asking = { title: 'Open Allocation Profile', placeHolder: 'A StackProf dump, Marshal or JSON, gzipped or not' };
  const choice = await choose(memory, asking);
  if (choice === 'browse') for (const uri of await browse(memory, asking.title, true)) await openInView(uri, memory);
  else if (choice !== null) await openInView(choice, memory);
}

/** What a profile is chosen for. */
export interface Asking {
  readonly title: string;
  readonly placeHolder: string;
  /** URIs of open profiles, offered first. */
  readonly open?: readonly string[];
  /** URI of a profile that is not offered. */
  readonly except?: string;
}

/** Lets the user choose one profile without opening it; null when nothing was chosen. */
export async function chooseProfileFile(memory: Memory, asking: Asking): Promise<Uri | null> {
  const choice = await choose(memory, asking);
  return choice === 'browse' ? ((await browse(memory, asking.title, false))[0] ?? null) : choice;
}

async function choose(
  memory: Memory,
  { title, placeHolder, open = [], except }: Asking,
): Promise<Uri | 'browse' | null> {
  const found = await listedProfiles();
  const taken = new Set<string | undefined>([except]);
  const fresh = (uris: readonly string[]): Uri[] =>
    uris.flatMap((uri) => {
      if (taken.has(uri)) return [];
      taken.add(uri);
      return Uri.parse(uri);
    });
  const sections = [
    ...section('Open', fresh(open)),
    ...section('Recently opened', fresh(memory.recent)),
    ...section('In this workspace', fresh(found.map((uri) => uri.toString()))),
  ];
  if (sections.length === 0) return 'browse';
  const items: Item[] = [{ label: '$(folder-opened) Browse…', browse: true, alwaysShow: true }, ...sections];
  const choice = await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  return choice?.browse ? 'browse' : (choice?.uri ?? null);
}

/** Files of this workspace whose names say that they are profiles; not all where there are very many. */
export async function listedProfiles(): Promise<readonly Uri[]> {
  return workspace.findFiles(workspaceProfiles, undefined, maxOffered);
}

/** Opens files in the profile view, whatever their names are. */
export async function openInView(uri: Uri, memory: Memory): Promise<void> {
  try {
    // A merged profile is no file: what is missing of it is named when it is read.
    if (mergedFiles(uri.toString()) === null) await workspace.fs.stat(uri);
  } catch {
    memory.forgetRecent(uri.toString());
    void window.showErrorMessage(`${uri.fsPath} is not there any more.`);
    return;
  }
  await vscodeCommands.executeCommand('vscode.openWith', uri, editorFor(profileName(uri.toString())));
}

async function browse(memory: Memory, title: string, canSelectMany: boolean): Promise<readonly Uri[]> {
  const folder = memory.lastFolder;
  const picked = await window.showOpenDialog({
    title,
    openLabel: canSelectMany ? 'Open Profile' : 'Compare',
    canSelectMany,
    filters: { 'StackProf profiles': ['dump', 'json', 'gz', 'stackprof'], 'All files': ['*'] },
    ...(folder === null ? {} : { defaultUri: Uri.parse(folder) }),
  });
  const first = picked?.[0];
  if (picked === undefined || first === undefined) return [];
  memory.lastFolder = Uri.joinPath(first, '..').toString();
  return picked;
}

function section(label: string, uris: readonly Uri[]): Item[] {
  if (uris.length === 0) return [];
  const items = uris.map((uri) => ({
    label: profileName(uri.toString()),
    description: workspace.asRelativePath(Uri.joinPath(uri, '..')),
    uri,
  }));
  return [{ label, kind: QuickPickItemKind.Separator }, ...items];
}
