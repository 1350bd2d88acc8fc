import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from './support/eventually';
import type { Journey } from './support/journey';

export const title = 'Capture';

/** An app whose worker cannot be recorded gets what it takes, and loses it again. */
export async function run({ editor, workspace, address, step, picture }: Journey): Promise<void> {
  const gemfile = path.join(workspace, 'Gemfile');
  const before = `${(await readFile(gemfile, 'utf8')).replace(/^gem "stackprof".*\n/m, '')}\ngroup :development, :test do\n  gem "rspec"\n  gem "stackprof", require: false\nend\n`;
  const recorder = path.join(workspace, 'lib/sidekiq/allocation_capture.rb');
  const initializer = path.join(workspace, 'config/initializers/allocation_capture.rb');
  await writeFile(gemfile, before);
  await rm(path.join(workspace, 'lib/sidekiq'), { recursive: true });
  await rm(path.join(workspace, 'config/initializers/sidekiq.rb'));

  await step('VS Code opens the app', () => editor.open(address()));

  await step('capture is added after a look at every change', async () => {
    await editor.runCommand('Allocation Hotspots: Add Allocation Capture to This App');
    await editor.page.locator('.bulk-edit-panel .monaco-list-row').first().waitFor();
    await picture('preview');
    await editor.applyPreviewedChanges();
    await editor.notification('Allocation capture is in').waitFor();
    await eventually('the kit on disk', () => existsSync(recorder) && existsSync(initializer));
    await eventually('the gem outside of its group', async () =>
      (await readFile(gemfile, 'utf8')).endsWith(
        'group :development, :test do\n  gem "rspec"\nend\n\n# For allocation capture; was in group :development, :test.\ngem "stackprof", require: false\n',
      ),
    );
  });
  await picture('added');

  await step('a second time there is nothing to do', async () => {
    await editor.runCommand('Allocation Hotspots: Add Allocation Capture to This App');
    await editor.notification('is in finance-sync already').waitFor();
  });

  await step('it is removed, with the gem back in its group', async () => {
    await editor.runCommand('Allocation Hotspots: Remove Allocation Capture from This App');
    await editor.applyPreviewedChanges();
    await editor.notification('Allocation capture is out of').waitFor();
    await eventually('the Gemfile as it was', async () => (await readFile(gemfile, 'utf8')) === before);
    await eventually('no kit on disk', () => !existsSync(recorder) && !existsSync(initializer));
  });
}
