import { Worker } from 'node:worker_threads';
import {
  type CancellationToken,
  type Disposable,
  EventEmitter,
  type FileSystemWatcher,
  type LogOutputChannel,
  window,
  workspace,
} from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type MessageTransports,
  PortMessageReader,
  PortMessageWriter,
} from 'vscode-languageclient/node';
import { SetBaseline, type SetBaselineParams, type SetBaselineResult } from '../protocol/compareRequests';
import { linkCommands, section } from '../protocol/ids';
import { JobLogProgress, type JobLogProgressParams } from '../protocol/jobLog';
import {
  ChooseMapping,
  type ChooseMappingParams,
  CloseProfile,
  type CloseProfileParams,
  HeatChanged,
  type HeatChangedParams,
  LoadProgress,
  type LoadProgressParams,
  OpenProfile,
  type OpenProfileParams,
  type OpenProfileResult,
  type ProfileSummary,
  SetActive,
  type SetActiveParams,
} from '../protocol/requests';
import type { ProfileServer } from './profileStore';
import { documents } from './rubyDocuments';
import type { ServerRequest, ServerRequests } from './serverRequests';

/** Heap of the worker's strings and objects; the columns are ArrayBuffers, which V8 does not count here. */
const maxHeapMegabytes = 2048;
/** Files that name Ruby, Rails and the columns of tables: what may be rewritten depends on them. */
const projectFiles = ['**/{.ruby-version,.tool-versions,Gemfile,Gemfile.lock}', '**/db/schema.rb'];
/** Files that say how processes are started and recorded, beside those that are Ruby documents anyway. VS Code knows no braces in braces. */
const configurationFiles = [
  '**/{Procfile,Procfile.*,Dockerfile,Dockerfile.*,*.Dockerfile,app.json,*.service,.env,.env.*}',
  '**/{compose*.yml,compose*.yaml,docker-compose*.yml,docker-compose*.yaml,deploy*.yml,deploy*.yaml}',
  '**/{fly.toml,render.yaml,heroku.yml,.buildpacks,docker-entrypoint,entrypoint.sh}',
];
/** Ruby that is not open may configure processes too, and records are followed through all of it. */
const watched = [...projectFiles, ...configurationFiles, '**/*.rb'];
/** More crashes than this within `crashWindowMs` are not answered by starting again. */
const maxCrashes = 3;
const crashWindowMs = 5 * 60_000;

/**
 * The language server in its worker thread. Started by the first request; when the thread dies every pending request is
 * rejected, the user is told once, and it is started again, at most `maxCrashes` times in five minutes.
 */
export class ServerConnection implements ProfileServer, Disposable {
  private client: LanguageClient | null = null;
  private worker: Worker | null = null;
  private watchers: readonly FileSystemWatcher[] = [];
  private readonly crashes: number[] = [];
  private gaveUp = false;
  private disposed = false;

  private readonly heatChanged = new EventEmitter<HeatChangedParams>();
  readonly onHeatChanged = this.heatChanged.event;
  private readonly loadProgress = new EventEmitter<LoadProgressParams>();
  readonly onLoadProgress = this.loadProgress.event;
  private readonly jobLogProgress = new EventEmitter<JobLogProgressParams>();
  readonly onJobLogProgress = this.jobLogProgress.event;
  /** The server runs again and knows no profile. */
  private readonly restarted = new EventEmitter<void>();
  readonly onDidRestart = this.restarted.event;
  /** The server is not started again, unless the user asks for it. */
  private readonly lost = new EventEmitter<void>();
  readonly onDidGiveUp = this.lost.event;

  constructor(
    /** `dist/server.js`. */
    private readonly serverFile: string,
    private readonly log: LogOutputChannel,
  ) {}

  /** Rejects when the server answers with an error, dies, or the token is cancelled. */
  async request<M extends ServerRequest>(
    method: M,
    params: ServerRequests[M]['params'],
    token?: CancellationToken,
  ): Promise<ServerRequests[M]['result']> {
    const client = this.running();
    return token === undefined ? client.sendRequest(method, params) : client.sendRequest(method, params, token);
  }

  /** Passes a question of the view on as it is; the server checks what it gets. */
  async forward(method: ServerRequest, params: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.running().sendRequest(method, params);
  }

  openProfile(params: OpenProfileParams, token: CancellationToken): Promise<OpenProfileResult> {
    return this.request(OpenProfile, params, token);
  }

  async closeProfile(uri: string): Promise<void> {
    const params: CloseProfileParams = { uri };
    if (this.client !== null) await this.client.sendNotification(CloseProfile, params);
  }

