import { eventually } from './support/eventually';
import { fileName, profiles } from './support/example';
import type { Journey } from './support/journey';
import { ProfileView } from './support/profileView';

export const title = 'Without a mouse';

/** From the file to the line by keys alone. */
export async function run({ editor, address, step, picture }: Journey): Promise<void> {
  const view = new ProfileView(editor);
  const { keyboard } = editor.page;
  const press = async (key: string, what: string): Promise<string> => {
    const before = await view.selectedBox();
    await keyboard.press(key);
    return eventually(what, async () => {
      const after = await view.selectedBox();
      return after !== before ? after : null;
    });
  };

  await step('VS Code opens the app', () => editor.open(address()));

  await step('"Go to File" opens the dump', async () => {
    await keyboard.press('Control+p');
    await editor.quickInput().fill(fileName(profiles.before));
    await editor.quickRow(fileName(profiles.before)).first().waitFor();
    await keyboard.press('Enter');
    await view.drawn();
  });

  await step('Tab reaches the picture', async () => {
    await eventually('focus on the picture', async () => {
      if (await view.surface.evaluate((element) => element === document.activeElement)) return true;
      await keyboard.press('Tab');
      return false;
    });
  });

  await step('arrows walk down to a callee, along siblings and back to the caller', async () => {
    const root = await press('ArrowDown', 'the first box');
    const child = await press('ArrowDown', 'its callee');
    if (root === child) throw new Error(`still at ${root}`);
    const back = await press('ArrowUp', 'its caller');
    if (back !== root) throw new Error(`${back} is not ${root}`);
  });

  await step('Enter zooms, 0 shows all again', async () => {
    // Deep enough that the box is narrower than the picture.
    for (let depth = 0; depth < 12; depth++) await press('ArrowDown', `level ${depth}`);
    const reset = view.frame.getByText('Reset zoom');
    await keyboard.press('Enter');
    await eventually('zoomed in', async () => !(await reset.evaluate((element) => element.hasAttribute('disabled'))));
    await keyboard.press('0');
    await eventually('all of it', () => reset.evaluate((element) => element.hasAttribute('disabled')));
  });
  await picture('selected by keys');

  await step('"o" opens the source of a selected box', async () => {
    await view.surface.focus();
    await eventually('a box of the app', async () => {
      if ((await view.selectedBox())?.startsWith('SyncJob#perform')) return true;
      await keyboard.press('ArrowDown');
      return false;
    });
    await keyboard.press('o');
    await editor.activeTab('sync_job.rb').waitFor();
  });
}
