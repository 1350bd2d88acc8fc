import { afterEach, expect, test } from 'vitest';
import { HotTree, type HotTreeResult } from '../../src/protocol/requests';
import { profileFromText } from '../support/profileFromText';
import { type TestServer, uriOf } from '../support/serverHarness';
import { path, ruby, startSyncJob, uri } from '../support/syncJobServer';

let server: TestServer;
afterEach(() => server.stop());

const tree = (groupBy: 'file' | 'method'): Promise<HotTreeResult> =>
  server.ask<HotTreeResult>(HotTree, { uri: uriOf('/dumps/a.json'), lens: 'mine', groupBy });

test('by file', async () => {
  server = await startSyncJob();
  const { groups } = await tree('file');
  expect(groups).toHaveLength(1);
  expect(groups[0]).toMatchObject({ label: 'app/jobs/sync_job.rb', description: '95.0 %', uri });
  expect(groups[0]?.tooltip).toContain('in 2 hot lines');
  expect(groups[0]?.lines.map(({ label, description, line }) => [label, description, line])).toEqual([
    ['Record.new(user)', '65.0 % · ≈32.5 k objects', 8],
    ['User.where(active: true).each do |user|', '30.0 % · ≈15.0 k objects', 2],
  ]);
  expect(groups[0]?.lines[0]).toMatchObject({ uri, file: '/srv/app/jobs/sync_job.rb', recordedLine: 9 });
});

test('by method', async () => {
  server = await startSyncJob();
  const { groups } = await tree('method');
  expect(groups.map(({ label, description }) => [label, description])).toEqual([
    ['SyncJob#sync', '65.0 % · app/jobs/sync_job.rb'],
    ['SyncJob#perform', '30.0 % · app/jobs/sync_job.rb'],
  ]);
});

test('a flat profile lists its heaviest lines although none is lit', async () => {
  const flat = Array.from({ length: 400 }, (_, i) => `SyncJob#a@/srv/app/jobs/sync_job.rb:${i + 1} 5`).join('\n');
  server = await startSyncJob({
    profiles: { '/dumps/a.json': profileFromText(flat) },
    files: { [path]: `${ruby}${'x\n'.repeat(400)}` },
  });
  expect((await tree('file')).groups[0]?.lines).toHaveLength(50);
});

test('lines are where they are now', async () => {
  server = await startSyncJob();
  await server.edit(path, 'class', '# top\nclass');
  expect((await tree('file')).groups[0]?.lines.map(({ line }) => line)).toEqual([9, 3]);
});
