import { randomBytes } from 'node:crypto';
import {
  CancellationTokenSource,
  type Disposable,
  env,
  Uri,
  commands as vscodeCommands,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { assertNever } from '../profile/assertNever';
import { type FromJobView, ReadJobLog, type ReadJobLogResult, type ToJobView } from '../protocol/jobLog';
import { Methods } from '../protocol/requests';
import { FileWatch } from './fileWatch';
import { openPerform } from './openPerform';
import { parseFromJobView } from './parseFromJobView';
import type { ProfileEditors } from './profileEditor';
import type { PanelContext } from './profilePanel';
import { profileName } from './profileStore';
import { viewHtml } from './viewHtml';

export interface JobLogContext extends Pick<PanelContext, 'extensionUri' | 'store' | 'server' | 'log'> {
  readonly editors: ProfileEditors;
}

/** A log that grows is read again by itself up to this size, and when it was quiet or this much later. */
const followBytes = 64 * 2 ** 20;
const followMs = 5000;

/** One view of one worker's log. Sends nothing before the view said `ready`. */
export class JobLogPanel implements Disposable {
  private ready = false;
  private follow = true;
  private shown: ToJobView | null = null;
  /** The log changed while nobody could see the view. */
  private isStale = false;
  private reading: CancellationTokenSource | null = null;
  private readonly name: string;
  private readonly subscriptions: Disposable[] = [];

  constructor(
    readonly uri: Uri,
    private readonly panel: WebviewPanel,
    private readonly context: JobLogContext,
  ) {
    this.name = profileName(uri.toString());
    const { webview } = panel;
    const dist = Uri.joinPath(context.extensionUri, 'dist');
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.subscriptions.push(
      webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      context.server.onJobLogProgress(({ uri: of, bytes, totalBytes }) => {
        // What is shown stays until the log was read again.
        if (of !== uri.toString() || this.reading === null || this.shown?.type === 'report') return;
        this.show({ type: 'reading', name: this.name, bytes, totalBytes, locale: env.language });
      }),
      panel.onDidChangeViewState(() => {
        if (panel.visible && this.isStale) void this.changed();
      }),
      new FileWatch(uri.toString(), () => void this.changed(), followMs),
    );
    webview.html = viewHtml({
      script: webview.asWebviewUri(Uri.joinPath(dist, 'webview.js')).toString(),
      style: webview.asWebviewUri(Uri.joinPath(dist, 'webview.css')).toString(),
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64url'),
      view: 'jobs',
    });
    void this.read();
  }

  dispose(): void {
    this.reading?.cancel();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async read(): Promise<void> {
    this.reading?.cancel();
    const reading = new CancellationTokenSource();
    this.reading = reading;
    this.isStale = false;
    if (this.shown?.type !== 'report') {
      this.show({ type: 'reading', name: this.name, bytes: 0, totalBytes: null, locale: env.language });
    }
    const started = performance.now();
    const result = await this.context.server
      .request(ReadJobLog, { uri: this.uri.toString() }, reading.token)
      .catch((error: unknown): ReadJobLogResult => {
        if (reading.token.isCancellationRequested)
          return { ok: false, reason: 'cancelled', message: 'Reading was cancelled.' };
        this.context.log.error(`${this.name} was not read.`, error);
        const message = error instanceof Error ? error.message : String(error);
        return { ok: false, reason: 'unreadable', message };
      });
    // A later reading took over.
    if (this.reading !== reading) return;
    this.reading = null;
    if (!result.ok) {
      const isCancelled = result.reason === 'cancelled';
      this.show({ type: 'failed', name: this.name, isCancelled, message: result.message });
      return;
    }
    const { report } = result;
    const took = Math.round(performance.now() - started);
    this.context.log.info(`${this.name}: ${report.bytes} bytes in ${took} ms; ${report.records} memory records`);
    this.show({ type: 'report', name: this.name, report, locale: env.language });
  }

  /** The log was written: read again when it is small, else say that it has grown. */
  private async changed(): Promise<void> {
    if (!this.panel.visible) {
      this.isStale = true;
      return;
    }
    this.isStale = false;
    const size = await workspace.fs.stat(this.uri).then(
      (stat) => stat.size,
      () => null,
    );
    if (size === null) return;
    if (this.follow && size <= followBytes) await this.read();
    else this.post({ type: 'grown', bytes: size });
  }

  private receive(message: unknown): void {
    const parsed = parseFromJobView(message);
    if (parsed === null) this.context.log.warn('The job log view sent a message that is not understood.');
    else void this.handle(parsed).catch((error: unknown) => this.context.log.error(`Job log: ${parsed.type}`, error));
  }

  private async handle(message: FromJobView): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.ready = true;
        if (this.shown !== null) this.post(this.shown);
        return;
      case 'follow':
        this.follow = message.follow;
        return;
      case 'command':
        return this.command(message.command);
      case 'openPerform':
        return this.tell(await openPerform(message.job, this.panel.viewColumn));
      case 'showInProfile':
        return this.tell(await this.showInProfile(message.job));
      default:
        assertNever(message);
    }
  }

  private async command(command: Extract<FromJobView, { type: 'command' }>['command']): Promise<void> {
    switch (command) {
      case 'cancel':
        this.reading?.cancel();
        return;
      case 'retry':
        // Who asks for it wants to see how far it is; what follows a log by itself does not take the report away.
        this.shown = null;
        return this.read();
      case 'openText':
        await vscodeCommands.executeCommand('vscode.openWith', this.uri, 'default', this.panel.viewColumn);
        return;
      default:
        assertNever(command);
    }
  }

  /** The heaviest box of the job's `perform` in the active profile. Answers with why there is none, or null. */
  private async showInProfile(job: string): Promise<string | null> {
    const { store, server, editors } = this.context;
    const uri = store.active;
    if (uri === null)
      return 'No profile is open. Open one of this worker, then its flame graph shows what the job allocates.';
    const methods = await server.request(Methods, { uri, refinement: [], lens: store.lens });
    const wanted = `${job}#perform`;
    const at = methods.name.indexOf(wanted);
    if (at < 0) return `${profileName(uri)} has no ${wanted}: the job did not run while it was recorded.`;
    const view = await editors.show(uri);
    view?.revealMethod(methods.frame[at]!, wanted, methods.file[at]!);
    return null;
  }

  private tell(problem: string | null): void {
    if (problem === null) return;
    this.post({ type: 'notice', text: problem });
    window.setStatusBarMessage(`$(info) ${problem}`, 8000);
  }

  private show(message: ToJobView): void {
    this.shown = message;
    this.post(message);
  }

  private post(message: ToJobView): void {
    // Resolves false when the panel is gone meanwhile: nobody is waiting then.
    if (this.ready) void this.panel.webview.postMessage(message);
  }
}
