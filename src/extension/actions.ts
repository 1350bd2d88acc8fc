import {
  type LogOutputChannel,
  Position,
  type QuickPickItem,
  Selection,
  TabInputCustom,
  Uri,
  ViewColumn,
  commands as vscodeCommands,
  window,
  workspace,
} from 'vscode';
import type { Lens } from '../profile/lens';
import type { FindingFilter, FindingGrouping } from '../protocol/groupFindings';
import { type CommandId, commands, contextKeys, editors, type RevealTarget, walkthrough } from '../protocol/ids';
import { type ProfileSummary, Resolve } from '../protocol/requests';
import { changeCapture } from './changeCapture';
import type { Comparing } from './comparing';
import { exportProfile } from './exportProfile';
import { explainFinding, ignorePattern } from './findingCommands';
import type { FindingsView } from './findingsView';
import type { Heat } from './heat';
import { type HotLinesView, type HotNode, targetOf } from './hotLinesView';
import { openJobLog } from './jobLogEditor';
import type { Grouping, Memory } from './memory';
import { askForParts, openMerged } from './mergedProfiles';
import { otherColumn } from './otherColumn';
import { isRecord } from './parseFromView';
import type { PathMapping } from './pathMapping';
import { openInView, pickProfile } from './pickProfile';
import { profileFile, profileJob, profileTest } from './profileCommands';
import type { ProfileEditors } from './profileEditor';
import type { ProfileEntry, ProfileStore } from './profileStore';
import type { ProfileTasks } from './profileTasks';
import { sampleProfile } from './sample';
import type { ServerConnection } from './serverConnection';
import { type Place, stepHotLine } from './stepHotLine';
import { lensDetails, lensNames, shortTotal } from './summaryText';

export interface ActionContext {
  readonly extensionId: string;
  readonly extensionUri: Uri;
  readonly locale: string;
  readonly log: LogOutputChannel;
  readonly memory: Memory;
  readonly store: ProfileStore;
  readonly server: ServerConnection;
  readonly editors: ProfileEditors;
  readonly heat: Heat;
  readonly hotLines: HotLinesView;
  readonly findings: FindingsView;
  readonly mapping: PathMapping;
  readonly comparing: Comparing;
  readonly tasks: ProfileTasks;
}

const findingFilters: readonly (QuickPickItem & { readonly filter: FindingFilter })[] = [
  { label: 'All', filter: 'all' },
  { label: 'Safe', detail: 'The profile proves that the rewrite does the same', filter: 'safe' },
  { label: 'Review', detail: 'The rewrite has a condition to check', filter: 'review' },
  { label: 'Advice', detail: 'There is no edit', filter: 'advice' },
];

const lenses: readonly Lens[] = ['mine', 'caller', 'recorded'];

/** What the commands do. Arguments come from menus, tree items and links: each is checked. */
export class Actions {
  constructor(private readonly context: ActionContext) {}

  openProfile(): Promise<void> {
    return pickProfile(this.context.memory);
  }

  async openWith(argument: unknown): Promise<void> {
    const uri = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
    if (uri === undefined) return this.openProfile();
    await openInView(uri, this.context.memory);
  }

  openJobLog(): Promise<void> {
    return openJobLog(null);
  }

  openAsJobLog(argument: unknown): Promise<void> {
    return openJobLog(argument instanceof Uri ? argument : (window.activeTextEditor?.document.uri ?? null));
  }

  async openMerged(files: unknown): Promise<void> {
    const selected = Array.isArray(files) ? files.filter((file) => file instanceof Uri) : [];
    await openMerged(selected, this.context.memory);
  }

  async chooseParts(argument: unknown): Promise<void> {
    const { store, memory, locale } = this.context;
    const uri = this.profileOf(argument);
    const entry = uri === null ? undefined : store.entry(uri);
    if (entry?.state !== 'ready' || entry.summary.parts.length === 0) {
      void window.showInformationMessage('This profile is of one file. "Open Profiles as One…" adds several up.');
      return;
    }
    const leftOut = await askForParts(entry.summary, memory.leftOut(entry.uri), locale);
    if (leftOut === null) return;
    memory.leaveOut(entry.uri, leftOut);
    await store.reload(entry.uri);
  }

  async openSample(): Promise<void> {
    await openInView(sampleProfile(this.context.extensionUri), this.context.memory);
  }

  async showProfile(argument: unknown): Promise<void> {
    const uri = uriOf(argument) ?? this.context.store.active;
    if (uri === null) return this.openProfile();
    await this.context.editors.show(uri);
  }

  async reloadProfile(argument: unknown): Promise<void> {
    const uri = this.profileOf(argument);
    if (uri !== null) await this.context.store.reload(uri);
  }

  async closeProfile(argument: unknown): Promise<void> {
    const uri = this.profileOf(argument);
    if (uri === null) return;
    await this.context.store.close(uri);
    await this.context.editors.closeTabs(uri);
  }

