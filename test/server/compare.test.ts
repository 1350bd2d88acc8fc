import { afterEach, describe, expect, test } from 'vitest';
import { wholeByLine } from '../../src/profile/treeShape';
import { Compare, type CompareResult, SetBaseline, type SetBaselineResult } from '../../src/protocol/compareRequests';
import {
  CloseProfile,
  FileHeat,
  type FileHeatResult,
  Flame,
  type FlameData,
  OpenProfile,
  Search,
  type SearchResult,
} from '../../src/protocol/requests';
import { profileFromText } from '../support/profileFromText';
import { startTestServer, type TestServer, uriOf } from '../support/serverHarness';

/** Recorded in another folder, two lines higher, with a call that is gone by now. */
const before = profileFromText(`
  SyncJob#perform@/old/app/jobs/sync_job.rb#1:2 > Array#map@<cfunc>                                             20
  SyncJob#perform@/old/app/jobs/sync_job.rb#1:3 > Redis#call@/gems/redis-4.8/lib/redis.rb#9:9                    9
  SyncJob#cleanup@/old/app/jobs/sync_job.rb#6:7                                                                  4
`);
const after = profileFromText(`
  SyncJob#perform@/srv/app/jobs/sync_job.rb#3:4 > Array#map@<cfunc>                                              5
  SyncJob#perform@/srv/app/jobs/sync_job.rb#3:5 > Redis#call@/gems/redis-5.0.1/lib/redis.rb#9:9                  9
`);
const profiles = {
  '/dumps/before.json': before,
  '/dumps/after.json': after,
  '/dumps/wall.json': profileFromText('A#a@/srv/app/jobs/sync_job.rb#3:4 5', { mode: 'wall', interval: 1000 }),
};
const text = '# one\n# two\ndef perform\n  rows.map { 1 }\n  redis.call\nend\n';
const files = { '/workspace/app/jobs/sync_job.rb': text };
const uri = uriOf('/dumps/after.json');
const baseline = { uri: uriOf('/dumps/before.json'), scaling: { by: 'none' } };
const question = { uri, refinement: [], lens: 'mine' };

let server: TestServer;
afterEach(() => server.stop());
const start = async (): Promise<void> => {
  server = await startTestServer({ files, folders: ['/workspace'], profiles });
  await server.open('/dumps/after.json');
};
const set = (to: object | null): Promise<SetBaselineResult> => server.ask(SetBaseline, { uri, baseline: to });
const changes = async (params: object = question): Promise<string[]> => {
  const result = await server.ask<CompareResult>(Compare, params);
  return result.lines.map((row) => `${row.lineBefore}>${row.line} ${row.fate} ${row.ownBefore}>${row.ownAfter}`).sort();
};

