import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from './support/eventually';
import { digestJob, fileName, objectsBefore, objectsGzipped, objectsJson, profiles } from './support/example';
import type { Journey } from './support/journey';
import { ProfileView } from './support/profileView';

export const title = 'Files of every kind';

/** JSON, gzip, several at once, and files that are not profiles. */
export async function run({ editor, workspace, address, step, picture }: Journey): Promise<void> {
  const view = new ProfileView(editor);
  const dump = await readFile(path.join(workspace, profiles.before));
  await writeFile(path.join(workspace, 'stackprof_cut_short.dump'), dump.subarray(0, dump.length / 2));
  await writeFile(path.join(workspace, 'stackprof_shopping_list.dump'), 'milk, eggs, bread\n');

  await step('VS Code opens the app', () => editor.open(address()));

  await step('a gzipped dump opens as it is', async () => {
    await editor.openFromExplorer(profiles.gzipped);
    await eventually('the headline', async () => (await view.text())?.includes(objectsGzipped));
    await view.drawn();
  });

  await step("StackProf's JSON opens as it is", async () => {
    await editor.openFromExplorer(profiles.json);
    await eventually('the headline', async () => (await view.text())?.includes(objectsJson));
    await view.drawn();
  });

  await step('a second profile opens beside them, and each keeps its own figures', async () => {
    await editor.openFromExplorer(profiles.before);
    await eventually('the headline', async () => (await view.text())?.includes(objectsBefore));
    await editor.tab(fileName(profiles.json)).click();
    await eventually('the headline of the first', async () => (await view.text())?.includes(objectsJson));
  });

  await step('a file cut short says so', async () => {
    await editor.openFromExplorer('stackprof_cut_short.dump');
    await eventually('a message', async () =>
      /truncated|cut short|ends (early|at|before|after|in)/i.test((await view.text()) ?? ''),
    );
  });
  await picture('cut short');

  await step('a file that is no profile says so, and what to do', async () => {
    await editor.openFromExplorer('stackprof_shopping_list.dump');
    await eventually('a message', async () =>
      /not a .*profile|no .*profile|StackProf/i.test((await view.text()) ?? ''),
    );
  });
  await picture('not a profile');

  await step('the editor lives on: the first profile still opens source', async () => {
    await editor.tab(fileName(profiles.json)).click();
    await view.drawn();
    await view.hoverBox(digestJob.method);
    await view.click();
    await editor.activeTab(digestJob.name).waitFor();
  });
}
