import { afterEach, describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import type { ByteSource } from '../../src/profile/formats/byteSource';
import { wholeByLine } from '../../src/profile/treeShape';
import {
  CloseProfile,
  FileHeat,
  Flame,
  type FlameParams,
  OpenProfile,
  type OpenProfileResult,
} from '../../src/protocol/requests';
import { columnBytesOf } from '../../src/server/openProfile';
import { profileFromText } from '../support/profileFromText';
import { eventually, startTestServer, type TestServer, uriOf } from '../support/serverHarness';
import { stackprofJson } from '../support/stackprofJson';

let server: TestServer;
afterEach(() => server.stop());

const job = profileFromText('SyncJob#perform@app/jobs/sync_job.rb#1:2 > Class#new@<cfunc> 10', { interval: 53 });
const openParams = (path: string) => ({ uri: uriOf(path), remembered: {}, leftOut: [] });
const flameParams = (path: string): FlameParams => ({
  uri: uriOf(path),
  refinement: [],
  shape: { groupBy: 'method', direction: 'callees', around: null, order: 'weight' },
  from: 0,
  to: null,
  compared: null,
  minSamples: 0,
});

test('opening a profile answers with its summary', async () => {
  server = await startTestServer({
    files: { '/workspace/app/app/jobs/sync_job.rb': 'def perform\n  Record.new\nend\n' },
    profiles: { '/dumps/stackprof%20one.dump': job },
  });
  const summary = await server.open('/dumps/stackprof%20one.dump');
  expect(summary).toMatchObject({
    uri: 'file:///dumps/stackprof%20one.dump',
    name: 'stackprof one.dump',
    format: 'stackprof-json',
    mode: 'object',
    interval: 53,
    samples: 10,
    measure: { unit: 'objects', total: 530 },
    detail: 'raw_lines',
    methods: 2,
    maxDepth: 2,
    mapping: { mappedFiles: 1, missingFiles: 0 },
  });
});

test('a round interval is among the problems', async () => {
  const round = profileFromText('A#a@a.rb:1 10', { interval: 50, missedSamples: 490 });
  server = await startTestServer({ profiles: { '/dumps/a.json': round } });
  const { problems } = await server.open('/dumps/a.json');
  expect(problems.map(({ code }) => code)).toContain('round-interval');
});

describe('what cannot be opened', () => {
  test('a file that is no profile', async () => {
    const text = new TextEncoder().encode('#!/bin/sh\necho hello\n');
    server = await startTestServer({ profiles: { '/dumps/a.dump': text } });
    const result = await server.ask<OpenProfileResult>(OpenProfile, openParams('/dumps/a.dump'));
    expect(result).toMatchObject({ ok: false, error: { reason: 'unknown-format' } });
  });

  test('a file that is not there', async () => {
    server = await startTestServer();
    const result = await server.ask<OpenProfileResult>(OpenProfile, openParams('/dumps/a.dump'));
    expect(result).toEqual({
      ok: false,
      error: { reason: 'unreadable', message: 'a.dump could not be read: there is no such file', offset: null },
    });
  });

  test('a profile that does not fit beside the open ones', async () => {
    server = await startTestServer({
      profiles: { '/dumps/a.json': job, '/dumps/b.json': job },
      columnBudgetBytes: columnBytesOf(job) * 1.5,
    });
    await server.open('/dumps/a.json');
    const result = await server.ask<OpenProfileResult>(OpenProfile, openParams('/dumps/b.json'));
    expect(result).toMatchObject({ ok: false, error: { reason: 'limit' } });
    await server.client.sendNotification(CloseProfile, { uri: uriOf('/dumps/a.json') });
    expect(await server.open('/dumps/b.json')).toMatchObject({ samples: 10 });
  });

  test('every prefix of a profile gives an answer', async () => {
    const bytes = stackprofJson(job);
    const profiles: Record<string, Uint8Array> = {};
    for (let length = 0; length < bytes.length; length += 7) profiles[`/dumps/${length}.json`] = bytes.slice(0, length);
    server = await startTestServer({ profiles });
    for (const path of Object.keys(profiles)) {
      const result = await server.ask<OpenProfileResult>(OpenProfile, openParams(path));
      expect(result.ok ? result.summary.problems.length : result.error.message.length, path).toBeGreaterThan(0);
    }
  });
});

describe('loading', () => {
  test('two requests at a time share one reading', async () => {
    let opened = 0;
    server = await startTestServer({
      profiles: {
        '/dumps/a.json': () => {
          opened++;
          return slowSource(stackprofJson(job)).source;
        },
      },
    });
    const [one, two] = await Promise.all([server.open('/dumps/a.json'), server.open('/dumps/a.json')]);
    expect(one).toEqual(two);
    expect((await server.open('/dumps/a.json')).loadMs).toBe(one.loadMs);
    expect(opened).toBe(1);
  });

  test('progress counts the bytes, then says that files are mapped and lines counted', async () => {
    const bytes = stackprofJson(job);
    server = await startTestServer({ profiles: { '/dumps/a.json': bytes } });
    await server.open('/dumps/a.json');
    const whole = { uri: uriOf('/dumps/a.json'), bytes: bytes.length, totalBytes: bytes.length };
    expect(server.progress.slice(-2)).toEqual([
      { ...whole, phase: 'mapping' },
      { ...whole, phase: 'counting' },
    ]);
  });

  test('a cancelled load answers at once, stops reading, and the profile can be opened again', async () => {
    const slow = slowSource(stackprofJson(job));
    server = await startTestServer({ profiles: { '/dumps/a.json': () => slow.source } });
    slow.hold();
    const cancel = new CancellationTokenSource();
    const answer = server.client.sendRequest<OpenProfileResult>(OpenProfile, openParams('/dumps/a.json'), cancel.token);
    await eventually(() => slow.reads > 0);
    cancel.cancel();
    expect(await answer).toMatchObject({ ok: false, error: { reason: 'cancelled' } });
    slow.release();
    await eventually(() => slow.closed);
    expect(await server.open('/dumps/a.json')).toMatchObject({ samples: 10 });
  });

  test('of two who wait one may cancel: the other gets the profile', async () => {
    const slow = slowSource(stackprofJson(job));
    server = await startTestServer({ profiles: { '/dumps/a.json': () => slow.source } });
    slow.hold();
    const cancel = new CancellationTokenSource();
    const impatient = server.client.sendRequest<OpenProfileResult>(
      OpenProfile,
      openParams('/dumps/a.json'),
      cancel.token,
    );
    const patient = server.open('/dumps/a.json');
    await eventually(() => slow.reads > 0);
    cancel.cancel();
    expect(await impatient).toMatchObject({ ok: false });
    slow.release();
    expect(await patient).toMatchObject({ samples: 10 });
  });

  test('closing while loading ends the load as cancelled', async () => {
    const slow = slowSource(stackprofJson(job));
    server = await startTestServer({ profiles: { '/dumps/a.json': () => slow.source } });
    slow.hold();
    const answer = server.ask<OpenProfileResult>(OpenProfile, openParams('/dumps/a.json'));
    await eventually(() => slow.reads > 0);
    await server.client.sendNotification(CloseProfile, { uri: uriOf('/dumps/a.json') });
    await server.ask(FileHeat, { uri: uriOf('/workspace/app/a.rb') });
    slow.release();
    expect(await answer).toMatchObject({ ok: false, error: { reason: 'cancelled' } });
  });
});

describe('a profile that is not open', () => {
  test('questions about it are answered with what to do', async () => {
    server = await startTestServer();
    await expect(server.ask(Flame, flameParams('/dumps/a.json'))).rejects.toThrow(
      'The profile a.json is not open any more: open it again.',
    );
    await expect(server.activate('/dumps/a.json')).rejects.toThrow('open it again');
  });

  test('after closing it is not open', async () => {
    server = await startTestServer({ profiles: { '/dumps/a.json': job } });
    await server.open('/dumps/a.json');
    await server.ask(Flame, flameParams('/dumps/a.json'));
    await server.client.sendNotification(CloseProfile, { uri: uriOf('/dumps/a.json') });
    await expect(server.ask(Flame, flameParams('/dumps/a.json'))).rejects.toThrow('open it again');
  });

  test('nonsense is refused with the name of the field', async () => {
    server = await startTestServer();
    await expect(server.ask(Flame, { uri: 5 })).rejects.toThrow('"uri"');
    await expect(
      server.ask(Flame, { ...flameParams('/a'), shape: { ...wholeByLine, groupBy: 'colour' } }),
    ).rejects.toThrow('"groupBy"');
    await expect(server.ask('allocationHotspots/unknown', {})).rejects.toThrow();
  });
});

/** A source that waits at its reads while it is held. */
function slowSource(bytes: Uint8Array): {
  readonly source: ByteSource;
  readonly reads: number;
  readonly closed: boolean;
  hold(): void;
  release(): void;
} {
  let gate: Promise<void> = Promise.resolve();
  let open = () => {};
  const state = { reads: 0, closed: false };
  const sourceAt = (start: number): ByteSource => {
    let at = start;
    return {
      size: bytes.length,
      async read(into) {
        state.reads++;
        await gate;
        const part = bytes.subarray(at, at + Math.min(into.length, 64));
        into.set(part);
        at += part.length;
        return part.length;
      },
      reopen: () => sourceAt(0),
      close() {
        state.closed = true;
        at = 0;
      },
    };
  };
  return Object.assign(state, {
    source: sourceAt(0),
    hold() {
      gate = new Promise((resolve) => {
        open = resolve;
      });
    },
    release: () => open(),
  });
}
