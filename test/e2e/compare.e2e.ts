import { eventually } from './support/eventually';
import { fileName, profiles } from './support/example';
import type { Journey } from './support/journey';
import { ProfileView } from './support/profileView';

export const title = 'What a change saved';

/** From a profile after a fix: chooses one from before it as the baseline, and sees what the fix saved. */
export async function run({ editor, address, step, picture }: Journey): Promise<void> {
  const view = new ProfileView(editor);
  const baseline = fileName(profiles.before);

  await step('VS Code opens the app and the profile after the fix', async () => {
    await editor.open(address());
    await editor.openFromExplorer(profiles.after);
    await view.drawn();
  });

  await step('"Compare" says what it is for, and offers profiles of this workspace', async () => {
    await view.tab('Compare').click();
    await view.says(/from before a change/);
    await picture('compare with nothing');
    await view.frame.getByRole('button', { name: 'Choose a baseline…' }).click();
    await editor.quickRow(baseline).first().click();
  });

  await step('the strip says what the fix saved, the table where', async () => {
    await view.frame.getByRole('button', { name: `-45.5 % vs ${baseline}` }).waitFor();
    await view.rows().first().filter({ hasText: 'app/models/balance/sync_cache.rb:43' }).waitFor();
    await view.rows().first().filter({ hasText: 'vanished' }).waitFor();
  });
  await picture('changed lines');

  await step('the flame graph has the colours of the changes, and says them of a box', async () => {
    await view.tab('Flame graph').click();
    await view.drawn();
    await view.says(/much less/);
    await view.choose('Changes from the baseline', 'Changes, before');
    await view.frame.locator('.flame-surface').focus();
    await editor.page.keyboard.press('ArrowDown');
    await eventually('the change of the box', async () => /before, .* now: /.test((await view.selectedBox()) ?? ''));
  });
  await picture('changes in the flame graph');

  await step('methods are compared by their names', async () => {
    await view.tab('Compare').click();
    await view.choose('Compare by', 'By method');
    await view
      .rows()
      .filter({ hasText: 'Balance::SyncCache#converted_entries' })
      .filter({ hasText: '-61.1 %' })
      .waitFor();
  });
  await picture('changed methods');

  await step('scaled to the same total, what others do less of is a larger share', async () => {
    await view.choose('What makes both comparable', 'Same total');
    await view.choose('Compare by', 'By line');
    await view.choose('Changes to list', 'Grown');
    await view.rows().first().filter({ hasText: '+83.5 %' }).waitFor();
  });

  await step('its line in the editor says so too', async () => {
    await view.rows().first().click();
    await eventually('the change at the end of a line', async () =>
      (await editor.endOfLineTexts()).some((text) => /\+.*\(\+83\.5 %\) vs baseline/.test(text)),
    );
  });
  await picture('change in the editor');

  await step('closed and opened again it is still compared; the chip ends it', async () => {
    await view.tab('Compare').click();
    await editor.runCommand('Allocation Hotspots: Close Profile');
    await editor.openFromExplorer(profiles.after);
    await view.frame.getByRole('button', { name: `vs ${baseline}` }).waitFor();
    await view.tab('Compare').click();
    await view.frame.getByRole('button', { name: 'Stop comparing' }).first().click();
    await view.says(/from before a change/);
  });
}
