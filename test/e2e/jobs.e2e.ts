import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { violationsAround } from './support/accessibility';
import { eventually } from './support/eventually';
import { profiles } from './support/example';
import type { Journey } from './support/journey';
import { ProfileView } from './support/profileView';

export const title = 'Job log';

const log = 'log/sidekiq.log';
const records = 164;
/** By hash of its thread: a run more of a class that the log has. */
const oneMore =
  '[MemoryProfiling] job=PriceTickJob queue=critical heap_live_delta=12 objects_allocated=900 gc_runs=1 rss_kb=190000 T_HASH=+1\n';

/** A worker's log tells which job leaks and which bloats; from there to the source, and to the profile. */
export async function run({ editor, workspace, address, step, picture }: Journey): Promise<void> {
  const frame = editor.webview();
  const row = (job: string) => frame.getByRole('row', { name: job });
  const side = frame.getByRole('complementary', { name: 'Selected job class' });
  await mkdir(path.join(workspace, 'log'));
  const recorded = await readFile(path.resolve('test/fixtures/logs/fin_stdout_pretty.sidekiq.log.gz'));
  await writeFile(path.join(workspace, log), gunzipSync(recorded));

  await step('a log with memory records opens as text, and the view for it is offered', async () => {
    await editor.open(address());
    await editor.openFromExplorer(log);
    await editor.activeTab('sidekiq.log').waitFor();
    await editor
      .notification(/memory records/)
      .getByRole('button', { name: 'Open as Job Log' })
      .click();
    await frame.getByText(`${records} memory records`).waitFor();
  });

  await step('the job that leaks is shown first, with its evidence and what to do', async () => {
    await side.getByText(/Keeps ≈\d+ T_HASH objects per run/).waitFor();
    await side.getByText(/heap dumps/).waitFor();
    await row('AuditTrailJob').getByText('Leak').waitFor();
    await row('CatalogRebuildJob').getByText('Bloat').waitFor();
    await frame.getByText(/Resident memory between peaks went from/).waitFor();
    await frame.getByText(/sums and means mislead/).waitFor();
  });

  await step('the course of the memory is drawn, and read by keys', async () => {
    const chart = frame.getByRole('img', { name: /Resident memory of Process 24671/ });
    await chart.focus();
    await editor.page.keyboard.press('End');
    await frame.getByText(/Resident memory after 164 jobs.*MB/).waitFor();
    await frame.getByText('The same as a table').click();
    await frame.getByRole('cell', { name: /after 164 jobs/ }).waitFor();
    await frame.getByText('The same as a table').click();
  });
  await picture('job log');

  await step('from a job class to its perform', async () => {
    await row('SyncJob').click();
    await side.getByText('queue high_priority').waitFor();
    await side.getByRole('button', { name: 'Open perform' }).click();
    await editor.activeTab('sync_job.rb').waitFor();
    const lines = (await readFile(path.join(workspace, 'app/jobs/sync_job.rb'), 'utf8')).split('\n');
    const wanted = lines.findIndex((line) => /def perform/.test(line)) + 1;
    await eventually(`the cursor on line ${wanted}`, async () => (await editor.cursorLine()) === wanted);
  });

  await step('without a profile it says what is missing; with one it shows the job in the flame graph', async () => {
    await editor.tab('sidekiq.log').click();
    await side.getByRole('button', { name: 'Show in Profile' }).click();
    await frame.getByText(/No profile is open/).waitFor();
    await editor.openFromExplorer(profiles.before);
    const view = new ProfileView(editor);
    await view.drawn();
    await editor.tab('sidekiq.log').click();
    await side.getByRole('button', { name: 'Show in Profile' }).click();
    await eventually('the selected box', async () => (await view.selectedBox())?.includes('SyncJob#perform'));
  });

  await step('the log grows, and the view follows', async () => {
    await editor.tab('sidekiq.log').click();
    await frame.getByText(`${records} memory records`).waitFor();
    await appendFile(path.join(workspace, log), oneMore);
    await frame.getByText(`${records + 1} memory records`).waitFor();
    await side.getByText('queue high_priority').waitFor();
  });

  await step('after a reload the view and the selected job are back', async () => {
    await editor.reload();
    await editor.tab('sidekiq.log').click();
    await side.getByText('queue high_priority').waitFor();
  });

  for (const theme of ['Light Modern', 'Dark High Contrast'] as const) {
    await step(`${theme}: nothing breaks a rule of accessibility`, async () => {
      await editor.setTheme(theme);
      const found = await violationsAround(frame.locator('body'));
      if (found.length > 0) throw new Error(found.slice(0, 5).join('\n'));
    });
    await picture(theme);
  }
}
