import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from './support/eventually';
import { digestJob, fileName, headlineOf, hotLinesOf, lineOf, profiles } from './support/example';
import type { Journey } from './support/journey';
import { ProfileView } from './support/profileView';

export const title = 'Open a dump and fix what it shows';

/** The main job: a dump becomes a picture, a click becomes a line, a line becomes a fix. */
export async function run({ editor, workspace, address, step, picture }: Journey): Promise<void> {
  const view = new ProfileView(editor);
  const headline = await headlineOf(workspace, profiles.before);
  const source = path.join(workspace, digestJob.path);

  await step('VS Code opens the app', () => editor.open(address()));

  await step('a double click on the dump opens the profile', async () => {
    await editor.openFromExplorer(profiles.before);
    await editor.activeTab(fileName(profiles.before)).waitFor();
    await view.headline(headline);
  });

  await step('the flame graph is drawn, in pixels', async () => {
    await view.drawn();
  });
  await picture('flame graph dark');

  await step('a click on a frame opens its file at the right line', async () => {
    const line = await lineOf(workspace, digestJob.path, digestJob.text);
    await view.hoverBox(digestJob.method, `${digestJob.path}:${line}`);
    await view.click();
    await editor.activeTab(digestJob.name).waitFor();
    await eventually(`the cursor on line ${line}`, async () => (await editor.cursorLine()) === line);
  });

  await step('the hot line has a heat bar and a phrase with objects and share', async () => {
    await eventually('a decorated line', async () => (await editor.heatBars()).length > 0);
    await eventually('a phrase at the end of a line', async () =>
      (await editor.endOfLineTexts()).some((text) => /≈[\d,.]+ ?k? objects.* \d\.\d ?%/.test(text)),
    );
  });

  await step('hovering it says what allocates beneath', async () => {
    const text = await editor.hoverText(digestJob.text, 'each');
    if (!/objects/.test(text) || !/%/.test(text)) throw new Error(`the hover says ${text}`);
  });
  await picture('source with hover');

  await step('"Go to Next Hot Line" goes on to the next one', async () => {
    const hot = (await hotLinesOf(workspace, profiles.before)).map(({ path, line }) => `${fileName(path)}:${line}`);
    const seen = [await editor.place()];
    for (let i = 0; i < 3; i++) {
      await editor.runCommand('Allocation Hotspots: Go to Next Hot Line');
      const next = await eventually('another hot line', async () => {
        const place = await editor.place();
        return hot.includes(place) && !seen.includes(place) ? place : null;
      });
      seen.push(next);
    }
  });

  await step('"Reveal in Flame Graph" selects the line in the picture', async () => {
    await editor.openFromExplorer(digestJob.path);
    await editor.line(digestJob.text).click();
    await editor.runCommand('Allocation Hotspots: Reveal in Flame Graph');
    await eventually('the selected box', async () => (await view.selectedBox())?.includes(digestJob.method));
  });

  await step('the light bulb offers find_each and applies it', async () => {
    await editor.tab(digestJob.name).click();
    await editor.line(digestJob.text).locator('span', { hasText: 'each' }).last().click();
    await editor.page.locator('.editor-instance .squiggly-info').first().waitFor();
    await editor.chooseFromLightBulb(/find_each/);
    // It is for review: nothing changes before it was looked at.
    await editor.applyPreviewedChanges();
    await editor.line(digestJob.fixed).waitFor();
    await editor.save();
    await eventually('the fix on disk', async () => (await readFile(source, 'utf8')).includes(digestJob.fixed));
  });
  await picture('fixed');

  await step('after a reload the view, its tab and the heat are back', async () => {
    await editor.reload();
    await editor.tab(fileName(profiles.before)).waitFor();
    await editor.tab(fileName(profiles.before)).click();
    await view.drawn();
    await view.headline(headline);
    await eventually('the selected box', async () => (await view.selectedBox())?.includes(digestJob.method));
    await eventually('the status bar', () => editor.statusBarItem(fileName(profiles.before)).isVisible());
    await editor.openFromExplorer('app/models/balance/sync_cache.rb');
    await eventually('a decorated line', async () => (await editor.heatBars()).length > 0);
  });

  for (const theme of ['Light Modern', 'Dark High Contrast', 'Light High Contrast'] as const) {
    await step(`the picture is drawn in ${theme}`, async () => {
      await editor.setTheme(theme);
      await editor.tab(fileName(profiles.before)).click();
      await view.drawn();
      await picture(theme);
    });
  }
}
