import {
  ConfigurationTarget,
  type Disposable,
  type TextEditorSelectionChangeEvent,
  TextEditorSelectionChangeKind,
  window,
  workspace,
} from 'vscode';
import { section } from '../protocol/ids';
import { Resolve } from '../protocol/requests';
import type { ProfileEditors } from './profileEditor';
import type { ProfileStore } from './profileStore';
import { isRubyDocument } from './rubyDocuments';
import type { ServerConnection } from './serverConnection';
import { readSetting } from './settings';

/** Pause after a movement of the cursor: a held arrow key asks once. */
const settleMs = 150;

/** While the setting is on, the line of the cursor is selected in the view of the active profile, if it can be seen. */
export class FollowCursor implements Disposable {
  private readonly listener: Disposable;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: ProfileStore,
    private readonly server: ServerConnection,
    private readonly editors: ProfileEditors,
  ) {
    this.listener = window.onDidChangeTextEditorSelection((event) => this.moved(event));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.listener.dispose();
  }

  private moved({ textEditor, kind, selections }: TextEditorSelectionChangeEvent): void {
    clearTimeout(this.timer);
    // Where the view itself opened a line, something finer is selected there already.
    const byHand = kind === TextEditorSelectionChangeKind.Keyboard || kind === TextEditorSelectionChangeKind.Mouse;
    const { active } = this.store;
    const [first] = selections;
    if (!byHand || active === null || first === undefined || !readSetting('followCursor')) return;
    if (!isRubyDocument(textEditor.document) || !this.editors.isVisible(active)) return;
    const place = { uri: textEditor.document.uri.toString(), line: first.active.line };
    this.timer = setTimeout(() => void this.follow(place), settleMs);
  }

  private async follow(place: { readonly uri: string; readonly line: number }): Promise<void> {
    const { target } = await this.server.request(Resolve, place);
    if (target !== null) this.editors.follow(target);
  }
}

/** Changes the setting where it is set; for the user where it is not. */
export async function setFollowCursor(on: boolean): Promise<void> {
  const settings = workspace.getConfiguration(section);
  const isOfWorkspace = settings.inspect('followCursor')?.workspaceValue !== undefined;
  await settings.update('followCursor', on, isOfWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global);
}