  cancelLoading(argument: unknown): void {
    const uri = uriOf(argument);
    if (uri === null) this.context.store.cancelAll();
    else this.context.store.cancel(uri);
  }

  async chooseProfile(argument: unknown): Promise<void> {
    const { store, locale } = this.context;
    const chosen = uriOf(argument) ?? (await this.askForProfile(store.all(), locale));
    if (chosen !== null) await store.setActive(chosen);
  }

  async chooseLens(): Promise<void> {
    const { store } = this.context;
    const items = lenses.map((lens) => ({
      label: `${lens === store.lens ? '$(check) ' : ''}${capital(lensNames[lens])}`,
      detail: lensDetails[lens],
      lens,
    }));
    const choice = await window.showQuickPick(items, { title: 'Charge allocations to' });
    if (choice !== undefined) await store.setLens(choice.lens);
  }

  toggleHeat(): void {
    const { heat, memory } = this.context;
    memory.heat = !heat.shown;
    heat.show(!heat.shown);
  }

  async stepFinding(direction: 1 | -1): Promise<void> {
    const groups = await this.context.findings.groups('file');
    const stops = groups.map(({ lines }) => ({ lines: lines.map(({ uri, line }) => ({ uri, line, hot: true })) }));
    const next = stepHotLine(stops, cursorPlace(), direction);
    if (next !== null) return goTo(next);
    window.setStatusBarMessage('$(info) The active profile shows no finding in this workspace.', 5000);
  }

  groupFindingsBy(grouping: FindingGrouping): void {
    this.context.memory.findingGrouping = grouping;
    this.context.findings.group(grouping);
    void vscodeCommands.executeCommand('setContext', contextKeys.groupFindingsBy, grouping);
  }

  async filterFindings(): Promise<void> {
    const choice = await window.showQuickPick(findingFilters, { title: 'Findings to list' });
    if (choice !== undefined) this.context.findings.show(choice.filter);
  }

  async stepHotLine(direction: 1 | -1): Promise<void> {
    const next = stepHotLine(await this.context.hotLines.groups('file'), cursorPlace(), direction);
    if (next !== null) return goTo(next);
    window.setStatusBarMessage('$(info) No hot line of the active profile is in this workspace.', 5000);
  }

  async revealInFlameGraph(argument: unknown): Promise<void> {
    const target = isHotNode(argument) ? targetOf(argument) : (asTarget(argument) ?? (await this.resolve(argument)));
    if (target !== null) await this.context.editors.reveal(target);
  }

  async showMapping(argument: unknown): Promise<void> {
    const uri = this.profileOf(argument);
    const entry = uri === null ? undefined : this.context.store.entry(uri);
    if (entry?.state === 'ready') await this.context.mapping.show(entry.summary);
  }

  async exportProfile(argument: unknown): Promise<void> {
    const { store, editors: views, server } = this.context;
    const uri = this.profileOf(argument);
    const entry = uri === null ? undefined : store.entry(uri);
    if (entry?.state !== 'ready') {
      void window.showInformationMessage('There is no profile to export: open one first.');
      return;
    }
    await exportProfile(server, entry.summary, store.lens, views.filtersOf(entry.uri));
  }

  async compareWithBaseline(argument: unknown): Promise<void> {
    const uri = this.profileOf(argument);
    if (uri === null) return this.openProfile();
    await this.context.comparing.choose(uri);
  }

  async stopComparing(argument: unknown): Promise<void> {
    const uri = this.profileOf(argument);
    if (uri !== null) await this.context.comparing.stop(uri);
  }

  groupBy(grouping: Grouping): void {
    this.context.memory.grouping = grouping;
    this.context.hotLines.group(grouping);
    void vscodeCommands.executeCommand('setContext', contextKeys.groupBy, grouping);
  }

  async explainInterval(): Promise<void> {
    const page = Uri.joinPath(this.context.extensionUri, 'media', 'help', 'round-intervals.md');
    await vscodeCommands.executeCommand('markdown.showPreview', page);
  }

  async explainFinding(argument: unknown): Promise<void> {
    await explainFinding(this.context.extensionUri, argument);
  }

  async ignorePattern(argument: unknown): Promise<void> {
    await ignorePattern(argument);
  }

  async changeCapture(intent: 'add' | 'remove'): Promise<void> {
    await changeCapture(this.context.server, intent);
  }

  async profileFile(argument: unknown): Promise<void> {
    await profileFile(this.context.tasks, argument);
  }

  async profileTest(): Promise<void> {
    await profileTest(this.context.tasks, this.context.server);
  }

  async profileJob(): Promise<void> {
    await profileJob(this.context.tasks, this.context.server);
  }

  async showMenu(): Promise<void> {
    const { store, heat } = this.context;
    const summary = store.activeSummary();
    if (summary === null) return this.openProfile();
    const choice = await window.showQuickPick(menu(summary, store.lens, heat.shown), { title: summary.name });
    if (choice !== undefined) await vscodeCommands.executeCommand(choice.run);
  }

