import {
  CancellationError,
  ProgressLocation,
  type QuickPickItem,
  Uri,
  commands as vscodeCommands,
  window,
  workspace,
} from 'vscode';
import type { ExportFormat } from '../profile/exports/exportProfile';
import { formatBytes } from '../profile/format';
import type { GroupBy, Lens } from '../profile/lens';
import { Export, type ProfileSummary } from '../protocol/requests';
import type { ViewFilters } from '../protocol/webview';
import type { ServerConnection } from './serverConnection';

interface ExportChoice extends QuickPickItem {
  readonly format: ExportFormat;
  readonly groupBy: GroupBy;
  /** With the dot. */
  readonly ending: string;
}

const choices: readonly ExportChoice[] = [
  {
    label: 'speedscope',
    detail: 'The call tree by method, for speedscope.app',
    format: 'speedscope',
    groupBy: 'method',
    ending: '.speedscope.json',
  },
  {
    label: 'pprof',
    detail: 'Stacks with lines, objects and samples, for go tool pprof and what reads its files',
    format: 'pprof',
    groupBy: 'line',
    ending: '.pb.gz',
  },
  {
    label: 'Folded stacks',
    detail: 'A line per stack of methods, for flamegraph.pl and most other tools',
    format: 'folded',
    groupBy: 'method',
    ending: '.folded',
  },
  {
    label: 'Folded stacks with lines',
    detail: 'The same with file and line of every frame',
    format: 'folded',
    groupBy: 'line',
    ending: '.folded',
  },
  {
    label: 'Picture (SVG)',
    detail: 'The flame graph by method, for documents and browsers',
    format: 'svg',
    groupBy: 'method',
    ending: '.svg',
  },
  {
    label: 'CSV of methods',
    detail: 'Self and total of every method',
    format: 'csv',
    groupBy: 'method',
    ending: '.csv',
  },
  {
    label: 'CSV of lines',
    detail: 'Own and through of every line, and how sure they are',
    format: 'csv',
    groupBy: 'line',
    ending: '.csv',
  },
];

/** Asks for a format, a file, and, where the view has filters, for what; then writes it. `filters`: those of the view. */
export async function exportProfile(
  server: ServerConnection,
  { uri, name }: ProfileSummary,
  lens: Lens,
  filters: ViewFilters,
): Promise<void> {
  const refinement = filters.length === 0 ? filters : await askForPart(name, filters);
  if (refinement === null) return;
  const choice = await window.showQuickPick(choices, { title: `Export ${name}`, placeHolder: 'Format' });
  if (choice === undefined) return;
  const { format, groupBy, ending } = choice;
  const target = await window.showSaveDialog({
    defaultUri: besides(uri, name, ending),
    title: `Export as ${choice.label}`,
  });
  if (target === undefined) return;
  if (target.toString() === uri) {
    void window.showErrorMessage(`${name} is the profile itself: choose another file.`);
    return;
  }
  const question = { uri, refinement: refinement.map(({ label: _, ...filter }) => filter), format, groupBy, lens };
  try {
    const options = { location: ProgressLocation.Notification, title: `Exporting ${name}`, cancellable: true };
    const size = await window.withProgress(options, async (_progress, token) => {
      const { bytes } = await server.request(Export, question, token);
      if (token.isCancellationRequested) throw new CancellationError();
      await workspace.fs.writeFile(target, bytes);
      return bytes.length;
    });
    await offerToShow(target, size);
  } catch (error) {
    if (error instanceof CancellationError || isCancelled(error)) return;
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(`${name} was not exported: ${why}`);
  }
}

/** Null when the question was left. */
async function askForPart(name: string, filters: ViewFilters): Promise<ViewFilters | null> {
  const parts = [
    { label: 'What the filters leave', detail: filters.map(({ label }) => label).join(', '), filters },
    { label: 'The whole profile', detail: 'Whatever the view filters', filters: [] },
  ];
  const choice = await window.showQuickPick(parts, { title: `Export ${name}`, placeHolder: 'Of what' });
  return choice?.filters ?? null;
}

/** The profile's name with another ending: beside it, where it is a file. */
export function besides(profile: string, name: string, ending: string): Uri {
  const file = `${name.replace(/(?:\.gz|\.dump|\.json|\.stackprof)+$/, '') || 'profile'}${ending}`;
  const uri = Uri.parse(profile);
  if (uri.scheme === 'file') return Uri.joinPath(uri, '..', file);
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return folder === undefined ? Uri.file(file) : Uri.joinPath(folder, file);
}

/** Says that a file was written, and how large it is. */
export async function offerToShow(file: Uri, bytes: number): Promise<void> {
  const show = 'Show in Explorer';
  const message = `Exported to ${workspace.asRelativePath(file)} (${formatBytes(bytes)}).`;
  const inside = workspace.getWorkspaceFolder(file) !== undefined;
  const choice = await window.showInformationMessage(message, ...(inside ? [show] : []));
  if (choice === show) await vscodeCommands.executeCommand('revealInExplorer', file);
}

/** LSP's code for a request that was cancelled. */
const requestCancelled = -32800;

function isCancelled(error: unknown): boolean {
  return typeof error === 'object' && error !== null && Reflect.get(error, 'code') === requestCancelled;
}
