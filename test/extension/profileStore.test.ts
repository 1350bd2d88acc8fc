import { describe, expect, test } from 'vitest';
import type { CancellationToken } from 'vscode-languageserver-protocol/node';
import { type ProfileServer, ProfileStore, profileName } from '../../src/extension/profileStore';
import type { OpenProfileResult, ProfileSummary } from '../../src/protocol/requests';

const a = 'file:///workspace/a.dump';
const b = 'file:///workspace/b.dump';

describe('a profile', () => {
  test('is loading, then ready; asking twice reads once', async () => {
    const { store, server } = make();
    const loads = [store.load(a), store.load(a)];
    expect(states(store)).toEqual(['a.dump loading']);
    server.answer(a);
    await Promise.all(loads);
    expect(states(store)).toEqual(['a.dump ready']);
    expect((await store.load(a)).state).toBe('ready');
    expect(server.calls).toEqual(['open a.dump']);
  });

  test('shows how far it is', async () => {
    const { store, server } = make();
    const load = store.load(a);
    store.progress({ uri: a, bytes: 5, totalBytes: 10, phase: 'reading' });
    expect(store.entry(a)).toMatchObject({ state: 'loading', progress: { bytes: 5 } });
    server.answer(a);
    await load;
    store.progress({ uri: a, bytes: 10, totalBytes: 10, phase: 'reading' });
    expect(states(store)).toEqual(['a.dump ready']);
  });

  test('that cannot be read is failed with the reason, and can be tried again', async () => {
    const { store, server } = make();
    const load = store.load(a);
    server.answer(a, { ok: false, error: { reason: 'truncated', message: 'It ends early.', offset: 12 } });
    await load;
    expect(store.entry(a)).toMatchObject({ state: 'failed', error: { reason: 'truncated', offset: 12 } });
    const again = store.load(a);
    server.answer(a);
    expect((await again).state).toBe('ready');
  });

  test('whose server dies is failed, in words', async () => {
    const { store, server } = make();
    const load = store.load(a);
    server.fail(a, new Error('Pending response rejected.'));
    await load;
    expect(store.entry(a)).toMatchObject({
      state: 'failed',
      error: { reason: 'unreadable', message: expect.stringContaining('Pending response rejected. The log') },
    });
  });

  test('can be cancelled', async () => {
    const { store } = make();
    const load = store.load(a);
    expect(store.cancelAll()).toBe(1);
    expect(await load).toMatchObject({ state: 'failed', error: { reason: 'cancelled' } });
    expect(store.cancelAll()).toBe(0);
  });

  test('closed while it loads does not come back', async () => {
    const { store, server } = make();
    const load = store.load(a);
    await store.close(a);
    await load;
    expect(states(store)).toEqual([]);
    expect(server.calls).toContain('close a.dump');
  });

  test('closed while it loads and opened again is read afresh', async () => {
    const { store, server } = make();
    const first = store.load(a);
    await store.close(a);
    const second = store.load(a);
    await first;
    expect(states(store)).toEqual(['a.dump loading']);
    server.answer(a);
    await second;
    expect(states(store)).toEqual(['a.dump ready']);
  });

  test('read again twice at once is read once', async () => {
    const { store, server } = await makeReady(a);
    const both = [store.reload(a), store.reload(a)];
    await server.asked(a);
    server.answer(a);
    await Promise.all(both);
    expect(server.calls.filter((call) => call === 'open a.dump')).toHaveLength(2);
    expect(states(store)).toEqual(['a.dump ready']);
  });

  test('read again is closed at the server first, and stays active', async () => {
    const { store, server } = await makeReady(a);
    await store.setActive(a);
    server.calls.length = 0;
    const again = store.reload(a);
    await server.asked(a);
    expect(store.active).toBe(a);
    expect(store.activeSummary()).toBeNull();
    server.answer(a);
    await again;
    expect(server.calls).toEqual(['close a.dump', 'open a.dump', 'active a.dump mine']);
  });
});

describe('the active profile', () => {
  test('is told to the server with the lens, and announced when the server has it', async () => {
    const { store, server, changes } = await makeReady(a);
    await store.setActive(a);
    await store.setLens('caller');
    await store.setLens('caller');
    expect(server.calls.slice(1)).toEqual(['active a.dump mine', 'active a.dump caller']);
    expect(changes.filter((kind) => kind !== 'entry')).toEqual(['active', 'applied', 'lens', 'applied']);
  });

  test('stays when its last view goes; any other profile is closed then', async () => {
    const { store, server } = await makeReady(a, b);
    store.hold(a);
    store.hold(a);
    store.hold(b);
    await store.setActive(a);
    await store.release(a);
    await store.release(a);
    await store.release(b);
    expect(states(store)).toEqual(['a.dump ready']);
    expect(server.calls).toContain('close b.dump');
  });

  test('without a view is closed when another becomes active', async () => {
    const { store } = await makeReady(a, b);
    store.hold(b);
    await store.setActive(a);
    await store.setActive(b);
    expect(states(store)).toEqual(['b.dump ready']);
  });

  test('when closed leaves none', async () => {
    const { store, server } = await makeReady(a, b);
    await store.setActive(a);
    await store.close(a);
    expect(store.active).toBeNull();
    expect(server.calls.slice(-2)).toEqual(['active none mine', 'close a.dump']);
  });
});

