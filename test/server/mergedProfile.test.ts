import { afterEach, expect, test } from 'vitest';
import { wholeByLine } from '../../src/profile/treeShape';
import { mergedUri } from '../../src/protocol/mergedUri';
import {
  CloseProfile,
  Flame,
  type FlameData,
  OpenProfile,
  type OpenProfileResult,
  type ProfileSummary,
} from '../../src/protocol/requests';
import { profileFromText } from '../support/profileFromText';
import { startTestServer, type TestServer, uriOf } from '../support/serverHarness';

let server: TestServer;
afterEach(() => server.stop());

const one = '/dumps/stackprof_process_41_1767225600.dump';
const two = '/dumps/stackprof_process_42_1767225660.dump';
const broken = '/dumps/stackprof_process_43_1767225720.dump';
const wall = '/dumps/wall.dump';
const gone = '/dumps/gone.dump';
const stack = 'SyncJob#perform@app/jobs/sync_job.rb#1:2 > Class#new@<cfunc>';

const profiles = {
  [one]: profileFromText(`${stack} 10`, { interval: 53, missedSamples: 520 }),
  [two]: profileFromText(`${stack} 30`, { interval: 53, missedSamples: 1560 }),
  [broken]: new TextEncoder().encode('milk, eggs, bread'),
  [wall]: profileFromText(`${stack} 5`, { mode: 'wall', interval: 1000 }),
};

async function open(paths: readonly string[], leftOut: readonly string[] = []): Promise<OpenProfileResult> {
  const params = { uri: mergedUri(paths.map(uriOf)), remembered: {}, leftOut: leftOut.map(uriOf) };
  return server.ask<OpenProfileResult>(OpenProfile, params);
}

async function opened(paths: readonly string[], leftOut: readonly string[] = []): Promise<ProfileSummary> {
  const result = await open(paths, leftOut);
  if (!result.ok) throw new Error(result.error.message);
  return result.summary;
}

test('files are added up, stacks included, and each says what it brings', async () => {
  server = await startTestServer({ profiles, files: { '/workspace/app/app/jobs/sync_job.rb': 'def perform\n' } });
  const summary = await opened([two, one]);
  expect(summary).toMatchObject({
    name: '2 merged profiles',
    samples: 40,
    measure: { total: 2120, exact: true },
    detail: 'raw_lines',
    mapping: { mappedFiles: 1 },
    parts: [
      {
        uri: uriOf(one),
        pid: 41,
        writtenAt: '2026-01-01T00:00:00.000Z',
        figures: { samples: 10, total: 530 },
        error: null,
      },
      {
        uri: uriOf(two),
        pid: 42,
        writtenAt: '2026-01-01T00:01:00.000Z',
        figures: { samples: 30, total: 1590 },
        error: null,
      },
    ],
  });
  const { uri } = summary;
  const flame = await server.ask<FlameData>(Flame, {
    uri,
    refinement: [],
    shape: wholeByLine,
    from: 0,
    to: null,
    minSamples: 0,
  });
  expect(flame.totalSamples).toBe(40);
  expect(server.progress.filter((progress) => progress.uri === uri).length).toBeGreaterThan(0);
});

test('files that cannot be added are named, and the others are shown', async () => {
  server = await startTestServer({ profiles });
  const { samples, parts, problems } = await opened([one, broken, gone, wall]);
  expect(samples).toBe(10);
  expect(parts.map(({ name, error }) => [name, error === null])).toEqual([
    ['gone.dump', false],
    ['stackprof_process_41_1767225600.dump', true],
    ['stackprof_process_43_1767225720.dump', false],
    ['wall.dump', false],
  ]);
  const message = problems.find(({ code }) => code === 'unread-file')?.message;
  expect(message).toContain('3 of 4 files are missing from the sum.');
  expect(message).toContain('gone.dump: there is no such file');
  expect(message).toContain('wall.dump is a profile of mode wall');
});

test('a file that is left out is listed without figures; the same address then has another sum', async () => {
  server = await startTestServer({ profiles });
  const { samples, parts, uri } = await opened([one, two], [one]);
  expect(samples).toBe(30);
  expect(parts.map(({ pid, figures }) => [pid, figures?.samples ?? null])).toEqual([
    [41, null],
    [42, 30],
  ]);
  await server.client.sendNotification(CloseProfile, { uri });
  expect((await opened([one, two])).samples).toBe(40);
});

test('a remark that many files share is said once', async () => {
  const round = { interval: 50, missedSamples: 490, sums: false, detail: 'raw' } as const;
  const rounds = Object.fromEntries(
    Array.from({ length: 4 }, (_, i) => [`/dumps/r${i}.dump`, profileFromText(`${stack} 10`, round)]),
  );
  server = await startTestServer({ profiles: rounds });
  const { problems } = await opened(Object.keys(rounds));
  const codes = problems.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});

test('without a file that can be read there is no profile, and the answer says why', async () => {
  server = await startTestServer({ profiles });
  expect(await open([broken, gone])).toMatchObject({
    ok: false,
    error: { reason: 'unreadable', message: expect.stringMatching(/^None of the 2 files could be read\. .*dump: /) },
  });
  expect(await open([one], [one])).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(/at least one/) },
  });
  const params = { uri: 'allocation-merged:/2%20merged%20profiles', remembered: {}, leftOut: [] };
  expect(await server.ask(OpenProfile, params)).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(/names no file/) },
  });
});
