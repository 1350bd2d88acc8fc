import { afterEach, describe, expect, test } from 'vitest';
import {
  ChooseMapping,
  CloseProfile,
  FileHeat,
  type FileHeatResult,
  type HeatLine,
  Locate,
  type LocateResult,
  type ProfileSummary,
  Resolve,
  type ResolveResult,
} from '../../src/protocol/requests';
import { profileFromText } from '../support/profileFromText';
import { eventually, startTestServer, type TestServer, uriOf } from '../support/serverHarness';

const path = '/workspace/app/app/models/materializer.rb';
const ruby = `class Materializer
  def materialize
    rows = calculate
    persist(rows)
  end

  def persist(rows)
    rows.map { |row| row.attributes.slice("date") }
  end
end
`;
const materializer = profileFromText(
  `
  Materializer#materialize@/srv/app/models/materializer.rb#2:4 > Materializer#persist@/srv/app/models/materializer.rb#7:8 > Class#new@<cfunc>  600
  Materializer#materialize@/srv/app/models/materializer.rb#2:4 > Materializer#persist@/srv/app/models/materializer.rb#7:8 > Hash#slice@<cfunc>  200
  Materializer#materialize@/srv/app/models/materializer.rb#2:3 > Integer#to_s@<cfunc>                                                           15
  Redis#call@/gems/redis-5.0.1/lib/redis.rb#9:9                                                                                                 185
  `,
  { interval: 53, missedSamples: 52_000 },
);

let server: TestServer;
afterEach(() => server.stop());

async function start(setup: Parameters<typeof startTestServer>[0] = {}): Promise<void> {
  server = await startTestServer({ files: { [path]: ruby }, profiles: { '/dumps/a.json': materializer }, ...setup });
  await server.open('/dumps/a.json');
  await server.activate('/dumps/a.json');
}
const heat = (of = path): Promise<FileHeatResult> => server.ask<FileHeatResult>(FileHeat, { uri: uriOf(of) });
const lit = async (of = path): Promise<Array<[HeatLine['line'], HeatLine['level']]>> =>
  (await heat(of)).lines.map(({ line, level }) => [line, level]);

describe('an open document', () => {
  test('lines are lit by their own share; what is only passed through is said so', async () => {
    await start();
    await server.openDocument(path, ruby);
    expect(await heat()).toEqual({
      drift: null,
      lines: [
        { line: 2, own: 15, through: 15, share: 0.015, level: 1, text: '≈795 objects · 1.5 % · mostly Integer#to_s' },
        { line: 3, own: 0, through: 800, share: 0, level: 0, text: '≈42.4 k objects · 80.0 % beneath' },
        { line: 7, own: 800, through: 800, share: 0.8, level: 4, text: '≈42.4 k objects · 80.0 % · mostly Class#new' },
      ],
    });
  });

  test('the lens decides what is own', async () => {
    await start();
    await server.openDocument(path, ruby);
    await server.activate('/dumps/a.json', 'recorded');
    const { lines } = await heat();
    expect(lines.map(({ line, own, text }) => [line, own, text])).toEqual([
      [3, 0, '≈42.4 k objects · 80.0 % beneath'],
      [7, 0, '≈42.4 k objects · 80.0 % beneath'],
    ]);
  });

  test('a file that is not in the profile has no heat', async () => {
    await start({ files: { [path]: ruby, '/workspace/app/other.rb': 'x\n' } });
    await server.openDocument('/workspace/app/other.rb', 'x\n');
    expect(await heat('/workspace/app/other.rb')).toEqual({ lines: [], drift: null });
    expect(await server.ask(FileHeat, { uri: 'untitled:Untitled-1' })).toEqual({ lines: [], drift: null });
  });
});