describe('a baseline', () => {
  test('gives the changes by line and method, with places of the profile', async () => {
    await start();
    expect(await server.ask(Compare, question)).toBeNull();
    expect(await set(baseline)).toMatchObject({
      ok: true,
      summary: { baseline: { ...baseline, name: 'before.json' } },
    });
    const result = await server.ask<CompareResult>(Compare, question);
    expect(result).toMatchObject({ before: 33, after: 14, scale: 1, sampled: false, estimated: false });
    expect(result.lines[0]).toMatchObject({
      fate: 'shrunk',
      frame: -1,
      name: 'SyncJob#perform',
      file: '/srv/app/jobs/sync_job.rb',
      place: 'app/jobs/sync_job.rb',
      line: 4,
      lineBefore: 2,
      ownBefore: 20,
      ownAfter: 5,
    });
    expect(await changes()).toEqual(['2>4 shrunk 20>5', '3>5 same 9>9', '7>0 vanished 4>0', '9>9 same 0>0']);
    const cleanup = result.methods.find(({ name }) => name === 'SyncJob#cleanup');
    expect(cleanup).toMatchObject({ frame: -1, fate: 'vanished', line: 0, lineBefore: 6, throughBefore: 4 });
  });

  test('is scaled', async () => {
    await start();
    await set({ ...baseline, scaling: { by: 'jobs', before: 2, after: 1 } });
    expect(await changes()).toEqual(['2>4 shrunk 10>5', '3>5 grown 4.5>9', '7>0 vanished 2>0', '9>9 grown 0>0']);
  });

  test('is filtered as the profile is, methods by their names there', async () => {
    await start();
    await set(baseline);
    const redis = after.strings.indexOf('Redis#call');
    const frame = after.frames.name.indexOf(redis);
    const focus = { kind: 'focus', of: { by: 'frame', frame } };
    expect(await changes({ ...question, refinement: [focus] })).toEqual(['3>5 same 9>9', '9>9 same 0>0']);
    const inFile = { kind: 'focus', of: { by: 'file', file: '/srv/app/jobs/sync_job.rb' } };
    expect((await changes({ ...question, refinement: [inFile] })).length).toBe(4);
  });

  test('that measures something else or cannot be read is refused, and the old one stays', async () => {
    await start();
    await set(baseline);
    const wall = await set({ ...baseline, uri: uriOf('/dumps/wall.json') });
    expect(wall).toEqual({
      ok: false,
      message: 'wall.json measures microseconds and after.json objects: they cannot be compared.',
    });
    const gone = await set({ ...baseline, uri: uriOf('/dumps/gone.json') });
    expect(gone).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^The baseline gone\.json cannot be used: /),
    });
    expect((await changes()).length).toBe(4);
  });

  test('may be closed meanwhile: it is read again', async () => {
    await start();
    await server.open('/dumps/before.json');
    await set(baseline);
    await server.client.sendNotification(CloseProfile, { uri: baseline.uri });
    expect((await changes()).length).toBe(4);
  });

  test('is in the flame graph: boxes of both, with what changed', async () => {
    await start();
    const ask = async (compared: string | null): Promise<FlameData> =>
      server.ask(Flame, { uri, refinement: [], shape: wholeByLine, compared, from: 0, to: null, minSamples: 0 });
    const boxes = ({ frames, frame, line, change, ...data }: FlameData): string[] =>
      Array.from({ length: data.length }, (_, row) => {
        const figures =
          change === null ? data.total[row] : `${change.before[row]}>${change.after[row]} ${change.level[row]}`;
        return `${frames.name[frame[row]!]}:${line[row]} ${frames.place[frame[row]!]} ${figures}`;
      });
    expect((await ask('both')).uncompared).toBe('There is no baseline to compare with.');
    await set(baseline);
    const both = await ask('both');
    expect(boxes(both)).toEqual([
      'SyncJob#perform:4 app/jobs/sync_job.rb 20>5 -3',
      'Array#map:0 C 20>5 -3',
      'SyncJob#perform:5 app/jobs/sync_job.rb 9>9 0',
      'Redis#call:9 redis 5.0.1 lib/redis.rb 9>9 0',
      'SyncJob#cleanup:7 app/jobs/sync_job.rb 4>0 -3',
    ]);
    expect(both.totalSamples).toBe(33);
    // The methods of the profile keep their numbers; that of the baseline has none there.
    const known = Object.values(both.frames.index).filter((index) => Number(index) >= 0);
    expect(known.map((index) => after.strings[after.frames.name[Number(index)]!])).toEqual([
      'SyncJob#perform',
      'Array#map',
      'Redis#call',
    ]);
    expect(boxes(await ask('after')).length).toBe(4);
    expect(await ask(null)).toMatchObject({ change: null, uncompared: null, totalSamples: 14 });
    const found = await server.ask<SearchResult>(Search, {
      uri,
      refinement: [],
      query: 'cleanup',
      shape: wholeByLine,
      compared: 'both',
    });
    expect(found).toMatchObject({ frames: 1, boxes: 1, samples: 4 });
    expect(Number(found.matches.frame[0])).toBeLessThan(-1);
  });

  test('that is gone leaves the picture as it was, with the reason', async () => {
    await start();
    await server.client.sendNotification(CloseProfile, { uri });
    const open = { uri, remembered: {}, leftOut: [], baseline: { ...baseline, uri: uriOf('/dumps/gone.json') } };
    await server.ask(OpenProfile, open);
    const flame = await server.ask<FlameData>(Flame, {
      uri,
      refinement: [],
      shape: wholeByLine,
      compared: 'after',
      from: 0,
      to: null,
      minSamples: 0,
    });
    expect(flame).toMatchObject({ length: 4, change: null });
    expect(flame.uncompared).toMatch(/^The baseline gone\.json cannot be used: /);
  });

  test('is told at the ends of lines and in hovers', async () => {
    await start();
    await server.activate('/dumps/after.json');
    await server.openDocument('/workspace/app/jobs/sync_job.rb', text);
    const lines = async (): Promise<string[]> => {
      const heat = await server.ask<FileHeatResult>(FileHeat, { uri: uriOf('/workspace/app/jobs/sync_job.rb') });
      return heat.lines.map((line) => line.text);
    };
    expect(await lines()).toEqual(['5 objects · 35.7 % · mostly Array#map', '9 objects · 64.3 % · mostly Redis#call']);
    const heard = server.heatChanges.length;
    await set(baseline);
    expect(server.heatChanges.length).toBeGreaterThan(heard);
    expect(await lines()).toEqual([
      '5 objects · 35.7 % · mostly Array#map · -15 (-75.0 %) vs baseline',
      '9 objects · 64.3 % · mostly Redis#call',
    ]);
    const hover = await server.ask<{ contents: { value: string } }>('textDocument/hover', {
      textDocument: { uri: uriOf('/workspace/app/jobs/sync_job.rb') },
      position: { line: 3, character: 4 },
    });
    expect(hover.contents.value).toContain('Change from the baseline `before.json`: own ≈20 objects before');
    await set(null);
    expect(await lines()).toEqual(['5 objects · 35.7 % · mostly Array#map', '9 objects · 64.3 % · mostly Redis#call']);
  });
});
