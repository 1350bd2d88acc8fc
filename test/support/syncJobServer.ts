import type { Settings } from '../../src/protocol/requests';
import { profileFromText } from './profileFromText';
import { eventually, startTestServer, type TestServer, type TestSetup, uriOf } from './serverHarness';

/** One hot Ruby file: a relation walked with `each` (line 3) and a record made per row (line 9), at a round interval. */
export const path = '/workspace/app/app/jobs/sync_job.rb';
export const uri = uriOf(path);
export const ruby = `class SyncJob
  def perform
    User.where(active: true).each do |user|
      sync(user)
    end
  end

  def sync(user)
    Record.new(user)
  end
end
`;
const profile = profileFromText(
  `
  SyncJob#perform@/srv/app/jobs/sync_job.rb#2:3 > ActiveRecord::Delegation#each@/gems/activerecord-7.2.0/lib/d.rb#5:6 > ActiveRecord::Relation#exec_queries@/gems/activerecord-7.2.0/lib/r.rb#7:8 > Class#new@<cfunc>  300
  SyncJob#perform@/srv/app/jobs/sync_job.rb#2:3 > ActiveRecord::Delegation#each@/gems/activerecord-7.2.0/lib/d.rb#5:6 > SyncJob#perform@/srv/app/jobs/sync_job.rb#2:4 > SyncJob#sync@/srv/app/jobs/sync_job.rb#8:9 > Class#new@<cfunc>  650
  Redis#call@/gems/redis-5.0.1/lib/redis.rb#9:9  50
  `,
  { interval: 50, missedSamples: 49_000 },
);

/** The file open in the editor, its profile open and active. */
export async function startSyncJob(setup: TestSetup = {}): Promise<TestServer> {
  const server = await startTestServer({ files: { [path]: ruby }, profiles: { '/dumps/a.json': profile }, ...setup });
  await server.open('/dumps/a.json');
  await server.openDocument(path, ruby);
  await server.activate('/dumps/a.json');
  return server;
}

/** Changes the user's settings; returns when the server has taken them in. */
export async function changeSettings(server: TestServer, settings: Partial<Settings>): Promise<void> {
  server.settings = settings;
  const changes = server.heatChanges.length;
  await server.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await eventually(() => server.heatChanges.length > changes);
}