test('after a crash every ready profile is read again and the active one is told again', async () => {
  const { store, server } = await makeReady(a, b);
  await store.setActive(b);
  server.calls.length = 0;
  const done = store.reopenAll();
  server.answer(a);
  server.answer(b);
  await done;
  expect(server.calls).toEqual(['open a.dump', 'open b.dump', 'active b.dump mine']);
  expect(states(store)).toEqual(['a.dump ready', 'b.dump ready']);
});

test('without a server no profile can be shown; when there is one again they come back', async () => {
  const { store, server } = await makeReady(a);
  await store.setActive(a);
  store.serverLost();
  expect(store.entry(a)).toMatchObject({ state: 'failed', error: { message: expect.stringContaining('server') } });
  expect(store.activeSummary()).toBeNull();
  const done = store.reopenAll();
  server.answer(a);
  await done;
  expect(states(store)).toEqual(['a.dump ready']);
  expect(server.calls.at(-1)).toBe('active a.dump mine');
});

test('summaries are announced only when they differ', async () => {
  const { store, server, changes } = await makeReady(a);
  changes.length = 0;
  let refreshed = store.refreshSummaries();
  server.answer(a);
  await refreshed;
  expect(changes).toEqual([]);
  refreshed = store.refreshSummaries();
  server.answer(a, { ok: true, summary: { ...summary(a), methods: 5 } });
  await refreshed;
  expect(changes).toEqual(['entry']);
  expect(store.entry(a)).toMatchObject({ summary: { methods: 5 } });
});

test('names are decoded, broken escapes are left', () => {
  expect(profileName('file:///x/my%20dump.dump')).toBe('my dump.dump');
  expect(profileName('file:///x/100%.dump')).toBe('100%.dump');
});

interface FakeServer extends ProfileServer {
  readonly calls: string[];
  answer(uri: string, result?: OpenProfileResult): void;
  fail(uri: string, error: Error): void;
  /** Resolves once the profile is asked for. */
  asked(uri: string): Promise<void>;
}

function make(): { store: ProfileStore; server: FakeServer; changes: string[] } {
  const waiting = new Map<string, { resolve(result: OpenProfileResult): void; reject(error: Error): void }>();
  const calls: string[] = [];
  const take = (uri: string) => {
    const request = waiting.get(uri);
    if (request === undefined) throw new Error(`${uri} was not asked for`);
    waiting.delete(uri);
    return request;
  };
  const server: FakeServer = {
    calls,
    openProfile: ({ uri }, token: CancellationToken) => {
      calls.push(`open ${profileName(uri)}`);
      return new Promise((resolve, reject) => {
        waiting.set(uri, { resolve, reject });
        token.onCancellationRequested(() => reject(new Error('cancelled')));
      });
    },
    closeProfile: async (uri) => {
      calls.push(`close ${profileName(uri)}`);
    },
    setActive: async ({ uri, lens }) => {
      calls.push(`active ${uri === null ? 'none' : profileName(uri)} ${lens}`);
    },
    chooseMapping: async ({ uri }) => summary(uri),
    setBaseline: async ({ uri, baseline }) => {
      calls.push(`compare ${profileName(uri)} with ${baseline === null ? 'nothing' : profileName(baseline.uri)}`);
      if (baseline?.uri === b) return { ok: false, message: 'b.dump measures time.' };
      return { ok: true, summary: { ...summary(uri), baseline: baseline && { ...baseline, name: 'c.dump' } } };
    },
    answer: (uri, result = { ok: true, summary: summary(uri) }) => take(uri).resolve(result),
    fail: (uri, error) => take(uri).reject(error),
    asked: async (uri) => {
      while (!waiting.has(uri)) await Promise.resolve();
    },
  };
  const store = new ProfileStore({
    server,
    lens: 'mine',
    remembered: () => ({}),
    leftOut: () => [],
    baseline: () => null,
  });
  const changes: string[] = [];
  store.onDidChange(({ kind }) => changes.push(kind));
  return { store, server, changes };
}

async function makeReady(...uris: readonly string[]): Promise<ReturnType<typeof make>> {
  const made = make();
  for (const uri of uris) {
    const load = made.store.load(uri);
    made.server.answer(uri);
    await load;
  }
  return made;
}

function states(store: ProfileStore): readonly string[] {
  return store.all().map((entry) => `${entry.name} ${entry.state}`);
}

function summary(uri: string): ProfileSummary {
  return {
    uri,
    name: profileName(uri),
    format: 'stackprof-marshal',
    compressed: false,
    fileBytes: 100,
    mode: 'object',
    interval: 50,
    samples: 10,
    missedSamples: 490,
    gcSamples: 0,
    measure: { unit: 'objects', total: 500, exact: true, perSample: 50 },
    detail: 'raw_lines',
    timeline: null,
    problems: [],
    parts: [],
    metadata: [],
    methods: 3,
    maxDepth: 4,
    mapping: { rules: [], ambiguous: [], missingFiles: 0, mappedFiles: 2 },
    baseline: null,
    loadMs: 1,
  };
}
