import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createProtocolConnection,
  type Diagnostic,
  PortMessageReader,
  PortMessageWriter,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol/node';
import { wholeByLine } from '../../src/profile/treeShape';
import {
  Callers,
  type CallersResult,
  FileHeat,
  type FileHeatResult,
  Flame,
  type FlameData,
  Locate,
  type LocateResult,
  Methods,
  type MethodsResult,
  OpenProfile,
  type OpenProfileResult,
  SetActive,
} from '../../src/protocol/requests';
import { eventually } from '../support/serverHarness';

/** The bundle as it is shipped, in a worker thread, over the example app on the real disk. */
const example = path.resolve(__dirname, '../../examples/finance-sync');
const profile = pathToFileURL(path.join(example, 'profiles/sidekiq/stackprof_process_88471_1767226800.dump.gz')).href;

let folder: string;
let worker: Worker;
let client: ProtocolConnection;
const diagnostics = new Map<string, readonly Diagnostic[]>();
const ask = <R>(method: string, params: object): Promise<R> => client.sendRequest<R>(method, params);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'allocation-hotspots-'));
  await build({
    entryPoints: [path.resolve(__dirname, '../../src/server/worker.ts')],
    outfile: path.join(folder, 'server.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    keepNames: true,
    minify: true,
    logLevel: 'warning',
  });
  await copyFile(createRequire(__filename).resolve('@ruby/prism/src/prism.wasm'), path.join(folder, 'prism.wasm'));
  worker = new Worker(path.join(folder, 'server.js'));
  client = createProtocolConnection(new PortMessageReader(worker), new PortMessageWriter(worker));
  client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    diagnostics.set(params.uri, params.diagnostics);
  });
  client.listen();
  await ask('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    workspaceFolders: [{ uri: pathToFileURL(example).href, name: 'finance-sync' }],
  });
  await client.sendNotification('initialized', {});
}, 60_000);

afterAll(async () => {
  client.dispose();
  await worker.terminate();
  await rm(folder, { recursive: true, force: true });
});

test('a recorded dump opens and its columns arrive as typed arrays', async () => {
  const opened = await ask<OpenProfileResult>(OpenProfile, { uri: profile, remembered: {}, leftOut: [] });
  expect(opened).toMatchObject({ ok: true, summary: { mode: 'object', compressed: true, detail: 'raw_lines' } });
  const flame = await ask<FlameData>(Flame, {
    uri: profile,
    refinement: [],
    shape: { ...wholeByLine, groupBy: 'line' },
    from: 0,
    to: null,
    minSamples: 0,
  });
  expect(flame.length).toBeGreaterThan(100);
  for (const column of [flame.node, flame.parent, flame.frame, flame.line, flame.subtreeEnd, flame.frames.index]) {
    expect(column).toBeInstanceOf(Int32Array);
  }
  for (const column of [flame.start, flame.total, flame.self]) expect(column).toBeInstanceOf(Float64Array);
  expect(flame.depth).toBeInstanceOf(Uint16Array);
  expect(flame.frames.origin).toBeInstanceOf(Uint8Array);
  for (const column of [flame.node, flame.start, flame.depth]) expect(column.length).toBe(flame.length);
  const roots = flame.total.filter((_, row) => flame.parent[row] === -1);
  expect(roots.reduce((sum, total) => sum + total, 0)).toBe(flame.totalSamples);
});

test('methods and callers of a recorded dump', async () => {
  await ask<OpenProfileResult>(OpenProfile, { uri: profile, remembered: {}, leftOut: [] });
  const methods = await ask<MethodsResult>(Methods, { uri: profile, refinement: [], lens: 'mine' });
  expect(methods.self).toBeInstanceOf(Float64Array);
  const row = methods.name.findIndex((name) => name.includes('Materializer#'));
  const callers = await ask<CallersResult>(Callers, { uri: profile, refinement: [], frame: methods.frame[row] });
  expect(callers.total).toBe(methods.total[row]);
  expect(callers.callers.length).toBeGreaterThan(0);
});

test('a hot line of the app is located, lit and diagnosed on the real disk', async () => {
  await ask<OpenProfileResult>(OpenProfile, { uri: profile, remembered: {}, leftOut: [] });
  const methods = await ask<MethodsResult>(Methods, { uri: profile, refinement: [], lens: 'mine' });
  const found = await ask<LocateResult>(Locate, { uri: profile, file: methods.file[0], line: methods.line[0] });
  if (!found.ok) throw new Error(found.message);
  expect(found.uri.startsWith(pathToFileURL(example).href)).toBe(true);
  await ask(SetActive, { uri: profile, lens: 'mine' });
  const heat = await ask<FileHeatResult>(FileHeat, { uri: found.uri });
  expect(Math.max(...heat.lines.map(({ level }) => level))).toBe(4);
});

test('a finding is made with the Prism that lies beside the bundle', async () => {
  const source = path.join(folder, 'digest_job.rb');
  const dump = path.join(folder, 'digest.json');
  const text = 'class DigestJob\n  def perform\n    User.all.each { |user| user.touch }\n  end\nend\n';
  await writeFile(source, text);
  await writeFile(
    dump,
    JSON.stringify({
      version: 1.2,
      mode: 'object',
      interval: 1,
      samples: 50,
      gc_samples: 0,
      missed_samples: 0,
      frames: {
        1001: { name: 'DigestJob#perform', file: source, line: 2, total_samples: 50, samples: 0 },
        1002: { name: 'ActiveRecord::Relation#records', file: '/g/r.rb', line: 1, total_samples: 50, samples: 0 },
        1003: { name: 'ActiveRecord::Relation#exec_queries', file: '/g/r.rb', line: 9, total_samples: 50, samples: 50 },
      },
      raw: [3, 1001, 1002, 1003, 50],
      raw_lines: [3, 3, 2, 10, 50],
    }),
  );
  const uri = pathToFileURL(dump).href;
  await ask<OpenProfileResult>(OpenProfile, { uri, remembered: {}, leftOut: [] });
  await ask(SetActive, { uri, lens: 'mine' });
  const document = pathToFileURL(source).href;
  await client.sendNotification('textDocument/didOpen', {
    textDocument: { uri: document, languageId: 'ruby', version: 1, text },
  });
  const codes = await eventually(() => diagnostics.get(document)?.map(({ code }) => code));
  expect(codes).toContain('relation-each');
});

test('a file that is not there and a folder are answers, not crashes', async () => {
  for (const uri of ['file:///nowhere/x.dump', pathToFileURL(example).href, 'untitled:x', 'file://host/x.dump']) {
    const answer = await ask<OpenProfileResult>(OpenProfile, { uri, remembered: {}, leftOut: [] });
    expect(answer, uri).toMatchObject({ ok: false });
  }
});

test('the thread ends when it is told to', async () => {
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  await ask('shutdown', {});
  await client.sendNotification('exit');
  expect(await ended).toBe(0);
});