describe('edits', () => {
  test('heat moves with the lines', async () => {
    await start();
    await server.openDocument(path, ruby);
    await server.edit(path, '  def persist', '  # saves them\n  # all\n  def persist');
    expect(await lit()).toEqual([
      [2, 1],
      [3, 0],
      [9, 4],
    ]);
  });

  test('a changed line goes grey, and is lit again when the change is undone', async () => {
    await start();
    await server.openDocument(path, ruby);
    await server.edit(path, 'rows.map {', 'rows.lazy.map {');
    expect(await lit()).toContainEqual([7, -1]);
    await server.edit(path, 'rows.lazy.map {', 'rows.map {');
    expect(await lit()).toContainEqual([7, 4]);
  });

  test('a deleted line has no heat', async () => {
    await start();
    await server.openDocument(path, ruby);
    await server.edit(path, '    rows = calculate\n', '');
    expect(await lit()).toEqual([
      [2, 0],
      [6, 4],
    ]);
  });

  test('are remembered while the document is closed', async () => {
    const files = { [path]: ruby };
    await start({ files });
    await server.openDocument(path, ruby);
    await server.edit(path, 'class Mat', '# frozen_string_literal: true\n\nclass Mat');
    await heat();
    files[path] = server.textOf(path);
    await server.closeDocument(path);
    await server.openDocument(path, files[path]);
    expect(await lit()).toContainEqual([9, 4]);
  });

  test('any sequence of edits taken back leaves the heat as it was', async () => {
    await start();
    await server.openDocument(path, ruby);
    const before = await heat();
    const edits: Array<[string, string]> = [
      ['class Materializer', 'module A\nclass Materializer'],
      ['    persist(rows)\n', ''],
      ['rows = calculate', 'rows = []'],
      ['  end\n\n', ''],
    ];
    const inverse: Array<[string, string]> = [];
    for (const [find, replacement] of edits) {
      const text = server.textOf(path);
      await server.edit(path, find, replacement);
      inverse.unshift([server.textOf(path), text]);
      await heat();
    }
    for (const [find, replacement] of inverse) await server.edit(path, find, replacement);
    expect(server.textOf(path)).toBe(ruby);
    expect(await heat()).toEqual(before);
  });
});

test('a file that differs from the recording is followed by its definitions, and says so', async () => {
  const moved = `# A comment that was not there.\n\n${ruby}`;
  await start({ files: { [path]: moved } });
  await server.openDocument(path, moved);
  const { lines, drift } = await heat();
  expect(lines.map(({ line }) => line)).toEqual([4, 5, 9]);
  expect(drift).toMatch(/changed since the capture/);
});

describe('which profile is shown', () => {
  const other = profileFromText('Materializer#persist@/srv/app/models/materializer.rb#7:7 10');

  test('the active one, and none when there is none', async () => {
    await start({ profiles: { '/dumps/a.json': materializer, '/dumps/b.json': other } });
    await server.openDocument(path, ruby);
    await server.open('/dumps/b.json');
    expect(await lit()).toContainEqual([7, 4]);
    await server.activate('/dumps/b.json');
    expect(await lit()).toEqual([[6, 4]]);
    await server.activate(null);
    expect(await lit()).toEqual([]);
    await server.activate('/dumps/a.json');
    expect(await lit()).toContainEqual([7, 4]);
  });

  test('closing the active one clears the heat', async () => {
    await start();
    await server.openDocument(path, ruby);
    const changes = server.heatChanges.length;
    await server.client.sendNotification(CloseProfile, { uri: uriOf('/dumps/a.json') });
    await eventually(() => server.heatChanges.length > changes);
    expect(await lit()).toEqual([]);
  });

  test('the client is told to ask again', async () => {
    await start();
    expect(server.heatChanges).toEqual([{ uris: null }]);
    await eventually(() => server.codeLensRefreshes.count === 1);
  });
});