  showLog(): void {
    this.context.log.show();
  }

  async getStarted(): Promise<void> {
    const id = `${this.context.extensionId}#${walkthrough}`;
    await vscodeCommands.executeCommand('workbench.action.openWalkthrough', id, false);
  }

  /** The profile a command is about: its argument's, the focused view's, or the active one. */
  private profileOf(argument: unknown): string | null {
    return uriOf(argument) ?? focusedProfile() ?? this.context.store.active;
  }

  private async askForProfile(entries: readonly ProfileEntry[], locale: string): Promise<string | null> {
    const items = entries.flatMap((entry) =>
      entry.state === 'ready'
        ? [
            {
              label: `${entry.uri === this.context.store.active ? '$(check) ' : ''}${entry.name}`,
              description: shortTotal(entry.summary, locale),
              detail: workspace.asRelativePath(Uri.parse(entry.uri)),
              uri: entry.uri,
            },
          ]
        : [],
    );
    const choice = await window.showQuickPick(items, {
      title: 'Show in editors',
      placeHolder: 'The profile whose heat editors show',
    });
    return choice?.uri ?? null;
  }

  /** What the active profile has at the cursor, or at the gutter line that was clicked. */
  private async resolve(argument: unknown): Promise<RevealTarget | null> {
    const place = gutterPlace(argument) ?? cursorPlace();
    if (place === null) return null;
    const { target, message } = await this.context.server.request(Resolve, place);
    if (target === null) window.setStatusBarMessage(`$(info) ${message}`, 6000);
    return target;
  }
}

async function goTo({ uri, line }: Place): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const text = document.lineAt(Math.min(line, document.lineCount - 1));
  const start = new Position(text.lineNumber, text.firstNonWhitespaceCharacterIndex);
  // From the profile view the source opens beside it.
  const viewColumn = focusedProfile() === null ? ViewColumn.Active : otherColumn();
  await window.showTextDocument(document, { viewColumn, selection: new Selection(start, start) });
}

function menu(summary: ProfileSummary, lens: Lens, shown: boolean): readonly (QuickPickItem & { run: CommandId })[] {
  return [
    { label: '$(flame) Show the profile', run: commands.showProfile },
    { label: '$(arrow-down) Go to the next hot line', run: commands.nextHotLine },
    { label: '$(symbol-color) Charge allocations to…', description: lensNames[lens], run: commands.chooseLens },
    { label: '$(list-selection) Show another profile in editors…', run: commands.chooseProfile },
    { label: shown ? '$(eye-closed) Hide heat in editors' : '$(eye) Show heat in editors', run: commands.toggleHeat },
    { label: '$(export) Export the profile…', run: commands.exportProfile },
    { label: '$(diff) Compare with a baseline…', run: commands.compareWithBaseline },
    {
      label: '$(file-symlink-directory) Path mapping…',
      description: `${summary.mapping.mappedFiles} files found`,
      run: commands.showMapping,
    },
    { label: '$(output) Log', run: commands.showLog },
    { label: '$(close) Close this profile', run: commands.closeProfile },
  ];
}

/** A profile's URI from a string, a file of the explorer, or an item of the Profiles view. */
function uriOf(argument: unknown): string | null {
  if (typeof argument === 'string') return argument;
  if (argument instanceof Uri) return argument.toString();
  return isRecord(argument) && typeof argument.state === 'string' && typeof argument.uri === 'string'
    ? argument.uri
    : null;
}

function focusedProfile(): string | null {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const ours: readonly string[] = Object.values(editors);
  return input instanceof TabInputCustom && ours.includes(input.viewType) ? input.uri.toString() : null;
}

function asTarget(argument: unknown): RevealTarget | null {
  if (!isRecord(argument)) return null;
  const { profile, file, line } = argument;
  const complete = typeof profile === 'string' && typeof file === 'string' && typeof line === 'number';
  return complete ? { profile, file, line } : null;
}

function isHotNode(argument: unknown): argument is HotNode {
  return (
    isRecord(argument) &&
    (argument.kind === 'line' || argument.kind === 'group') &&
    typeof argument.profile === 'string'
  );
}

/** The argument of the line-number menu: `{ uri, lineNumber }`, counted from 1. */
function gutterPlace(argument: unknown): Place | null {
  if (!isRecord(argument) || !(argument.uri instanceof Uri) || typeof argument.lineNumber !== 'number') return null;
  return { uri: argument.uri.toString(), line: argument.lineNumber - 1 };
}

/** Of the editor in use; from the profile view, of the source that stands beside it. */
function cursorPlace(): Place | null {
  const beside = window.visibleTextEditors.find(({ viewColumn }) => viewColumn !== undefined);
  const editor = window.activeTextEditor ?? (focusedProfile() === null ? undefined : beside);
  return editor ? { uri: editor.document.uri.toString(), line: editor.selection.active.line } : null;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
