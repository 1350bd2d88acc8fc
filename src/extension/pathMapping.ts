import { basename } from 'node:path';
import {
  ConfigurationTarget,
  type QuickPickItem,
  QuickPickItemKind,
  Uri,
  commands as vscodeCommands,
  window,
  workspace,
} from 'vscode';
import { assertNever } from '../profile/assertNever';
import { section } from '../protocol/ids';
import type { MappingAmbiguity, PathRule, ProfileSummary } from '../protocol/requests';
import type { Memory } from './memory';
import type { ProfileStore } from './profileStore';
import { readSetting, settingName } from './settings';

type Item = QuickPickItem & { readonly run?: () => Promise<void> };

/** Where recorded files are on this disk: asks once when several folders fit, shows the rules in use, changes them. */
export class PathMapping {
  constructor(
    private readonly store: ProfileStore,
    private readonly memory: Memory,
  ) {}

  /** Asks about each prefix that several folders explain equally well, once per workspace. */
  async askOnce(summary: ProfileSummary): Promise<void> {
    for (const ambiguity of summary.mapping.ambiguous) {
      if (this.memory.asked.includes(ambiguity.from)) continue;
      this.memory.asked = [...this.memory.asked, ambiguity.from];
      const message = `${summary.name}: the files recorded under ${place(ambiguity.from)} fit ${ambiguity.candidates.length} folders here. Which one do they come from?`;
      const choice = await window.showInformationMessage(message, 'Choose Folder', 'Not Now');
      if (choice === 'Choose Folder') await this.resolve(summary.uri, ambiguity);
    }
  }

  /** The rules in use, to look at, change and undo. */
  async show(summary: ProfileSummary): Promise<void> {
    const { rules, ambiguous, mappedFiles, missingFiles } = summary.mapping;
    const items: Item[] = [
      { label: 'Rules in use', kind: QuickPickItemKind.Separator },
      ...rules.map((rule): Item => ({ ...ruleItem(rule), run: () => this.changeRule(summary, rule) })),
      ...ambiguous.map(
        (ambiguity): Item => ({
          label: `$(question) ${place(ambiguity.from)}`,
          description: `fits ${ambiguity.candidates.length} folders`,
          detail: 'Choose which of them these files come from.',
          run: () => this.resolve(summary.uri, ambiguity),
        }),
      ),
      { label: 'Change', kind: QuickPickItemKind.Separator },
      {
        label: '$(add) Add a mapping…',
        detail: 'Say which folder here a recorded folder is.',
        run: () => this.add(summary),
      },
      {
        label: '$(gear) Open the setting',
        description: settingName('pathMappings'),
        run: async () => {
          await vscodeCommands.executeCommand('workbench.action.openSettings', settingName('pathMappings'));
        },
      },
    ];
    const choice = await window.showQuickPick(items, {
      title: `Path mapping of ${summary.name}: ${mappedFiles} files found here, ${missingFiles} not found`,
      placeHolder:
        rules.length === 0 ? 'None of the recorded files was found here' : 'Choose a rule to change or undo it',
      matchOnDetail: true,
    });
    await choice?.run?.();
  }

  private async changeRule(summary: ProfileSummary, rule: PathRule): Promise<void> {
    const items: Item[] = [
      { label: '$(folder-opened) Use another folder…', run: () => this.browse(summary.uri, rule.from) },
    ];
    if (rule.origin === 'setting') {
      items.push({
        label: '$(discard) Remove from the settings',
        run: () => this.writeSetting(rule.from, null),
      });
    }
    if (rule.origin === 'remembered') {
      items.push({ label: '$(discard) Forget this choice', run: () => this.forget(summary.uri, rule.from) });
    }
    const title = `${place(rule.from)} → ${rule.to}`;
    await (await window.showQuickPick(items, { title }))?.run?.();
  }

  private async add(summary: ProfileSummary): Promise<void> {
    const from = await window.showInputBox({
      title: 'Recorded folder',
      prompt: 'The beginning of the paths as they are in the profile, such as /app or /var/www/releases/20260101',
      placeHolder: '/app',
      validateInput: (value) => (value.trim() === '' ? 'Enter the beginning of the recorded paths' : null),
    });
    if (from !== undefined) await this.browse(summary.uri, withoutSlash(from.trim()));
  }

  private async browse(profile: string, from: string): Promise<void> {
    const start = workspace.workspaceFolders?.[0]?.uri;
    const picked = await window.showOpenDialog({
      title: `Folder for ${place(from)}`,
      openLabel: 'Use This Folder',
      canSelectFiles: false,
      canSelectFolders: true,
      ...(start === undefined ? {} : { defaultUri: start }),
    });
    const folder = picked?.[0];
    if (folder === undefined) return;
    // A mapping that was stated belongs to the settings, where it is seen and shared; without a workspace there are none.
    if (workspace.workspaceFolders === undefined) await this.remember(profile, from, folder.fsPath);
    else await this.writeSetting(from, folder.fsPath);
  }

  private async resolve(profile: string, { from, candidates }: MappingAmbiguity): Promise<void> {
    const items = candidates.map((folder) => ({ label: basename(folder), description: folder, folder }));
    const title = `Which folder do the files under ${place(from)} come from?`;
    const choice = await window.showQuickPick(items, { title, placeHolder: 'Remembered for this workspace' });
    if (choice !== undefined) await this.remember(profile, from, choice.folder);
  }

  private async remember(profile: string, from: string, to: string): Promise<void> {
    this.memory.mappings = { ...this.memory.mappings, [from]: to };
    try {
      await this.store.chooseMapping({ uri: profile, from, to });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      void window.showErrorMessage(`The folder could not be used: ${why}`);
    }
  }

  private async forget(profile: string, from: string): Promise<void> {
    const { [from]: _gone, ...rest } = this.memory.mappings;
    this.memory.mappings = rest;
    this.memory.asked = this.memory.asked.filter((prefix) => prefix !== from);
    await this.store.reload(profile);
  }

  /** Null removes. The server hears of the change by itself. */
  private async writeSetting(from: string, to: string | null): Promise<void> {
    const { [from]: _before, ...rest } = readSetting('pathMappings');
    const value = to === null ? rest : { ...rest, [from]: to };
    const target =
      workspace.workspaceFolders === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
    await workspace.getConfiguration(section).update('pathMappings', value, target);
  }
}

function ruleItem(rule: PathRule): QuickPickItem {
  return {
    label: `$(arrow-right) ${place(rule.from)} → ${Uri.file(rule.to).fsPath}`,
    description: originText(rule.origin),
    detail: rule.files === 1 ? '1 recorded file exists there.' : `${rule.files} recorded files exist there.`,
  };
}

function originText(origin: PathRule['origin']): string {
  switch (origin) {
    case 'vote':
      return 'found by comparing files';
    case 'setting':
      return 'from the settings';
    case 'remembered':
      return 'your choice';
    case 'identity':
      return 'same path';
    default:
      return assertNever(origin);
  }
}

function place(from: string): string {
  return from === '' ? 'relative paths' : from;
}

function withoutSlash(path: string): string {
  return path.length > 1 ? path.replace(/[/\\]+$/, '') : path;
}
