import { eventually } from './support/eventually';
import { fileName, hotLinesOf, profiles } from './support/example';
import type { Journey } from './support/journey';
import { ProfileView } from './support/profileView';

export const title = 'Tables, side bar, edits';

/** The other ways to a hot line, and what an edit does to the heat. */
export async function run({ editor, workspace, address, step, picture }: Journey): Promise<void> {
  const view = new ProfileView(editor);
  const [first, second] = await hotLinesOf(workspace, profiles.before);
  if (first === undefined || second === undefined) throw new Error('the example has no two hot lines');

  await step('VS Code opens the app and the profile', async () => {
    await editor.open(address());
    await editor.openFromExplorer(profiles.before);
    await view.drawn();
  });

  await step('"Hot lines" starts with the line that is charged most', async () => {
    await view.tab('Hot lines').click();
    await view
      .rows()
      .first()
      .filter({ hasText: `${first.path}:${first.line}` })
      .waitFor();
  });

  await step('a click on it opens the line', async () => {
    await view.rows().first().click();
    await editor.activeTab(fileName(first.path)).waitFor();
    await eventually('the cursor there', async () => (await editor.cursorLine()) === first.line);
  });
  await picture('hot lines');

  await step('"Methods" as recorded starts with a C function that nobody wrote', async () => {
    await view.tab('Methods').click();
    await view.chargeTo('as recorded');
    await view.rows().first().filter({ hasText: 'Class#new' }).waitFor();
    await view.chargeTo('my code');
    await view
      .rows()
      .first()
      .filter({ hasText: fileName(first.path) })
      .waitFor();
  });

  await step('a search finds methods and says how much they stand for', async () => {
    await view.search('Holding::Materializer');
    await view.says(/\d+ matches, \d+\.\d %/);
    await eventually('rows that match', async () => {
      const texts = await view.rows().allTextContents();
      return texts.length > 0 && texts.every((text) => text.includes('Holding::Materializer'));
    });
  });
  await picture('methods');

  await step('the side bar lists the hot lines and opens them', async () => {
    await editor.openSideBar('Allocation Hotspots');
    await editor.sideBarRow(second.text).click();
    await editor.activeTab(fileName(second.path)).waitFor();
    await eventually('the cursor there', async () => (await editor.cursorLine()) === second.line);
    await eventually('its phrase', async () => /objects/.test((await editor.textAfter(second.text)) ?? ''));
  });

  await step('the side bar lists the findings, and "Go to Next Finding" goes to one', async () => {
    await editor.sideBarRow('ar-dup-per-row').waitFor();
    await editor.runCommand('Allocation Hotspots: Go to Next Finding');
    await eventually('a line with a finding', () =>
      editor.page.locator('.editor-instance .squiggly-info, .editor-instance .squiggly-warning').first().isVisible(),
    );
  });
  await picture('findings');

  await step('heat moves with an edit above it', async () => {
    await editor.sideBarRow(second.text).click();
    await editor.activeTab(fileName(second.path)).waitFor();
    await editor.line(second.text).click();
    await editor.page.keyboard.press('Control+Home');
    await editor.page.keyboard.type('# A note above everything.\n');
    await editor.line('# A note above everything.').waitFor();
    await eventually('the cursor back', async () => (await editor.cursorLine()) === 2);
    await eventually('the phrase on the moved line', async () =>
      /objects/.test((await editor.textAfter(second.text)) ?? ''),
    );
  });

  await step('"Toggle Heat in Editors" takes it away and brings it back', async () => {
    await editor.runCommand('Allocation Hotspots: Toggle Heat in Editors');
    await eventually('no bars', async () => (await editor.heatBars()).length === 0);
    await editor.runCommand('Allocation Hotspots: Toggle Heat in Editors');
    await eventually('bars', async () => (await editor.heatBars()).length > 0);
  });
}
