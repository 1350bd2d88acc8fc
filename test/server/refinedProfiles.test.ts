import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Origin } from '../../src/profile/origin';
import { wholeByLine } from '../../src/profile/treeShape';
import {
  Callers,
  Flame,
  type FlameData,
  HotLines,
  type HotLinesResult,
  Methods,
  type MethodsResult,
  RollUp,
  type RollUpResult,
  Search,
  type SearchResult,
  TreeRows,
} from '../../src/protocol/requests';
import { profileFromText } from '../support/profileFromText';
import { startTestServer, type TestServer, uriOf } from '../support/serverHarness';
import { asJson } from '../support/stackprofHash';

const STACKS = `
  SyncJob#perform@app/sync.rb#1:2 > Array#each@<cfunc> > Row#load@app/row.rb#1:5 > Class#new@<cfunc>   6
  SyncJob#perform@app/sync.rb#1:3 > Row#load@app/row.rb#1:6                                             3
  Poll#wait@/usr/lib/ruby/gems/3.1.0/gems/poll-1.0.0/lib/poll.rb#1:2                                     1
`;
const uri = uriOf('/dumps/a.json');
const sums = uriOf('/dumps/sums.json');
const all = { from: 0, to: null, minSamples: 0 };

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({
    files: { '/workspace/app/app/sync.rb': 'def perform\nend\n', '/workspace/app/app/row.rb': 'def load\nend\n' },
    profiles: {
      '/dumps/a.json': profileFromText(STACKS),
      '/dumps/timed.json': asJson({
        frames: [
          [1, 'A app/sync.rb:1 0 4'],
          [2, 'B app/row.rb:1 2 2'],
          [3, 'C app/row.rb:9 1 1'],
        ],
        raw: [2, 1, 2, 1, 0, 1, 2, 1, 3, 1, 2, 1, 2, 1],
        rawLines: [2, 2, 3, 1, 0, 1, 2, 2, 9, 1, 2, 2, 4, 1],
        with: { samples: 4, raw_sample_timestamps: [1, 2, 3] },
      }),
      '/dumps/sums.json': profileFromText(STACKS, { detail: 'aggregate' }),
    },
  });
  await server.open('/dumps/a.json');
  await server.open('/dumps/sums.json');
});
afterEach(() => server.stop());

/** Columns cross the harness as plain objects. */
const names = ({ frames, frame, total }: FlameData): string[] =>
  Object.values(frame).map((row, box) => `${frames.name[Number(row)]} ${Object.values(total)[box]}`);

test('boxes, tables and searches are of the part that filters leave', async () => {
  const refinement = [
    { kind: 'focus', of: { by: 'text', text: 'Row#load' } },
    { kind: 'show', of: { by: 'origin', origin: Origin.Mine } },
  ];
  const flame = await server.ask<FlameData>(Flame, { uri, refinement, shape: wholeByLine, ...all });
  expect(names(flame)).toEqual(['SyncJob#perform 6', 'Row#load 6', 'SyncJob#perform 3', 'Row#load 3']);
  const lines = await server.ask<HotLinesResult>(HotLines, { uri, refinement, lens: 'mine', limit: 10 });
  expect(lines.rows.map(({ place, line, own }) => [place, line, own])).toEqual([
    ['app/row.rb', 5, 6],
    ['app/row.rb', 6, 3],
  ]);
  const methods = await server.ask<MethodsResult>(Methods, { uri, refinement, lens: 'recorded' });
  expect([methods.name, Object.values(methods.total)]).toEqual([
    ['Row#load', 'SyncJob#perform'],
    [9, 9],
  ]);
  const search = await server.ask<SearchResult>(Search, { uri, refinement, query: 'poll', shape: wholeByLine });
  expect([search.frames, search.samples]).toEqual([1, 0]);
});

test('packages, and the files of one', async () => {
  const ask = (params: object): Promise<RollUpResult> =>
    server.ask<RollUpResult>(RollUp, { uri, refinement: [], lens: 'recorded', package: null, ...params });
  const packages = await ask({ by: 'package' });
  expect([packages.key, Object.values(packages.own), Object.values(packages.through)]).toEqual([
    ['ruby', 'app', 'poll'],
    [6, 3, 1],
    [6, 9, 1],
  ]);
  expect([Object.values(packages.files), Object.values(packages.methods)]).toEqual([
    [1, 2, 1],
    [2, 2, 1],
  ]);
  expect(Object.values(packages.origin)).toEqual([Origin.Core, Origin.Mine, Origin.Gem]);
  const files = await ask({ by: 'file', package: 'app', lens: 'mine' });
  expect([files.key, files.label, files.package]).toEqual([
    ['app/row.rb', 'app/sync.rb'],
    ['app/row.rb', 'app/sync.rb'],
    ['app', 'app'],
  ]);
  expect([Object.values(files.own), Object.values(files.through), files.elsewhere]).toEqual([[9, 0], [9, 9], 1]);
  const gem = await ask({ by: 'file', package: 'poll' });
  expect(gem.label).toEqual(['poll 1.0.0 lib/poll.rb']);
  const focused = await ask({ by: 'package', refinement: [{ kind: 'focus', of: { by: 'package', package: 'poll' } }] });
  expect(focused.key).toEqual(['poll']);
  await expect(ask({ by: 'gem' })).rejects.toThrow('"by"');
});

