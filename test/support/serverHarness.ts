import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import type { ByteSource } from '../../src/profile/formats/byteSource';
import { bytesSource } from '../../src/profile/formats/bytesSource';
import type { Lens } from '../../src/profile/lens';
import type { Profile } from '../../src/profile/profile';
import {
  HeatChanged,
  type HeatChangedParams,
  LoadProgress,
  type LoadProgressParams,
  OpenProfile,
  type OpenProfileResult,
  type ProfileSummary,
  SetActive,
  type Settings,
} from '../../src/protocol/requests';
import { connect } from '../../src/server/connect';
import type { Host } from '../../src/server/host';
import { startServer } from '../../src/server/startServer';
import { memoryFileSystem } from './memoryFileSystem';
import { stackprofJson } from './stackprofJson';

export interface TestSetup {
  /** Path -> text. */
  readonly files?: Record<string, string>;
  /** Symlink -> target. */
  readonly links?: Record<string, string>;
  /** Workspace folders; default: `/workspace/app`. */
  readonly folders?: readonly string[];
  /** Path of the profile -> a profile, bytes of a file, or a source. */
  readonly profiles?: Record<string, Profile | Uint8Array | (() => ByteSource)>;
  /** Path of a worker's log -> its bytes. */
  readonly logs?: Record<string, () => ReturnType<Host['readLog']>>;
  readonly settings?: Partial<Settings>;
  readonly capabilities?: ClientCapabilities;
  readonly columnBudgetBytes?: number;
}

/** A server in this process with a client that remembers what it was told. Paths stand for their `file://` URIs. */
export interface TestServer {
  readonly client: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly progress: LoadProgressParams[];
  readonly heatChanges: HeatChangedParams[];
  readonly codeLensRefreshes: { count: number };
  /** What the client answers when it is asked for settings. */
  settings: unknown;
  /** Any request by name. */
  ask<R>(method: string, params: object): Promise<R>;
  open(path: string): Promise<ProfileSummary>;
  activate(path: string | null, lens?: Lens): Promise<void>;
  openDocument(path: string, text: string, languageId?: string): Promise<void>;
  /** Replaces the first occurrence of `find` in the document. */
  edit(path: string, find: string, replacement: string): Promise<void>;
  /** The whole document becomes another text. */
  replaceAll(path: string, text: string): Promise<void>;
  closeDocument(path: string): Promise<void>;
  textOf(path: string): string;
  diagnostics(path: string): readonly Diagnostic[];
  stop(): void;
}

export const uriOf = (path: string): string => `file://${path}`;

export async function startTestServer(setup: TestSetup = {}): Promise<TestServer> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const connection = connect(new StreamMessageReader(toServer), new StreamMessageWriter(toClient), () => {});
  startServer(connection, testHost(setup));
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const texts = new Map<string, { text: string; version: number }>();
  const published = new Map<string, PublishDiagnosticsParams>();
  const server: TestServer = {
    client,
    initialized: { capabilities: {} },
    progress: [],
    heatChanges: [],
    codeLensRefreshes: { count: 0 },
    settings: setup.settings ?? {},
    ask: (method, params) => client.sendRequest(method, params),
    async open(path) {
      const result = await client.sendRequest<OpenProfileResult>(OpenProfile, {
        uri: uriOf(path),
        remembered: {},
        leftOut: [],
      });
      if (!result.ok) throw new Error(result.error.message);
      return result.summary;
    },
    async activate(path, lens = 'mine') {
      await client.sendRequest(SetActive, { uri: path === null ? null : uriOf(path), lens });
    },
    async openDocument(path, text, languageId = 'ruby') {
      texts.set(path, { text, version: 1 });
      await client.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uriOf(path), languageId, version: 1, text },
      });
    },
    async edit(path, find, replacement) {
      const document = texts.get(path)!;
      const at = document.text.indexOf(find);
      if (at < 0) throw new Error(`No ${JSON.stringify(find)} in ${path}`);
      const range = { start: positionOf(document.text, at), end: positionOf(document.text, at + find.length) };
      document.text = document.text.slice(0, at) + replacement + document.text.slice(at + find.length);
      document.version++;
      await client.sendNotification('textDocument/didChange', {
        textDocument: { uri: uriOf(path), version: document.version },
        contentChanges: [{ range, text: replacement }],
      });
    },
    async replaceAll(path, text) {
      const document = texts.get(path)!;
      document.text = text;
      document.version++;
      await client.sendNotification('textDocument/didChange', {
        textDocument: { uri: uriOf(path), version: document.version },
        contentChanges: [{ text }],
      });
    },
    async closeDocument(path) {
      texts.delete(path);
      await client.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(path) } });
    },
    textOf: (path) => texts.get(path)!.text,
    diagnostics: (path) => published.get(uriOf(path))?.diagnostics ?? [],
    stop() {
      client.dispose();
      connection.dispose();
    },
  };
  client.onNotification(LoadProgress, (params: LoadProgressParams) => void server.progress.push(params));
  client.onNotification(HeatChanged, (params: HeatChangedParams) => void server.heatChanges.push(params));
  client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.set(params.uri, params);
  });
  client.onRequest('workspace/configuration', () => [server.settings]);
  client.onRequest('workspace/codeLens/refresh', () => {
    server.codeLensRefreshes.count++;
    return null;
  });
  client.listen();
  const initialized = await client.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    locale: 'en',
    capabilities: setup.capabilities ?? {
      workspace: { configuration: true, workspaceFolders: true, codeLens: { refreshSupport: true } },
    },
    workspaceFolders: (setup.folders ?? ['/workspace/app']).map((path) => ({
      uri: uriOf(path),
      name: path.slice(path.lastIndexOf('/') + 1),
    })),
  });
  await client.sendNotification('initialized', {});
  return Object.assign(server, { initialized });
}

function testHost(setup: TestSetup): Host {
  return {
    openBytes(uri) {
      const profile = setup.profiles?.[uri.slice('file://'.length)];
      if (profile === undefined) throw new Error('there is no such file');
      if (typeof profile === 'function') return profile();
      return bytesSource(profile instanceof Uint8Array ? profile : stackprofJson(profile));
    },
    gunzip: (source) => source,
    gzip: async (bytes) => new Uint8Array(gzipSync(bytes)),
    readLog: (uri) => setup.logs?.[uri.slice('file://'.length)]?.() ?? { totalBytes: null, chunks: missingLog() },
    files: memoryFileSystem(setup.files ?? {}, setup.links),
    prismWasm: () => readFile(createRequire(import.meta.url).resolve('@ruby/prism/src/prism.wasm')),
    findingPage: (id) => `file:///docs/findings/${id}.md`,
    kitFile: (path) => readFile(new URL(`../../kit/${path}`, import.meta.url), 'utf8'),
    toPath: (uri) => (uri.startsWith('file://') ? decodeURIComponent(uri.slice('file://'.length)) : null),
    toUri: uriOf,
    home: '/home/dev',
    columnBudgetBytes: setup.columnBudgetBytes ?? 1e9,
  };
}

async function* missingLog(): AsyncGenerator<Uint8Array> {
  yield await Promise.reject(Object.assign(new Error('no such file'), { code: 'ENOENT' }));
}

function positionOf(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before[before.length - 1]!.length };
}

/** Polls until `check` gives something; fails with the last error after ten seconds. */
export async function eventually<T>(check: () => T | undefined | null | false): Promise<T> {
  const end = performance.now() + 10_000;
  for (;;) {
    const value = check();
    if (value !== undefined && value !== null && value !== false) return value;
    if (performance.now() > end) throw new Error(`Nothing after 10 s: ${check}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
