/** Several profiles as one: choosing the files, and which of them are in the sum. */
import { tmpdir } from 'node:os';
import { type QuickPickItem, Uri, commands as vscodeCommands, window, workspace } from 'vscode';
import { formatShare, formatTotal } from '../profile/format';
import { editors } from '../protocol/ids';
import { mergedUri } from '../protocol/mergedUri';
import type { ProfilePart, ProfileSummary } from '../protocol/requests';
import type { Memory } from './memory';
import { listedProfiles } from './pickProfile';
import { profileName } from './profileStore';

/** What every process of a worker writes when it stops: here, and where the kit puts it unless told otherwise. */
const workerDumps = '**/{stackprof_process_*.dump,stackprof_process_*.dump.gz}';
const workerDump = /^stackprof_process_.*\.dump(\.gz)?$/;
const maxFound = 5000;

type Offer = QuickPickItem & { readonly choose: () => Promise<readonly Uri[]> };

/** Opens the files that are selected, or asks which. One file alone is opened as it is. */
export async function openMerged(selected: readonly Uri[], memory: Memory): Promise<void> {
  const files = selected.length > 0 ? selected : await askForFiles(memory);
  const [first] = files;
  if (first === undefined) return;
  const address = files.length === 1 ? first : Uri.parse(mergedUri(files.map((file) => file.toString())));
  await vscodeCommands.executeCommand('vscode.openWith', address, editors.anyFile);
}

/**
 * Asks which files are in the sum, all of them listed with what they bring. Answers the URIs of those to leave out;
 * null when nothing was chosen or changed.
 */
export async function askForParts(
  summary: ProfileSummary,
  leftOut: readonly string[],
  locale: string,
): Promise<readonly string[] | null> {
  const items = summary.parts.map((part) => ({
    label: part.pid === null ? part.name : `Process ${part.pid}`,
    description: describe(part, summary, locale),
    detail: part.error ?? [writtenText(part, locale), part.name].filter((text) => text !== '').join(' · '),
    picked: !leftOut.includes(part.uri),
    uri: part.uri,
  }));
  const chosen = await window.showQuickPick(items, {
    title: summary.name,
    placeHolder: 'Processes whose allocations are added up',
    canPickMany: true,
    matchOnDetail: true,
  });
  if (chosen === undefined) return null;
  if (chosen.length === 0) {
    void window.showInformationMessage('At least one process has to be in the sum: nothing was changed.');
    return null;
  }
  const out = items.filter((item) => !chosen.includes(item)).map(({ uri }) => uri);
  return out.join('\n') === [...leftOut].sort().join('\n') ? null : out;
}

function describe({ figures, error }: ProfilePart, summary: ProfileSummary, locale: string): string {
  if (error !== null) return 'not in the sum';
  if (figures === null) return 'left out';
  const { total } = summary.measure;
  const share = total > 0 ? ` · ${formatShare(figures.total / total, locale)} of the sum` : '';
  return `${formatTotal({ ...summary.measure, total: figures.total }, locale)}${share}`;
}

function writtenText({ writtenAt }: ProfilePart, locale: string): string {
  return writtenAt === null ? '' : `written ${new Date(writtenAt).toLocaleString(locale)}`;
}

async function askForFiles(memory: Memory): Promise<readonly Uri[]> {
  const found = [...(await workspace.findFiles(workerDumps, undefined, maxFound)), ...(await temporaryDumps())];
  const folders = groupByFolder(found).filter((group) => group.length > 1);
  const listed = await listedProfiles();
  if (folders.length === 0 && listed.length < 2) return browse(memory);
  const offers: Offer[] = folders.map((files) => ({
    label: `All ${files.length} of ${workspace.asRelativePath(Uri.joinPath(files[0]!, '..'))}`,
    description: 'stackprof_process_*.dump',
    choose: async () => files,
  }));
  if (listed.length > 1) offers.push({ label: 'Some of this workspace…', choose: () => pickSome(listed) });
  offers.push({ label: 'Other files…', choose: () => browse(memory), alwaysShow: true });
  const choice = await window.showQuickPick(offers, {
    title: 'Open Profiles as One',
    placeHolder: 'Their allocations are added up, stack by stack',
  });
  return choice === undefined ? [] : choice.choose();
}

async function pickSome(files: readonly Uri[]): Promise<readonly Uri[]> {
  const items = files.map((uri) => ({
    label: profileName(uri.toString()),
    description: workspace.asRelativePath(Uri.joinPath(uri, '..')),
    uri,
  }));
  const chosen = await window.showQuickPick(items, {
    title: 'Open Profiles as One',
    placeHolder: 'The profiles to add up',
    canPickMany: true,
    matchOnDescription: true,
  });
  return chosen?.map(({ uri }) => uri) ?? [];
}

async function temporaryDumps(): Promise<Uri[]> {
  const folder = Uri.file(tmpdir());
  const entries = await workspace.fs.readDirectory(folder).then(
    (found) => found,
    () => [],
  );
  return entries.flatMap(([name]) => (workerDump.test(name) ? [Uri.joinPath(folder, name)] : []));
}

async function browse(memory: Memory): Promise<readonly Uri[]> {
  const folder = memory.lastFolder;
  const picked = await window.showOpenDialog({
    title: 'Open Profiles as One',
    openLabel: 'Add Up',
    canSelectMany: true,
    filters: { 'StackProf profiles': ['dump', 'json', 'gz', 'stackprof'], 'All files': ['*'] },
    ...(folder === null ? {} : { defaultUri: Uri.parse(folder) }),
  });
  const first = picked?.[0];
  if (picked === undefined || first === undefined) return [];
  memory.lastFolder = Uri.joinPath(first, '..').toString();
  return picked;
}

function groupByFolder(files: readonly Uri[]): Uri[][] {
  const groups = new Map<string, Uri[]>();
  for (const file of files) {
    const folder = file.path.slice(0, -profileName(file.toString()).length);
    groups.set(folder, [...(groups.get(folder) ?? []), file]);
  }
  return [...groups.values()];
}