test('a package is a gem whatever its version', async () => {
  const refinement = [{ kind: 'focus', of: { by: 'package', package: 'poll' } }];
  const flame = await server.ask<FlameData>(Flame, { uri, refinement, shape: wholeByLine, ...all });
  expect(names(flame)).toEqual(['Poll#wait 1']);
});

test('callers first', async () => {
  const shape = { groupBy: 'method', direction: 'callers', around: null };
  const flame = await server.ask<FlameData>(Flame, { uri, refinement: [], shape, ...all });
  expect(names(flame).slice(0, 2)).toEqual(['Class#new 6', 'Row#load 6']);
});

describe('in the order of time', () => {
  const timed = uriOf('/dumps/timed.json');
  const shape = { ...wholeByLine, order: 'time' };

  test('boxes and searches are of the runs as recorded, without what filters take out', async () => {
    const opened = await server.open('/dumps/timed.json');
    expect(opened.timeline).toBe('timed');
    const flame = await server.ask<FlameData>(Flame, { uri: timed, refinement: [], shape, ...all });
    expect(names(flame)).toEqual(['A 3', 'B 1', 'C 1', 'B 1']);
    const refinement = [{ kind: 'hide', of: { by: 'text', text: '/^C$/' } }];
    const hidden = await server.ask<FlameData>(Flame, { uri: timed, refinement, shape, ...all });
    expect(names(hidden)).toEqual(['A 3', 'B 1', 'B 1']);
    const found = await server.ask<SearchResult>(Search, { uri: timed, refinement: [], shape, query: '/^B$/' });
    expect([found.boxes, found.samples, Object.values(found.matches.start)]).toEqual([2, 2, [0, 2]]);
  });

  test('there is none of callers, of a comparison, for rows, and without stacks', async () => {
    await server.open('/dumps/timed.json');
    const ask = (question: string, more: object) =>
      server.ask(question, { uri: timed, refinement: [], shape, ...all, ...more });
    await expect(ask(Flame, { shape: { ...shape, direction: 'callers' } })).rejects.toThrow('in the order of time');
    await expect(ask(Flame, { compared: 'after' })).rejects.toThrow('"order"');
    await expect(ask(TreeRows, { node: -1, part: 'children' })).rejects.toThrow('"order"');
    await expect(ask(Flame, { shape: { ...shape, order: 'size' } })).rejects.toThrow('"order"');
    await expect(ask(Flame, { uri: sums })).rejects.toThrow('no stacks');
  });
});

test('a filter that cannot be read is said, and leaves everything as it was', async () => {
  const refinement = [{ kind: 'hide', of: { by: 'text', text: '/(/' } }];
  const flame = await server.ask<FlameData>(Flame, { uri, refinement, shape: wholeByLine, ...all });
  expect([flame.totalSamples, flame.problem]).toEqual([10, expect.stringContaining('expression')]);
});

test('without stacks nothing can be filtered or turned', async () => {
  const refinement = [{ kind: 'foldRecursion' }];
  await expect(server.ask(Callers, { uri: sums, refinement, frame: 0 })).rejects.toThrow('sums.json has no stacks');
  const shape = { ...wholeByLine, direction: 'callers' };
  await expect(server.ask(Flame, { uri: sums, refinement: [], shape, ...all })).rejects.toThrow(
    'record with raw: true',
  );
});

test.each([
  ['refinement', null],
  ['kind', [{ kind: 'drop' }]],
  ['of', [{ kind: 'hide', of: { by: 'frame', frame: -1 } }]],
  ['of', [{ kind: 'hide', of: { by: 'origin', origin: 77 } }]],
  ['of', [{ kind: 'hide' }]],
])('what is not a filter is refused: %s', async (key, refinement) => {
  await expect(server.ask(Methods, { uri, refinement, lens: 'mine' })).rejects.toThrow(`"${key}"`);
});