describe('which file is which', () => {
  test('a document opened through a symlink is the file it leads to', async () => {
    await start({ links: { '/home/dev/app': '/workspace/app' } });
    const linked = '/home/dev/app/app/models/materializer.rb';
    await server.openDocument(linked, ruby);
    expect(await lit(linked)).toContainEqual([7, 4]);
  });

  test('a workspace folder that is a symlink', async () => {
    await start({ links: { '/home/dev/app': '/workspace/app' }, folders: ['/home/dev/app'] });
    const linked = '/home/dev/app/app/models/materializer.rb';
    await server.openDocument(linked, ruby);
    expect(await lit(linked)).toContainEqual([7, 4]);
  });

  test('the drive of a Windows path is one whatever its case', async () => {
    await start({ files: { 'C:/workspace/app/app/models/materializer.rb': ruby }, folders: ['C:/workspace/app'] });
    const lower = 'c:/workspace/app/app/models/materializer.rb';
    await server.openDocument(lower, ruby);
    expect(await lit(lower)).toContainEqual([7, 4]);
  });

  test('several folders: each file in its own, and a folder added later is mapped', async () => {
    const billing = '/workspace/billing/lib/billing/invoice.rb';
    const both = profileFromText(`
      Materializer#persist@/srv/app/models/materializer.rb#7:8                    50
      Billing::Invoice#lines@/deploy/billing/lib/billing/invoice.rb#2:3           50
    `);
    await start({
      files: { [path]: ruby, [billing]: 'class Billing::Invoice\n  def lines\n    []\n  end\nend\n' },
      profiles: { '/dumps/a.json': both },
    });
    expect(await lit()).toEqual([[7, 4]]);
    expect(await lit(billing)).toEqual([]);
    const changes = server.heatChanges.length;
    await server.client.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: uriOf('/workspace/billing'), name: 'billing' }], removed: [] },
    });
    await eventually(() => server.heatChanges.length > changes);
    expect(await lit(billing)).toEqual([[2, 4]]);
    await server.client.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: uriOf('/workspace/app'), name: 'app' }] },
    });
    await eventually(() => server.heatChanges.length > changes + 1);
    expect(await lit()).toEqual([]);
    expect(await lit(billing)).toEqual([[2, 4]]);
  });

  test('a prefix that two folders explain is asked for; the answer maps it', async () => {
    const copy = '/workspace/copy/app/models/materializer.rb';
    await start({ files: { [path]: ruby, [copy]: ruby }, folders: ['/workspace/app', '/workspace/copy'] });
    const { mapping } = await server.open('/dumps/a.json');
    expect(mapping.ambiguous).toHaveLength(1);
    const { from, candidates } = mapping.ambiguous[0]!;
    const to = candidates.find((folder) => folder.startsWith('/workspace/copy'))!;
    const summary = await server.ask<ProfileSummary>(ChooseMapping, { uri: uriOf('/dumps/a.json'), from, to });
    expect(summary.mapping).toMatchObject({ ambiguous: [], mappedFiles: 1 });
    expect(await lit(copy)).toContainEqual([7, 4]);
    expect(await lit()).toEqual([]);
  });

  test('the setting maps a prefix, also when it is changed later', async () => {
    const renamed = '/workspace/app/lib/renamed.rb';
    await start({ files: { [renamed]: ruby } });
    expect(await lit(renamed)).toEqual([]);
    server.settings = { pathMappings: { '/srv/app/models/materializer.rb': renamed } };
    const changes = server.heatChanges.length;
    await server.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await eventually(() => server.heatChanges.length > changes);
    expect(await lit(renamed)).toContainEqual([7, 4]);
  });
});

describe('locate', () => {
  const locate = (file: string, line: number): Promise<LocateResult> =>
    server.ask<LocateResult>(Locate, { uri: uriOf('/dumps/a.json'), file, line });

  test('the line now, in an edited document', async () => {
    await start();
    expect(await locate('/srv/app/models/materializer.rb', 8)).toEqual({
      ok: true,
      uri: uriOf(path),
      line: 7,
      stale: false,
    });
    await server.openDocument(path, ruby);
    await server.edit(path, 'class', '# top\nclass');
    expect(await locate('/srv/app/models/materializer.rb', 8)).toMatchObject({ line: 8, stale: false });
    await server.edit(path, '    rows = calculate\n', '');
    expect(await locate('/srv/app/models/materializer.rb', 3)).toMatchObject({ ok: true, stale: true });
  });

  test('what cannot be opened says why', async () => {
    await start();
    expect(await locate('<cfunc>', 0)).toMatchObject({ ok: false, reason: 'no-source' });
    expect(await locate('/gems/redis-5.0.1/lib/redis.rb', 9)).toMatchObject({ ok: false, reason: 'not-installed' });
    expect(await locate('/nowhere.rb', 1)).toMatchObject({ ok: false, reason: 'missing' });
  });
});

describe('resolve', () => {
  const resolve = (line: number): Promise<ResolveResult> =>
    server.ask<ResolveResult>(Resolve, { uri: uriOf(path), line });
  const file = '/srv/app/models/materializer.rb';

  test('the recorded line of a sampled line or definition, through edits', async () => {
    await start();
    await server.openDocument(path, ruby);
    await server.edit(path, 'class', '# top\nclass');
    expect((await resolve(8)).target).toEqual({ profile: uriOf('/dumps/a.json'), file, line: 8 });
    // The definition of `persist`: the line of it that most samples go through.
    expect((await resolve(7)).target).toEqual({ profile: uriOf('/dumps/a.json'), file, line: 8 });
    expect(await resolve(0)).toEqual({ target: null, message: 'The profile a.json has no sample on line 1.' });
  });

  test('without a profile, or in another file, it says what to do', async () => {
    await start();
    expect((await server.ask<ResolveResult>(Resolve, { uri: uriOf('/workspace/x.rb'), line: 0 })).message).toBe(
      'x.rb is not in the profile a.json.',
    );
    await server.activate(null);
    expect((await resolve(7)).message).toBe('No profile is active. Open an allocation profile first.');
  });
});
