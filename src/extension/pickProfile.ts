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

/** Lets the user choose a profile: a recent one, one of this workspace, or any file. */
export async function pickProfile(memory: Memory): Promise<void> {
  const found = await listedProfiles();
  const recent = memory.recent.map((uri) => Uri.parse(uri));
  const isRecent = new Set(memory.recent);
  const here = found.filter((uri) => !isRecent.has(uri.toString()));
  if (recent.length === 0 && here.length === 0) return browse(memory);
  const items: Item[] = [
    { label: '$(folder-opened) Browse…', browse: true, alwaysShow: true },
    ...section('Recently opened', recent),
    ...section('In this workspace', here),
  ];
  const choice = await window.showQuickPick(items, {
    title: 'Open Allocation Profile',
    placeHolder: 'A StackProf dump, Marshal or JSON, gzipped or not',
    matchOnDescription: true,
  });
  if (choice?.browse) return browse(memory);
  if (choice?.uri !== undefined) await openInView(choice.uri, memory);
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

async function browse(memory: Memory): Promise<void> {
  const folder = memory.lastFolder;
  const picked = await window.showOpenDialog({
    title: 'Open Allocation Profile',
    openLabel: 'Open Profile',
    canSelectMany: true,
    filters: { 'StackProf profiles': ['dump', 'json', 'gz', 'stackprof'], 'All files': ['*'] },
    ...(folder === null ? {} : { defaultUri: Uri.parse(folder) }),
  });
  const first = picked?.[0];
  if (picked === undefined || first === undefined) return;
  memory.lastFolder = Uri.joinPath(first, '..').toString();
  for (const uri of picked) await openInView(uri, memory);
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
