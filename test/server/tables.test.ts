import { afterEach, describe, expect, test } from 'vitest';
import { Origin } from '../../src/profile/origin';
import { wholeByLine } from '../../src/profile/treeShape';
import {
  Callers,
  type CallersResult,
  Flame,
  type FlameData,
  HotLines,
  type HotLinesResult,
  Methods,
  type MethodsResult,
  Search,
  type SearchResult,
  TreeRows,
  type TreeRowsResult,
} from '../../src/protocol/requests';
import { profileFromText } from '../support/profileFromText';
import { startTestServer, type TestServer, uriOf } from '../support/serverHarness';

const job = profileFromText(`
  SyncJob#perform@/srv/app/jobs/sync_job.rb#1:2 > Array#map@<cfunc> > Money#initialize@/srv/app/models/money.rb#3:4      5
  SyncJob#perform@/srv/app/jobs/sync_job.rb#1:2 > Array#map@<cfunc>                                                       2
  SyncJob#perform@/srv/app/jobs/sync_job.rb#1:3 > Redis#call@/gems/redis-5.0.1/lib/redis.rb#9:9 > String#dup@<cfunc>      3
`);
const files = {
  '/workspace/app/jobs/sync_job.rb': 'def perform\n  rows.map { Money.new }\n  redis.call\nend\n',
  '/workspace/app/models/money.rb': 'class Money\n\n  def initialize\n    @a = []\n  end\nend\n',
};
const uri = uriOf('/dumps/a.json');

let server: TestServer;
afterEach(() => server.stop());
const openJob = async (): Promise<void> => {
  server = await startTestServer({ files, folders: ['/workspace'], profiles: { '/dumps/a.json': job } });
  await server.open('/dumps/a.json');
};

describe('flame graph', () => {
  test('boxes in depth-first order with the frames they name', async () => {
    await openJob();
    const flame = await server.ask<FlameData>(Flame, {
      uri,
      refinement: [],
      shape: { ...wholeByLine, groupBy: 'method' },
      from: 0,
      to: null,
      minSamples: 0,
    });
    const values = (column: object): unknown[] => Object.values(column);
    const names = values(flame.frame).map((row) => flame.frames.name[Number(row)]);
    expect(names).toEqual(['SyncJob#perform', 'Array#map', 'Money#initialize', 'Redis#call', 'String#dup']);
    expect(values(flame.total)).toEqual([10, 7, 5, 3, 3]);
    expect(flame).toMatchObject({ totalSamples: 10, maxDepth: 3, pruned: false, approximate: false, length: 5 });
    expect(values(flame.frames.origin)).toEqual([Origin.Mine, Origin.Core, Origin.Mine, Origin.Gem, Origin.Core]);
    expect(flame.frames.place).toEqual([
      'app/jobs/sync_job.rb',
      'C',
      'app/models/money.rb',
      'redis 5.0.1 lib/redis.rb',
      'C',
    ]);
  });

  test('narrow boxes are left out, and only their frames', async () => {
    await openJob();
    const flame = await server.ask<FlameData>(Flame, {
      uri,
      refinement: [],
      shape: { ...wholeByLine, groupBy: 'line' },
      from: 0,
      to: 10,
      minSamples: 6,
    });
    expect(flame.pruned).toBe(true);
    expect(flame.frames.name).toEqual(['SyncJob#perform', 'Array#map']);
  });

  test('a tree that was put away comes back with the same nodes', async () => {
    const paths = ['a', 'b', 'c', 'd', 'e'].map((name) => `/dumps/${name}.json`);
    server = await startTestServer({ profiles: Object.fromEntries(paths.map((path) => [path, job])) });
    for (const path of paths) await server.open(path);
    const ask = (path: string): Promise<FlameData> =>
      server.ask(Flame, {
        uri: uriOf(path),
        refinement: [],
        shape: { ...wholeByLine, groupBy: 'line' },
        from: 0,
        to: null,
        minSamples: 0,
      });
    const before = await ask(paths[0]!);
    for (const path of paths.slice(1)) await ask(path);
    expect(await ask(paths[0]!)).toEqual(before);
  });
});

describe('hot lines', () => {
  test('heaviest first under the lens, with method, callees and place', async () => {
    await openJob();
    const mine = await server.ask<HotLinesResult>(HotLines, { uri, refinement: [], lens: 'mine', limit: 10 });
    expect(mine).toMatchObject({ total: 3, elsewhere: 0 });
    expect(mine.rows[0]).toEqual({
      file: '/srv/app/models/money.rb',
      place: 'app/models/money.rb',
      line: 4,
      method: 'Money#initialize',
      own: 5,
      through: 5,
      certainty: 'exact',
      throughCertainty: 'exact',
      origin: Origin.Mine,
      callees: [],
      mostly: null,
      mapped: true,
    });
    expect(mine.rows[1]).toMatchObject({
      line: 3,
      method: 'SyncJob#perform',
      own: 3,
      callees: [{ name: 'Redis#call', samples: 3 }],
      mostly: { name: 'Redis#call', samples: 3 },
    });
    expect(mine.rows[2]).toMatchObject({ line: 2, own: 2, through: 7, callees: [{ name: 'Array#map', samples: 7 }] });
  });

  test('own of all lines and elsewhere add up to all samples under every lens', async () => {
    await openJob();
    for (const lens of ['recorded', 'caller', 'mine']) {
      const { rows, elsewhere } = await server.ask<HotLinesResult>(HotLines, { uri, refinement: [], lens, limit: 10 });
      expect(
        rows.reduce((sum, row) => sum + row.own, elsewhere),
        lens,
      ).toBe(10);
    }
  });

  test('the limit cuts the rows, not the total', async () => {
    await openJob();
    const { rows, total } = await server.ask<HotLinesResult>(HotLines, { uri, refinement: [], lens: 'mine', limit: 1 });
    expect([rows.length, total]).toEqual([1, 3]);
  });
});