  async setActive(params: SetActiveParams): Promise<void> {
    // A server that never started has nothing active.
    if (params.uri !== null || this.client !== null) await this.request(SetActive, params);
  }

  chooseMapping(params: ChooseMappingParams): Promise<ProfileSummary> {
    return this.request(ChooseMapping, params);
  }

  setBaseline(params: SetBaselineParams, token: CancellationToken): Promise<SetBaselineResult> {
    return this.request(SetBaseline, params, token);
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    this.heatChanged.dispose();
    this.loadProgress.dispose();
    this.jobLogProgress.dispose();
    this.restarted.dispose();
    this.lost.dispose();
    this.stopWatching();
    const { client, worker } = this;
    this.client = null;
    // A busy worker does not answer in time; ending the thread is what counts.
    await client?.stop(500).catch(() => undefined);
    await worker?.terminate();
  }

  private running(): LanguageClient {
    if (this.gaveUp) throw new Error('The profile server has stopped');
    this.client ??= this.start();
    return this.client;
  }

  private start(): LanguageClient {
    this.stopWatching();
    this.watchers = watched.map((pattern) => workspace.createFileSystemWatcher(pattern));
    const options: LanguageClientOptions = {
      documentSelector: [...documents, ...configurationFiles.map((pattern) => ({ scheme: 'file', pattern }))],
      outputChannel: this.log,
      synchronize: { configurationSection: section, fileEvents: [...this.watchers] },
      markdown: { isTrusted: { enabledCommands: [...linkCommands] }, supportHtml: false },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({ action: CloseAction.DoNotRestart, handled: true, message: 'The profile server is gone.' }),
      },
    };
    const client = new LanguageClient(section, 'Allocation Hotspots', () => this.startWorker(), options);
    client.onNotification(HeatChanged, (params: HeatChangedParams) => this.heatChanged.fire(params));
    client.onNotification(LoadProgress, (params: LoadProgressParams) => this.loadProgress.fire(params));
    client.onNotification(JobLogProgress, (params: JobLogProgressParams) => this.jobLogProgress.fire(params));
    void client.start().catch((error: unknown) => this.log.error('The profile server did not start.', error));
    return client;
  }

  private stopWatching(): void {
    for (const watcher of this.watchers) watcher.dispose();
    this.watchers = [];
  }

  private async startWorker(): Promise<MessageTransports> {
    const worker = new Worker(this.serverFile, {
      name: 'allocation-hotspots',
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
    });
    this.worker = worker;
    const reader = new WorkerReader(worker);
    let reason = 'it ended';
    worker.stdout.on('data', (text: Buffer) => this.log.debug(text.toString().trimEnd()));
    worker.stderr.on('data', (text: Buffer) => this.log.warn(text.toString().trimEnd()));
    worker.on('error', (error) => {
      reason = isOutOfMemory(error) ? 'it ran out of memory' : 'of an internal error';
      this.log.error('The profile server failed.', error instanceof Error ? (error.stack ?? error.message) : error);
    });
    worker.on('exit', (code) => {
      // Disposes the connection, which rejects what is pending: the client does not notice a dead thread by itself.
      reader.close();
      if (!this.disposed && this.worker === worker) this.crashed(reason, code);
    });
    return { reader, writer: new PortMessageWriter(worker) };
  }

  private crashed(reason: string, code: number): void {
    this.log.error(`The profile server stopped with code ${code}.`);
    this.client = null;
    this.worker = null;
    const now = Date.now();
    this.crashes.push(now);
    while (this.crashes[0] !== undefined && this.crashes[0] < now - crashWindowMs) this.crashes.shift();
    if (this.crashes.length > maxCrashes) {
      this.gaveUp = true;
      this.lost.fire();
      void this.offerRestart(reason);
      return;
    }
    const message = `The profile server stopped because ${reason}. It was started again and reopens your profiles.`;
    void window.showWarningMessage(message, 'Show Log').then((choice) => choice && this.log.show());
    this.restart();
  }

  private async offerRestart(reason: string): Promise<void> {
    const again = 'Start Again';
    const message = `The profile server keeps stopping, the last time because ${reason}. Heat and profile views are off.`;
    const choice = await window.showErrorMessage(message, again, 'Show Log');
    if (choice === undefined) return;
    if (choice !== again) return this.log.show();
    this.gaveUp = false;
    this.crashes.length = 0;
    this.restart();
  }

  private restart(): void {
    if (this.disposed) return;
    this.running();
    this.restarted.fire();
  }
}

/** A reader that can be told that its thread is gone: `Worker` has no `close` event, which the base class waits for. */
class WorkerReader extends PortMessageReader {
  close(): void {
    this.fireClose();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
