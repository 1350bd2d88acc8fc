import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { Origin } from '../../src/profile/origin';
import { Export, type ExportParams, type ExportResult } from '../../src/protocol/requests';
import { profileFromText } from '../support/profileFromText';
import { readPprof } from '../support/readProto';
import { startTestServer, type TestServer, uriOf } from '../support/serverHarness';

const job = profileFromText(`
  SyncJob#perform@/srv/app/jobs/sync_job.rb#1:2 > Array#map@<cfunc> > Money#initialize@/srv/app/models/money.rb#3:4      5
  SyncJob#perform@/srv/app/jobs/sync_job.rb#1:3 > Redis#call@/gems/redis-5.0.1/lib/redis.rb#9:9 > String#dup@<cfunc>      3
`);
const files = {
  '/workspace/app/jobs/sync_job.rb': 'def perform\n  rows.map { Money.new }\n  redis.call\nend\n',
  '/workspace/app/models/money.rb': 'class Money\n\n  def initialize\n    @a = []\n  end\nend\n',
};

let server: TestServer;
afterEach(() => server.stop());
const start = async (profile = job): Promise<void> => {
  server = await startTestServer({ files, folders: ['/workspace'], profiles: { '/dumps/a.json': profile } });
  await server.open('/dumps/a.json');
};

/** The test's transport is JSON: bytes arrive as an object. */
async function exported(params: Partial<ExportParams>): Promise<Uint8Array> {
  const whole = { uri: uriOf('/dumps/a.json'), refinement: [], format: 'folded', groupBy: 'method', lens: 'mine' };
  const { bytes } = await server.ask<ExportResult>(Export, { ...whole, ...params });
  return Uint8Array.from(Object.values(bytes));
}
const text = async (params: Partial<ExportParams>): Promise<string> => Buffer.from(await exported(params)).toString();

describe('export', () => {
  test('is the whole profile in the format that is asked for', async () => {
    await start();
    expect(await text({})).toBe(
      'SyncJob#perform;Array#map;Money#initialize 5\nSyncJob#perform;Redis#call;String#dup 3\n',
    );
    expect(await text({ groupBy: 'line' })).toContain('SyncJob#perform - /srv/app/jobs/sync_job.rb:3;');
    expect(JSON.parse(await text({ format: 'speedscope' }))).toMatchObject({ name: 'a.json' });
    const { samples } = readPprof(gunzipSync(await exported({ format: 'pprof' })));
    expect(samples.map(({ values }) => values)).toEqual([
      [5, 5],
      [3, 3],
    ]);
    expect(samples[1]?.stack.map(({ mapping }) => mapping)).toEqual(['app', 'redis', 'ruby']);
  });

  test('charges by the lens, with paths of the workspace', async () => {
    await start();
    expect((await text({ format: 'csv' })).split('\r\n')[1]).toBe(
      'Money#initialize,/srv/app/models/money.rb,app/models/money.rb,3,5,5,0.625,5,5,0.625',
    );
    const lines = await text({ format: 'csv', groupBy: 'line', lens: 'caller' });
    expect(lines).toContain('/gems/redis-5.0.1/lib/redis.rb,,9,3,3,0.375,exact,3,3,0.375,exact\r\n');
  });

  test('is what filters leave', async () => {
    await start();
    const refinement = [{ kind: 'show', of: { by: 'origin', origin: Origin.Mine } }] as const;
    expect(await text({ refinement })).toBe('SyncJob#perform 3\nSyncJob#perform;Money#initialize 5\n');
    const broken = [{ kind: 'focus', of: { by: 'text', text: '/(/' } }] as const;
    await expect(exported({ refinement: broken })).rejects.toThrow(/regular expression/i);
  });

  test('of a profile without stacks is the tree from its sums, and cannot be filtered', async () => {
    await start(profileFromText('A#a@a.rb:1 > B#b@b.rb:2   4', { detail: 'aggregate' }));
    expect(await text({})).toBe('A#a;B#b 4\n');
    await expect(exported({ refinement: [{ kind: 'foldRecursion' }] })).rejects.toThrow('has no stacks');
  });

  test.each([{ format: 'png' }, { groupBy: 'file' }, { lens: 'all' }, { refinement: null }, { uri: 'file:///no' }])(
    '%j is refused',
    async (wrong) => {
      await start();
      const whole = { uri: uriOf('/dumps/a.json'), refinement: [], format: 'csv', groupBy: 'line', lens: 'mine' };
      await expect(server.ask(Export, { ...whole, ...wrong })).rejects.toThrow();
    },
  );
});
