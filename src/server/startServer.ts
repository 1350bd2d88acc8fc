import {
  type CancellationToken,
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  ErrorCodes,
  type FileEvent,
  type InitializeParams,
  type InitializeResult,
  ResponseError,
  TextDocumentSyncKind,
  type WorkspaceFolder,
} from 'vscode-languageserver';
import type { Lens } from '../profile/lens';
import { PlanCapture, Runnables } from '../protocol/captureRequests';
import { Compare, SetBaseline, type SetBaselineParams, type SetBaselineResult } from '../protocol/compareRequests';
import { JobLogProgress, ReadJobLog } from '../protocol/jobLog';
import { mergedFiles } from '../protocol/mergedUri';
import {
  type Baseline,
  Callers,
  ChooseMapping,
  type ChooseMappingParams,
  CloseProfile,
  Export,
  FileHeat,
  Findings,
  Flame,
  HeatChanged,
  HotLines,
  HotTree,
  LoadProgress,
  Locate,
  Methods,
  OpenProfile,
  type OpenProfileParams,
  type OpenProfileResult,
  type ProfileSummary,
  Resolve,
  RollUp,
  Search,
  SetActive,
  type SetActiveParams,
  TreeRows,
} from '../protocol/requests';
import type { SourceRoot } from '../source/mapFiles';
import { callers } from './callers';
import { codeActions, FIX_ALL, resolveCodeAction } from './codeActions';
import { codeLenses } from './codeLens';
import { compare } from './compare';
import { Comparisons } from './comparisons';
import { Configuration } from './configuration';
import type { ServerContext } from './context';
import { DiagnosticsPublisher } from './diagnostics';
import { Documents } from './documents';
import { exportBytes } from './exportBytes';
import { fileHeat } from './fileHeat';
import { findings } from './findings';
import { flame, TreeCache } from './flame';
import type { Host } from './host';
import { hotLines } from './hotLines';
import { hotTree } from './hotTree';
import { hover } from './hover';
import { locate } from './locate';
import { mapView } from './mapView';
import { methods } from './methods';
import { ownRoots } from './ownRoots';
import * as parse from './parseParams';
import { ParserCache } from './parserCache';
import { planCapture } from './planCapture';
import { ProfileStore } from './profiles';
import { Programs } from './programs';
import { Projects } from './projects';
import { readJobLog } from './readJobLog';
import { RefinedProfiles } from './refinedProfiles';
import { resolve } from './resolve';
import { rollUp } from './rollUp';
import { runnables } from './runnables';
import { search } from './search';
import { SettingsCache } from './settings';
import { summaryOf } from './summary';
import { treeRows } from './treeRows';

/** Serves one client over `connection` until that ends. Knows the machine through `host` only; keeps no timer. */
export function startServer(connection: Connection, host: Host): void {
  new Server(connection, host).listen();
}

type Answer = object | null;

class Server implements ServerContext {
  readonly profiles: ProfileStore;
  readonly refined = new RefinedProfiles();
  readonly trees = new TreeCache();
  readonly comparisons: Comparisons;
  readonly documents: Documents;
  readonly settings: SettingsCache;
  readonly parser: ParserCache;
  readonly projects: Projects;
  readonly configuration: Configuration;
  readonly programs: Programs;
  private readonly diagnostics: DiagnosticsPublisher;
  /** Profiles that the client opened; others are here to be compared with. */
  private readonly shown = new Set<string>();
  private roots: SourceRoot[] = [];
  private client: Partial<InitializeParams> = {};
  private activeUri: string | null = null;
  private lens: Lens = 'mine';
  /** The path mappings that profiles are mapped by, to see whether a change of settings concerns them. */
  private mappings = '';

  constructor(
    private readonly connection: Connection,
    readonly host: Host,
  ) {
    this.documents = new Documents(host);
    this.settings = new SettingsCache(connection, () => this.client.capabilities?.workspace?.configuration === true);
    this.profiles = new ProfileStore(
      host,
      async (uri, profile, remembered, onMapped) => {
        const { pathMappings } = await this.settings.get();
        const roots = ownRoots(this.roots, remembered);
        this.mappings = JSON.stringify(pathMappings);
        const at = host.toPath(mergedFiles(uri)?.[0] ?? uri);
        const profilePath = at === null ? {} : { profilePath: at };
        const options = { roots, files: host.files, pathMappings, remembered, ...profilePath, ...homeOf(host) };
        return mapView(profile, options, onMapped);
      },
      (progress) => this.notify(LoadProgress, progress),
    );
    this.comparisons = new Comparisons(this.profiles, this.refined);
    this.parser = new ParserCache(host, (error) => this.log(error));
    this.projects = new Projects(host.files);
    this.configuration = new Configuration(host, this.documents, () => this.roots);
    this.programs = new Programs(host, this.documents);
    this.diagnostics = new DiagnosticsPublisher(connection, this);
  }

