import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { eventually } from './support/eventually';
import { digestJob, fileName, headlineOf, lineOf, profiles } from './support/example';
import type { Journey } from './support/journey';
import { ProfileView } from './support/profileView';

export const title = 'Files of every kind';

/** JSON, gzip, several at once, and files that are not profiles. */
export async function run({ editor, workspace, address, step, picture }: Journey): Promise<void> {
  const view = new ProfileView(editor);
  const headlines = {
    before: await headlineOf(workspace, profiles.before),
    gzipped: await headlineOf(workspace, profiles.gzipped),
    json: await headlineOf(workspace, profiles.json),
  };
  const dump = await readFile(path.join(workspace, profiles.before));
  const json = await readFile(path.join(workspace, profiles.json));
  await writeFile(path.join(workspace, 'digest.stackprof.json.gz'), gzipSync(json));
  await writeFile(path.join(workspace, 'stackprof_cut_short.dump'), dump.subarray(0, dump.length / 2));
  await writeFile(path.join(workspace, 'stackprof_shopping_list.dump'), 'milk, eggs, bread\n');

  await step('VS Code opens the app', () => editor.open(address()));

  await step('a gzipped dump opens as it is', async () => {
    await editor.openFromExplorer(profiles.gzipped);
    await view.headline(headlines.gzipped);
    await view.drawn();
  });

  await step("StackProf's JSON, gzipped, opens as it is", async () => {
    await editor.openFromExplorer('digest.stackprof.json.gz');
    await view.headline(headlines.json);
  });

  await step("StackProf's JSON opens as it is", async () => {
    await editor.openFromExplorer(profiles.json);
    await view.headline(headlines.json);
    await view.drawn();
  });

  await step('another profile opens beside them, and each keeps its own figures', async () => {
    await editor.openFromExplorer(profiles.before);
    await view.headline(headlines.before);
    await editor.tab(fileName(profiles.json)).click();
    await view.headline(headlines.json);
  });

  await step('a file cut short says so', async () => {
    await editor.openFromExplorer('stackprof_cut_short.dump');
    await view.says(/truncated|cut short|ends (early|at|before|after|in)/i);
  });
  await picture('cut short');

  await step('a file that is no profile says so, and what to do', async () => {
    await editor.openFromExplorer('stackprof_shopping_list.dump');
    await view.says(/not a .*profile|no .*profile|StackProf/i);
  });
  await picture('not a profile');

  await step('a dump with a name of no profiler opens as text, and its first bytes offer the view', async () => {
    await writeFile(path.join(workspace, 'nightly.dump'), dump);
    await editor.openFromExplorer('nightly.dump');
    const offer = editor.notification('nightly.dump is a StackProf profile');
    await offer.getByText('Open as Profile').click();
    await view.headline(headlines.before);
    await eventually('one tab of it', async () => (await editor.tabs('nightly.dump').count()) === 1);
  });

  await step('the dumps of two processes open as one', async () => {
    const folder = path.join(workspace, 'tmp', 'worker');
    await mkdir(folder, { recursive: true });
    for (const pid of [41, 42]) await writeFile(path.join(folder, `stackprof_process_${pid}_1767225600.dump`), dump);
    await editor.runCommand('Allocation Hotspots: Open Profiles as One…');
    await editor.quickRow('All 2 of tmp/worker').click();
    await view.headline(times(headlines.before, 2));
    await view.drawn();
  });
  await picture('merged');

  await step('a process is taken out of the sum, and is out after a reload', async () => {
    await view.frame.getByRole('button', { name: '2 profiles added up' }).click();
    await editor.quickRow('Process 42').click();
    await picture('processes');
    await editor.page.keyboard.press('Enter');
    await view.frame.getByRole('button', { name: '1 of 2 profiles added up' }).waitFor();
    await view.headline(headlines.before);
    await editor.reload();
    await view.frame.getByRole('button', { name: '1 of 2 profiles added up' }).waitFor();
    await view.headline(headlines.before);
  });

  await step('the editor lives on: the first profile still opens source', async () => {
    await editor.tab(fileName(profiles.json)).click();
    await view.drawn();
    const line = await lineOf(workspace, digestJob.path, digestJob.text);
    await view.hoverBox(digestJob.method, `${digestJob.path}:${line}`);
    await view.click();
    await editor.activeTab(digestJob.name).waitFor();
  });
}

/** The headline of so many equal profiles added up. */
function times(headline: string, count: number): string {
  return headline.replace(/[\d,]+/, (total) => (Number(total.replaceAll(',', '')) * count).toLocaleString('en'));
}
