import { randomBytes } from 'node:crypto';
import {
  type Disposable,
  env,
  type LogOutputChannel,
  Uri,
  commands as vscodeCommands,
  type WebviewPanel,
  workspace,
} from 'vscode';
import { assertNever } from '../profile/assertNever';
import { Compare } from '../protocol/compareRequests';
import { commands } from '../protocol/ids';
import { Callers, Findings, Flame, HotLines, Methods, RollUp, Search, TreeRows } from '../protocol/requests';
import type { FromView, ToView, ViewFilters, ViewQuestion } from '../protocol/webview';
import type { Comparing } from './comparing';
import { setFollowCursor } from './followCursor';
import { openFinding } from './openFinding';
import { openSource } from './openSource';
import { isRecord, parseFromView } from './parseFromView';
import { type ProfileEntry, type ProfileStore, profileName } from './profileStore';
import { isRubyDocument } from './rubyDocuments';
import { savePicture } from './savePicture';
import type { ServerConnection } from './serverConnection';
import type { ServerRequest } from './serverRequests';
import { readSetting, settingName } from './settings';
import { phaseName, progressFraction } from './summaryText';
import type { ViewSelection } from './treeSelection';
import { viewHtml } from './viewHtml';

export interface PanelContext {
  readonly extensionUri: Uri;
  readonly store: ProfileStore;
  readonly server: ServerConnection;
  readonly log: LogOutputChannel;
  readonly comparing: Comparing;
  /** Something was selected in a view. */
  onSelected(selection: ViewSelection): void;
}

/** The request behind each question of the view. */
const methods: Readonly<Record<ViewQuestion, ServerRequest>> = {
  flame: Flame,
  treeRows: TreeRows,
  hotLines: HotLines,
  packages: RollUp,
  files: RollUp,
  methods: Methods,
  findings: Findings,
  callers: Callers,
  middle: Callers,
  search: Search,
  compare: Compare,
};

/** One view of one profile: several panels may show the same profile. Sends nothing before the view said `ready`. */
export class ProfilePanel implements Disposable {
  private ready = false;
  private pendingReveal: Extract<ToView, { type: 'reveal' | 'revealMethod' }> | null = null;
  /** Findings changed while nobody could see the view. */
  private staleFindings = false;
  private shownFilters: ViewFilters = [];
  private readonly subscriptions: Disposable[] = [];

