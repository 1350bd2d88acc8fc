import {
  type CancellationToken,
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  type Disposable,
  type Tab,
  TabInputCustom,
  Uri,
  ViewColumn,
  commands as vscodeCommands,
  type WebviewPanel,
  window,
} from 'vscode';
import { editors, type RevealTarget } from '../protocol/ids';
import type { ViewFilters } from '../protocol/webview';
import { editorFor } from './editorFor';
import type { Memory } from './memory';
import { otherColumn } from './otherColumn';
import { type PanelContext, ProfilePanel } from './profilePanel';
import { profileName } from './profileStore';

/** The document of a profile editor: its address only. The bytes are read by the server, never here. */
class ProfileDocument implements CustomDocument {
  constructor(
    readonly uri: Uri,
    readonly dispose: () => void,
  ) {}
}

/** The read-only editor of profiles: makes a panel per tab, keeps profiles loaded while they have one. */
export class ProfileEditors implements CustomReadonlyEditorProvider<ProfileDocument>, Disposable {
  private readonly panels = new Set<ProfilePanel>();
  private readonly registrations: Disposable[];
  /** Profiles that were ready in a view once. */
  private readonly seen = new Set<string>();
  /** Profiles whose tabs were there before this window was reloaded: they come back without becoming active. */
  private readonly restored: Set<string>;

  constructor(
    private readonly context: PanelContext,
    private readonly memory: Memory,
  ) {
    this.restored = new Set(memory.opened);
    this.registrations = [
      ...Object.values(editors).map((viewType) =>
        window.registerCustomEditorProvider(viewType, this, {
          supportsMultipleEditorsPerDocument: true,
          webviewOptions: { retainContextWhenHidden: true },
        }),
      ),
      window.tabGroups.onDidChangeTabs(() => this.rememberOpened()),
      context.store.onDidChange((change) => {
        if (change.kind === 'entry') void this.becameReady(change.uri);
      }),
    ];
  }

  openCustomDocument(uri: Uri): ProfileDocument {
    const key = uri.toString();
    const { store } = this.context;
    store.hold(key);
    return new ProfileDocument(uri, () => void store.release(key));
  }

  resolveCustomEditor(document: ProfileDocument, webviewPanel: WebviewPanel, _token: CancellationToken): void {
    const uri = document.uri.toString();
    const panel = new ProfilePanel(uri, webviewPanel, this.context);
    this.panels.add(panel);
    webviewPanel.onDidDispose(() => {
      this.panels.delete(panel);
      panel.dispose();
    });
    // Not awaited: the page loads and says `ready` while the server reads.
    void this.context.store.load(uri);
  }

  /** Brings a profile's view to the front, opening it when it has none. */
  async show(uri: string, column: ViewColumn = ViewColumn.Active): Promise<ProfilePanel | null> {
    const live = this.panelOf(uri);
    if (live !== null) {
      live.panel.reveal(live.panel.viewColumn, false);
      return live;
    }
    // After a reload a tab may be there whose editor was not made yet.
    const tab = tabsOf(uri)[0];
    const viewType = tab?.input instanceof TabInputCustom ? tab.input.viewType : editorFor(profileName(uri));
    await vscodeCommands.executeCommand('vscode.openWith', Uri.parse(uri), viewType, tab?.group.viewColumn ?? column);
    return this.panelOf(uri);
  }

  /** Shows a place of the source in the flame graph, beside the editor that asked. */
  async reveal(target: RevealTarget): Promise<void> {
    const panel = await this.show(target.profile, otherColumn());
    panel?.reveal(target.file, target.line);
  }

  /** The filters of a profile's view, none without one. */
  filtersOf(uri: string): ViewFilters {
    return this.panelOf(uri)?.filters ?? [];
  }

  isVisible(uri: string): boolean {
    return this.panelOf(uri)?.panel.visible === true;
  }

  /** Selects a place in a profile's view where the view is in sight. */
  follow(target: RevealTarget): void {
    for (const panel of this.panels) {
      if (panel.uri === target.profile && panel.panel.visible) panel.follow(target.file, target.line);
    }
  }

  async closeTabs(uri: string): Promise<void> {
    await window.tabGroups.close(tabsOf(uri));
  }

  dispose(): void {
    for (const registration of this.registrations) registration.dispose();
    for (const panel of this.panels) panel.dispose();
  }

  /** The first time a profile is ready in a view it becomes the active one, unless its tab was restored. */
  private async becameReady(uri: string): Promise<void> {
    const { store } = this.context;
    const entry = store.entry(uri);
    if (entry === undefined) this.seen.delete(uri);
    if (entry?.state !== 'ready' || !store.isHeld(uri) || this.seen.has(uri)) return;
    this.seen.add(uri);
    this.memory.addRecent(uri);
    if (!this.restored.delete(uri)) await store.setActive(uri);
  }

  private panelOf(uri: string): ProfilePanel | null {
    const own = [...this.panels].filter((panel) => panel.uri === uri);
    return own.find((panel) => panel.panel.visible) ?? own[0] ?? null;
  }

  private rememberOpened(): void {
    const opened = [...new Set(window.tabGroups.all.flatMap((group) => group.tabs).flatMap(profileOfTab))];
    if (opened.join('\n') !== this.memory.opened.join('\n')) this.memory.opened = opened;
  }
}

/** Every tab that shows the profile. */
function tabsOf(uri: string): readonly Tab[] {
  return window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => profileOfTab(tab).includes(uri));
}

/** The profile a tab shows: none or one. */
function profileOfTab(tab: Tab): readonly string[] {
  const ours: readonly string[] = Object.values(editors);
  return tab.input instanceof TabInputCustom && ours.includes(tab.input.viewType) ? [tab.input.uri.toString()] : [];
}