test('methods with self by the lens', async () => {
  await openJob();
  const table = await server.ask<MethodsResult>(Methods, { uri, refinement: [], lens: 'mine' });
  const rows = table.name.map((name, row) => [name, Object.values(table.self)[row], Object.values(table.total)[row]]);
  expect(rows).toEqual([
    ['SyncJob#perform', 5, 10],
    ['Money#initialize', 5, 5],
    ['Array#map', 0, 7],
    ['Redis#call', 0, 3],
    ['String#dup', 0, 3],
  ]);
});

describe('callers', () => {
  test('both sides of a method', async () => {
    await openJob();
    const frame = await frameOf('Array#map');
    const result = await server.ask<CallersResult>(Callers, { uri, refinement: [], frame });
    expect(result).toMatchObject({ self: 2, total: 7, exact: true });
    expect(result.callers).toMatchObject([{ name: 'SyncJob#perform', place: 'app/jobs/sync_job.rb', samples: 7 }]);
    expect(result.callees).toMatchObject([{ name: 'Money#initialize', line: 3, samples: 5, origin: Origin.Mine }]);
  });

  test('a frame that is not there is refused', async () => {
    await openJob();
    for (const frame of [-1, 99, 0.5]) {
      await expect(server.ask(Callers, { uri, refinement: [], frame })).rejects.toThrow(
        `a.json has no method ${frame}.`,
      );
    }
  });
});

test('search counts frames and samples, and explains a broken expression', async () => {
  await openJob();
  const ask = (query: string): Promise<SearchResult> =>
    server.ask(Search, { uri, refinement: [], query, shape: wholeByLine });
  expect(await ask('money')).toMatchObject({ frames: 1, samples: 5, boxes: 1, error: null });
  expect((await ask('/(/')).error).not.toBeNull();
});

test('search names the boxes of the shape, as the flame graph has them', async () => {
  await openJob();
  const values = (column: object): unknown[] => Object.values(column);
  for (const shape of [
    wholeByLine,
    { ...wholeByLine, direction: 'callers' },
    { ...wholeByLine, groupBy: 'method', around: await frameOf('SyncJob#perform') },
  ]) {
    const flame = await server.ask<FlameData>(Flame, { uri, refinement: [], shape, from: 0, to: null, minSamples: 0 });
    const { samples, boxes, matches } = await server.ask<SearchResult>(Search, {
      uri,
      refinement: [],
      query: 'string#dup',
      shape,
    });
    const names = values(flame.frame).map((row) => flame.frames.name[Number(row)]);
    const rows = names.flatMap((name, row) => (name === 'String#dup' ? [row] : []));
    expect([samples, boxes, matches.length]).toEqual([3, 1, 1]);
    for (const column of ['node', 'depth', 'start', 'total', 'line'] as const) {
      expect(values(matches[column])).toEqual(rows.map((row) => values(flame[column])[row]));
    }
    expect(values(matches.frame)).toEqual([await frameOf('String#dup')]);
  }
});

test('rows of the call tree are boxes of the flame graph', async () => {
  await openJob();
  const values = (column: object): unknown[] => Object.values(column);
  for (const shape of [wholeByLine, { ...wholeByLine, direction: 'callers' }]) {
    const flame = await server.ask<FlameData>(Flame, { uri, refinement: [], shape, from: 0, to: null, minSamples: 0 });
    const rows = await server.ask<TreeRowsResult>(TreeRows, { uri, refinement: [], shape, node: -1, part: 'heaviest' });
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.totalSamples).toBe(flame.totalSamples);
    expect(rows.roots).toBe(values(flame.parent).filter((parent) => parent === -1).length);
    for (let row = 0; row < rows.length; row++) {
      const box = values(flame.node).indexOf(rows.node[row]);
      for (const column of ['depth', 'start', 'total', 'self', 'line'] as const) {
        expect(rows[column][row]).toBe(flame[column][box]);
      }
      expect(rows.frames.name[rows.frame[row]!]).toBe(flame.frames.name[flame.frame[box]!]);
    }
  }
  const params = { uri, refinement: [], shape: wholeByLine, node: 0 };
  await expect(server.ask(TreeRows, { ...params, part: 'all' })).rejects.toThrow('"part"');
});

async function frameOf(name: string): Promise<number> {
  const table = await server.ask<MethodsResult>(Methods, { uri, refinement: [], lens: 'recorded' });
  return Number(Object.values(table.frame)[table.name.indexOf(name)]);
}
