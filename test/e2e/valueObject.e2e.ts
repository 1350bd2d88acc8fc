import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from './support/eventually';
import { profiles } from './support/example';
import type { Journey } from './support/journey';
import { ProfileView } from './support/profileView';

export const title = 'A Struct in place of records, over several files';

const calculator = 'app/models/balance/base_calculator.rb';
const materializer = 'app/models/balance/materializer.rb';

/** One rewrite of two files, of which one is closed: looked at in the preview, made in both. */
export async function run({ editor, workspace, address, step, picture }: Journey): Promise<void> {
  const view = new ProfileView(editor);
  const textOf = (file: string): Promise<string> => readFile(path.join(workspace, file), 'utf8');

  await step('the profile is open', async () => {
    await editor.open(address());
    await editor.openFromExplorer(profiles.before);
    await view.drawn();
  });

  await step('the line that builds the records offers it, and the preview has both files', async () => {
    await editor.openFromExplorer(calculator);
    await editor.line('Balance.new(').click();
    await editor.page.locator('.editor-instance .squiggly-info').first().waitFor();
    await editor.chooseFromLightBulb(/Replace Balance by a Struct in 2 files, write in slices of 1,000/);
    const preview = editor.page.locator('.bulk-edit-panel');
    for (const file of ['base_calculator.rb', 'materializer.rb']) {
      await preview.locator('.monaco-list-row', { hasText: file }).first().waitFor();
    }
    if ((await textOf(materializer)).includes('each_slice')) throw new Error('it was made before it was looked at');
    await picture('preview');
  });

  await step('it is made in both', async () => {
    await editor.applyPreviewedChanges();
    await editor.line('BalanceRow.new(').waitFor();
    await editor.runCommand('File: Save All Files');
    await eventually('the Struct on disk', async () => (await textOf(calculator)).includes('BalanceRow = Struct.new('));
    await eventually('the write on disk', async () => {
      const text = await textOf(materializer);
      return text.includes('@balances.each_slice(1_000)') && text.includes('"date" => balance.date,');
    });
  });
  await picture('made');
}