  listen(): void {
    const { connection } = this;
    connection.onInitialize((params) => this.initialize(params));
    connection.onInitialized(() => {
      if (this.client.capabilities?.workspace?.workspaceFolders !== true) return;
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
        this.quietly(() => this.changeFolders(added, removed)),
      );
    });
    connection.onDidChangeConfiguration(() => this.quietly(() => this.changeSettings()));
    // The client watches Ruby files, and those that name versions and columns or configure processes.
    connection.onDidChangeWatchedFiles(({ changes }) => this.quietly(() => this.changeFiles(changes)));
    this.answerProfileRequests();
    this.answerEditorRequests();
    this.documents.listen(
      connection,
      (uri) => this.quietly(() => this.diagnostics.documentChanged(uri)),
      (uri) => this.quietly(() => this.diagnostics.documentChanged(uri)),
    );
    connection.listen();
  }

  locale(): string {
    return this.client.locale ?? 'en';
  }

  active(): ReturnType<ServerContext['active']> {
    const open = this.activeUri === null ? undefined : this.profiles.find(this.activeUri);
    return open === undefined ? null : { open, lens: this.lens };
  }

  private answerProfileRequests(): void {
    this.answer(OpenProfile, (params, token) => this.openProfile(parse.parseOpenProfile(params), token));
    this.answer(SetActive, (params) => this.setActive(parse.parseSetActive(params)));
    this.answer(ChooseMapping, (params) => this.chooseMapping(parse.parseChooseMapping(params)));
    this.answer(SetBaseline, (params, token) => this.setBaseline(parse.parseSetBaseline(params), token));
    this.answer(Compare, (params) => compare(this, parse.parseCompare(params)));
    this.answer(Flame, (params) => flame(this, parse.parseFlame(params)));
    this.answer(HotLines, (params) => hotLines(this, parse.parseHotLines(params)));
    this.answer(Methods, (params) => methods(this, parse.parseMethods(params)));
    this.answer(TreeRows, (params) => treeRows(this, parse.parseTreeRows(params)));
    this.answer(RollUp, (params) => rollUp(this, parse.parseRollUp(params)));
    this.answer(Callers, (params) => callers(this, parse.parseCallers(params)));
    this.answer(Search, (params) => search(this, parse.parseSearch(params)));
    this.answer(Export, (params, token) => exportBytes(this, parse.parseExport(params), token));
    this.answer(HotTree, (params) => hotTree(this, parse.parseHotTree(params)));
    this.answer(Locate, (params) => locate(this, parse.parseLocate(params)));
    this.connection.onNotification(CloseProfile, (params: unknown) =>
      this.quietly(() => this.closeProfile(parse.parseCloseProfile(params).uri)),
    );
  }

  private answerEditorRequests(): void {
    this.answer(FileHeat, (params) => fileHeat(this, parse.parseFileHeat(params)));
    this.answer(Findings, (params) => findings(this, parse.parseFindings(params)));
    this.answer(ReadJobLog, (params, token) =>
      readJobLog(this.host, parse.parseReadJobLog(params), token, (progress) => this.notify(JobLogProgress, progress)),
    );
    this.answer(PlanCapture, (params) => planCapture(this, parse.parsePlanCapture(params)));
    this.answer(Runnables, (params) => runnables(this, parse.parseRunnables(params)));
    this.answer(Resolve, (params) => resolve(this, parse.parseResolve(params)));
    this.connection.onHover(({ textDocument, position }) =>
      this.guarded(() => hover(this, textDocument.uri, position)),
    );
    this.connection.onCodeAction((params) => this.guarded(() => codeActions(this, params)));
    this.connection.onCodeActionResolve((action) => this.guarded(() => resolveCodeAction(this, action)));
    this.connection.onCodeLens(({ textDocument }) => this.guarded(() => codeLenses(this, textDocument.uri)));
  }

  private initialize(params: InitializeParams): InitializeResult {
    this.client = params;
    this.roots = (params.workspaceFolders ?? []).flatMap((folder) => this.rootOf(folder));
    return {
      serverInfo: { name: 'Allocation Hotspots' },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL], resolveProvider: true },
        codeLensProvider: { resolveProvider: false },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  private async openProfile(params: OpenProfileParams, token: CancellationToken): Promise<OpenProfileResult> {
    const result = await this.profiles.open(params, token);
    if (!result.ok) return result;
    const { open } = result;
    // Later only `SetBaseline` says what it is compared with.
    if (!this.shown.has(params.uri)) open.baseline = params.baseline;
    this.shown.add(params.uri);
    if (!sameEntries(open.remembered, params.remembered)) {
      open.remembered = params.remembered;
      await this.profiles.remap(open);
      await this.showChangedHeat();
    }
    return { ok: true, summary: summaryOf(open) };
  }

  private async closeProfile(uri: string): Promise<void> {
    this.shown.delete(uri);
    const baseline = this.profiles.find(uri)?.baseline ?? null;
    this.forget(uri);
    this.forgetBaseline(baseline);
    if (this.activeUri !== uri) return;
    this.activeUri = null;
    await this.showChangedHeat();
  }

  private async setBaseline(
    { uri, baseline }: SetBaselineParams,
    token: CancellationToken,
  ): Promise<SetBaselineResult> {
    const open = this.profiles.get(uri);
    const message = baseline === null ? null : await this.comparisons.refusal(open, baseline.uri, token);
    if (message !== null) return { ok: false, message };
    const before = open.baseline;
    open.baseline = baseline;
    this.forgetBaseline(before);
    await this.showChangedHeat();
    return { ok: true, summary: summaryOf(open) };
  }

  /** Frees what was read to be compared with only. */
  private forgetBaseline(baseline: Baseline | null): void {
    if (baseline === null || this.shown.has(baseline.uri)) return;
    if (!this.profiles.all().some((open) => open.baseline?.uri === baseline.uri)) this.forget(baseline.uri);
  }

  private forget(uri: string): void {
    this.profiles.close(uri);
    this.refined.drop(uri);
    this.trees.drop(uri);
    this.comparisons.drop(uri);
  }

  private async setActive({ uri, lens }: SetActiveParams): Promise<null> {
    if (uri !== null) this.profiles.get(uri);
    this.activeUri = uri;
    this.lens = lens;
    await this.showChangedHeat();
    return null;
  }

  private async chooseMapping({ uri, from, to }: ChooseMappingParams): Promise<ProfileSummary> {
    const open = this.profiles.get(uri);
    open.remembered = { ...open.remembered, [from]: to };
    await this.profiles.remap(open);
    await this.showChangedHeat();
    return summaryOf(open);
  }

  private async changeFolders(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): Promise<void> {
    const gone = new Set(removed.flatMap((folder) => this.rootOf(folder)).map(({ path }) => path));
    this.roots = [
      ...this.roots.filter(({ path }) => !gone.has(path)),
      ...added.flatMap((folder) => this.rootOf(folder)),
    ];
    await this.profiles.remapAll();
    await this.showChangedHeat();
  }

  private async changeSettings(): Promise<void> {
    this.settings.drop();
    const { pathMappings } = await this.settings.get();
    if (this.mappings !== JSON.stringify(pathMappings)) await this.profiles.remapAll();
    await this.showChangedHeat();
  }

  private async changeFiles(changes: readonly FileEvent[]): Promise<void> {
    // A notice without files may be about any.
    const isOnlyRuby =
      changes.length > 0 && changes.every(({ uri }) => /\.rb$/.test(uri) && !tellsOfProcesses.test(uri));
    const wereRead = this.programs.drop();
    if (isOnlyRuby) {
      // Findings over several files speak of these.
      if (wereRead) await this.diagnostics.refreshAll();
      return;
    }
    this.projects.drop();
    this.configuration.drop();
    await this.showChangedHeat();
  }

  /** Diagnostics, CodeLens and heat anew, after what they show has changed. */
  private async showChangedHeat(): Promise<void> {
    this.notify(HeatChanged, { uris: null });
    await this.diagnostics.refreshAll();
    if (this.client.capabilities?.workspace?.codeLens?.refreshSupport !== true) return;
    // The client answers when it has asked for the lenses again, which may wait for us: not awaited.
    this.connection.sendRequest(CodeLensRefreshRequest.type).catch((error: unknown) => this.log(error));
  }

  private rootOf(folder: WorkspaceFolder): SourceRoot[] {
    const path = this.host.toPath(folder.uri);
    return path === null ? [] : [{ path, name: folder.name }];
  }

  private answer(
    method: string,
    handle: (params: unknown, token: CancellationToken) => Answer | Promise<Answer>,
  ): void {
    this.connection.onRequest(method, (params: unknown, token: CancellationToken) =>
      this.guarded(() => handle(params, token)),
    );
  }

  /** Every request is answered: what a handler throws becomes an error with a message, and its stack goes to the log. */
  private async guarded<R>(handle: () => R | Promise<R>): Promise<R> {
    try {
      return await handle();
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      this.log(error);
      const why = error instanceof Error ? error.message : String(error);
      throw new ResponseError(ErrorCodes.InternalError, `Allocation Hotspots failed: ${why}`);
    }
  }

  /** Runs what nobody waits for. */
  private quietly(handle: () => void | Promise<void>): void {
    this.guarded(handle).catch(() => {});
  }

  /** The client may be gone by now: then there is nobody to tell. */
  private notify(method: string, params: object): void {
    this.quietly(() => this.connection.sendNotification(method, params));
  }

  private log(error: unknown): void {
    try {
      this.connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    } catch {
      // The connection is closed, and with it the log.
    }
  }
}

function homeOf({ home }: Host): { home: string } | Record<string, never> {
  return home === null ? {} : { home };
}

function sameEntries(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** Ruby files that may say which versions and columns there are, and how processes are started. */
const tellsOfProcesses = /\/(?:db|config|lib|scripts?|bin)\//;