  constructor(
    readonly uri: string,
    readonly panel: WebviewPanel,
    private readonly context: PanelContext,
  ) {
    const { webview } = panel;
    const dist = Uri.joinPath(context.extensionUri, 'dist');
    const media = Uri.joinPath(context.extensionUri, 'media');
    webview.options = { enableScripts: true, localResourceRoots: [dist, media] };
    this.subscriptions.push(
      webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      // Heat, status bar and hot lines belong to the profile that is looked at.
      panel.onDidChangeViewState(({ webviewPanel }) => {
        if (webviewPanel.visible && this.staleFindings) this.findingsChanged();
        if (webviewPanel.active && context.store.entry(uri)?.state === 'ready') void context.store.setActive(uri);
      }),
      context.server.onHeatChanged(() => this.findingsChanged()),
      // While somebody types the list stands still; diagnostics follow every key.
      workspace.onDidSaveTextDocument((document) => isRubyDocument(document) && this.findingsChanged()),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(settingName('followCursor'))) this.sendFollowCursor();
      }),
      context.store.onDidChange((change) => {
        if (change.kind === 'lens') this.post({ type: 'lens', lens: context.store.lens });
        if (change.kind === 'entry' && change.uri === uri) this.show();
      }),
    );
    webview.html = viewHtml({
      script: webview.asWebviewUri(Uri.joinPath(dist, 'webview.js')).toString(),
      style: webview.asWebviewUri(Uri.joinPath(dist, 'webview.css')).toString(),
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64url'),
      view: 'profile',
    });
  }

  /** Selects the place in the flame graph, now or as soon as the profile is there. */
  reveal(file: string, line: number): void {
    this.pendingReveal = { type: 'reveal', file, line };
    this.sendReveal();
  }

  /** The same for the heaviest box of a method. */
  revealMethod(frame: number, name: string, file: string): void {
    this.pendingReveal = { type: 'revealMethod', frame, name, file };
    this.sendReveal();
  }

  /** The filters that the view has now. */
  get filters(): ViewFilters {
    return this.shownFilters;
  }

  /** Selects the place of the cursor; where the view is not ready, the next movement comes soon. */
  follow(file: string, line: number): void {
    this.post({ type: 'follow', file, line });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private receive(message: unknown): void {
    const parsed = parseFromView(message);
    if (parsed === null) this.context.log.warn('The profile view sent a message that is not understood.');
    else void this.handle(parsed).catch((error: unknown) => this.context.log.error(`View: ${parsed.type}`, error));
  }

  private async handle(message: FromView): Promise<void> {
    const { store, server, log } = this.context;
    switch (message.type) {
      case 'ready':
        this.ready = true;
        this.sendFollowCursor();
        return this.show();
      case 'ask':
        return this.answer(message);
      case 'open':
        await this.activate();
        return openSource(server, {
          profile: this.uri,
          file: message.file,
          line: message.line,
          viewColumn: this.panel.viewColumn,
          opening: message.opening,
        });
      case 'openFinding':
        await this.activate();
        return openFinding(message.place, message.opening, this.panel.viewColumn);
      case 'explainFinding':
        await vscodeCommands.executeCommand(commands.explainFinding, message.id);
        return;
      case 'setLens':
        return store.setLens(message.lens);
      case 'setFollowCursor':
        return setFollowCursor(message.on);
      case 'selected':
        this.context.onSelected({ ...message.place, profile: this.uri });
        return;
      case 'setScaling':
        return this.context.comparing.setScaling(this.uri, message.scaling);
      case 'filters':
        this.shownFilters = message.filters;
        return;
      case 'command':
        return this.command(message.command);
      case 'savePicture':
        return savePicture(this.uri, profileName(this.uri), message.format, message.bytes);
      case 'copy':
        return env.clipboard.writeText(message.text);
      case 'painted':
        log.info(`${profileName(this.uri)}: first picture after ${Math.round(message.ms)} ms, ${message.boxes} boxes`);
        return;
      default:
        assertNever(message);
    }
  }

  /** The editor that opens must show this profile's heat, not another's. */
  private async activate(): Promise<void> {
    const { store } = this.context;
    if (store.entry(this.uri)?.state === 'ready') await store.setActive(this.uri);
  }

  private async command(command: Extract<FromView, { type: 'command' }>['command']): Promise<void> {
    switch (command) {
      case 'cancel':
        return this.context.store.cancel(this.uri);
      case 'retry':
        await this.context.store.reload(this.uri);
        return;
      case 'showMapping':
        await vscodeCommands.executeCommand(commands.showMapping, this.uri);
        return;
      case 'chooseParts':
        await vscodeCommands.executeCommand(commands.chooseParts, this.uri);
        return;
      case 'compareWithBaseline':
        return this.context.comparing.choose(this.uri);
      case 'stopComparing':
        return this.context.comparing.stop(this.uri);
      case 'explainInterval':
        await vscodeCommands.executeCommand(commands.explainInterval);
        return;
      default:
        assertNever(command);
    }
  }

  private async answer({ id, question, params }: Extract<FromView, { type: 'ask' }>): Promise<void> {
    const { server, log } = this.context;
    try {
      const filled = { ...(isRecord(params) ? params : {}), uri: this.uri };
      this.post({ type: 'reply', id, ok: true, result: await server.forward(methods[question], filled) });
    } catch (error) {
      log.error(`${profileName(this.uri)}: ${question}`, error);
      this.post({ type: 'reply', id, ok: false, message: error instanceof Error ? error.message : String(error) });
    }
  }

  private show(): void {
    const entry = this.context.store.entry(this.uri);
    if (entry === undefined) return;
    this.post(this.messageFor(entry));
    this.sendReveal();
  }

  private messageFor(entry: ProfileEntry): ToView {
    switch (entry.state) {
      case 'loading': {
        const { name, progress } = entry;
        return { type: 'loading', name, fraction: progressFraction(progress), phase: phaseName(progress) };
      }
      case 'ready':
        return { type: 'profile', summary: entry.summary, lens: this.context.store.lens, locale: env.language };
      case 'failed':
        return { type: 'failed', name: entry.name, error: entry.error };
      default:
        return assertNever(entry);
    }
  }

  private sendFollowCursor(): void {
    this.post({ type: 'followCursor', on: readSetting('followCursor') });
  }

  private findingsChanged(): void {
    this.staleFindings = !this.panel.visible;
    if (!this.staleFindings) this.post({ type: 'findingsChanged' });
  }

  private sendReveal(): void {
    const target = this.pendingReveal;
    if (target === null || !this.ready || this.context.store.entry(this.uri)?.state !== 'ready') return;
    this.pendingReveal = null;
    this.post(target);
  }

  private post(message: ToView): void {
    // Resolves false when the panel is gone meanwhile: nobody is waiting then.
    if (this.ready) void this.panel.webview.postMessage(message);
  }
}
