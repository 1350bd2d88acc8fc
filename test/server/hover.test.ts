import { afterEach, expect, test } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver-protocol';
import { commands, linkCommands } from '../../src/protocol/ids';
import { profileFromText } from '../support/profileFromText';
import { type TestServer, uriOf } from '../support/serverHarness';
import { startSyncJob, uri } from '../support/syncJobServer';

let server: TestServer;
afterEach(() => server.stop());

const hover = async (line: number): Promise<string | null> => {
  const answer = await server.ask<Hover | null>('textDocument/hover', {
    textDocument: { uri },
    position: { line, character: 4 },
  });
  return answer === null ? null : (answer.contents as MarkupContent).value;
};

test('says how much, beneath what, from where, and how sure', async () => {
  server = await startSyncJob();
  const text = await hover(2);
  expect(text).toContain(
    '**≈15,000 objects** · **30.0 %** allocated by this line (charged to my code), mostly beneath `ActiveRecord::Delegation#each`',
  );
  expect(text).toContain('≈47,500 objects · 95.0 % allocated with this line on the stack');
  expect(text).toContain('300 samples own, 950 samples through, of 1,000 samples');
  expect(text).toContain('- `ActiveRecord::Delegation#each` 100.0 % · ≈47.5 k objects');
  expect(text).toContain('In `SyncJob#perform`');
  expect(text).toContain('at once (lower peak: a new profile will not show it). [Explain]');
  expect(text).toContain('Exact line');
  expect(text).toContain('One allocation in 50 was sampled');
  expect(text).toContain('interval 50');
});

test('a line that only calls is not said to allocate nothing', async () => {
  server = await startSyncJob();
  await server.activate('/dumps/a.json', 'recorded');
  const text = await hover(8);
  expect(text).toContain("No sample of the line's own (as recorded)");
  expect(text).toContain('≈32,500 objects · 65.0 % allocated with this line on the stack');
});

test('names the callers of the method', async () => {
  server = await startSyncJob();
  expect(await hover(8)).toContain('In `SyncJob#sync`, called by `SyncJob#perform` 100.0 %.');
});

test('links only run commands that the editor trusts', async () => {
  server = await startSyncJob();
  const links = [...(await hover(8))!.matchAll(/command:([\w.]+)/g)].map((match) => match[1]);
  expect(links).toContain(commands.revealInFlameGraph);
  links.push(...[...(await hover(2))!.matchAll(/command:([\w.]+)/g)].map((match) => match[1]));
  expect(links).toContain(commands.explainFinding);
  for (const link of links) expect(linkCommands).toContain(link);
  const target = /command:[\w.]+revealInFlameGraph\?([^ )]+)/.exec((await hover(8))!)![1]!;
  expect(JSON.parse(decodeURIComponent(target))).toEqual([
    { profile: uriOf('/dumps/a.json'), file: '/srv/app/jobs/sync_job.rb', line: 9 },
  ]);
});

test('is silent elsewhere: no sample is not "allocates nothing"', async () => {
  server = await startSyncJob();
  expect(await hover(0)).toBeNull();
  expect(await hover(5)).toBeNull();
});

test('reads names as text, not as markup', async () => {
  const hostile = '[x](command:evil)`**a**`<img src=x>\n# h';
  const strange = profileFromText(
    'SyncJob#sync@/srv/app/jobs/sync_job.rb#8:9 > NAME@/gems/a-1.0/a.rb:3 10'.replace('NAME', 'N'),
  );
  const named = { ...strange, strings: strange.strings.map((text) => (text === 'N' ? hostile : text)) };
  server = await startSyncJob({ profiles: { '/dumps/a.json': named } });
  expect(await hover(8)).toContain('- ``[x](command:evil)`**a**`<img src=x> # h`` 100.0 %');
});

test('without lines in the stacks the figure is called an estimate or a bound', async () => {
  const text = `
    SyncJob#sync@/srv/app/jobs/sync_job.rb#8:9 > Class#new@<cfunc>     10
    SyncJob#sync@/srv/app/jobs/sync_job.rb#8:10 > Hash#dup@<cfunc>     5
    SyncJob#sync@/srv/app/jobs/sync_job.rb#8:9 > SyncJob#sync@/srv/app/jobs/sync_job.rb#8:9   5
  `;
  for (const detail of ['raw', 'aggregate'] as const) {
    server = await startSyncJob({ profiles: { '/dumps/a.json': profileFromText(text, { detail }) } });
    expect(await hover(8), detail).toMatch(/_(Estimate|At most)/);
    server.stop();
  }
});
