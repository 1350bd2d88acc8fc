import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from './support/eventually';
import { headlineOf, profiles } from './support/example';
import type { Journey } from './support/journey';
import { ProfileView } from './support/profileView';

export const title = 'Configuration';

/** The image that runs the worker has no limit of arenas: the editor says so and writes it. */
export async function run({ editor, workspace, address, step, picture }: Journey): Promise<void> {
  const view = new ProfileView(editor);
  const dockerfile = path.join(workspace, 'Dockerfile');
  const command = 'CMD ["bundle", "exec", "sidekiq"]';
  await writeFile(dockerfile, `FROM ruby:3.3-slim\nWORKDIR /app\nCOPY . .\n${command}\n`);

  await step('a profile of the app opens', async () => {
    await editor.open(address());
    await editor.openFromExplorer(profiles.before);
    await view.headline(await headlineOf(workspace, profiles.before));
  });

  await step('the Dockerfile carries the advice, and says that no line allocates less', async () => {
    await editor.openFromExplorer('Dockerfile');
    await editor.line('CMD').click();
    const text = await editor.hoverText('CMD', 'CMD');
    if (!/arenas/.test(text) || !/no line allocates less/.test(text)) throw new Error(`the hover says: ${text}`);
  });
  await picture('advice');

  await step('its edit is looked at first, then made', async () => {
    await editor.page.keyboard.press('Escape');
    await editor.line('CMD').click();
    await editor.chooseFromLightBulb(/Set MALLOC_ARENA_MAX=2 in the final stage/);
    await editor.applyPreviewedChanges();
    await editor.line('ENV MALLOC_ARENA_MAX=2').waitFor();
    await editor.save();
    await eventually('the file on disk has it', async () =>
      /^ENV MALLOC_ARENA_MAX=2$/m.test(await readFile(dockerfile, 'utf8')),
    );
  });
  await picture('fixed');
}
