import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from './support/eventually';
import { digestJob, lineOf, profiles } from './support/example';
import type { Journey } from './support/journey';
import { ProfileView } from './support/profileView';

export const title = 'Findings in the view';

/** From the list of known causes to the line and its rewrite, without losing the list. */
export async function run({ editor, workspace, address, step, picture }: Journey): Promise<void> {
  const view = new ProfileView(editor);
  const source = path.join(workspace, digestJob.path);
  const line = await lineOf(workspace, digestJob.path, digestJob.text);
  const row = view
    .findings()
    .filter({ hasText: `${digestJob.name}:${line}` })
    .filter({ hasText: 'Fix' })
    .first();

  await step('the tab says how many there are', async () => {
    await editor.open(address());
    await editor.openFromExplorer(profiles.before);
    await view.drawn();
    await view.tab('Findings').filter({ hasText: /[1-9]/ }).click();
    await row.waitFor();
  });

  await step('a click shows the line; the keys stay with the list', async () => {
    const before = await readFile(source, 'utf8');
    await row.click();
    await editor.activeTab(digestJob.name).waitFor();
    await eventually('the cursor there', async () => (await editor.cursorLine()) === line);
    await editor.page.keyboard.type('zzz');
    if (!(await view.hasFocus())) throw new Error('the focus is in the source');
    await editor.page.locator('.editor-instance .view-line', { hasText: 'zzz' }).waitFor({ state: 'detached' });
    if ((await readFile(source, 'utf8')) !== before) throw new Error('the source was changed');
  });
  await picture('by pattern');

  await step('"n" and "p" step through the list and back', async () => {
    const selected = view.frame.locator('.finding[aria-selected=true]');
    const first = await selected.textContent();
    await editor.page.keyboard.press('n');
    await eventually('another one', async () => (await selected.textContent()) !== first);
    await editor.page.keyboard.press('p');
    await eventually('the first again', async () => (await selected.textContent()) === first);
    if (!(await view.hasFocus())) throw new Error('the focus is in the source');
  });

  await step('grouped by file, and by safety', async () => {
    await view.choose('Group findings', 'By file');
    await view.frame.locator('.finding-group', { hasText: digestJob.path }).waitFor();
    await view.choose('Findings to list, by safety', 'To review');
    await eventually('only those to review', async () => {
      const safeties = await view.findings().locator('.safety').allTextContents();
      return safeties.length > 0 && safeties.every((safety) => safety === 'review');
    });
    await picture('by file');
    await view.choose('Findings to list, by safety', 'All');
    await view.choose('Group findings', 'By pattern');
  });

  await step('"." opens the menu of its rewrites at the line', async () => {
    await row.click();
    await eventually('the cursor there', async () => (await editor.cursorLine()) === line);
    await editor.page.keyboard.press('.');
    await editor.page
      .locator('.action-widget .monaco-list-row', { hasText: /find_each/ })
      .first()
      .waitFor();
  });
  await picture('rewrites');

  await step('the rewrite, saved, leaves the list', async () => {
    await editor.page.keyboard.press('Enter');
    await editor.applyPreviewedChanges();
    await editor.line(digestJob.fixed).waitFor();
    await editor.save();
    await row.waitFor({ state: 'detached' });
  });
}
