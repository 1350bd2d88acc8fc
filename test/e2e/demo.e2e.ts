import path from 'node:path';
import { profileAssociation } from '../../scripts/editorServer.mjs';
import { headlineOf, profiles } from './support/example';
import type { Journey } from './support/journey';
import { ProfileView } from './support/profileView';

export const title = 'What the demo shows first';

/** As `npm run demo` does: the profile is named in the address and opens while VS Code starts. */
export const settings = profileAssociation;

export async function run({ editor, workspace, address, step, picture }: Journey): Promise<void> {
  const view = new ProfileView(editor);

  await step('the address opens the app and the profile, drawn', async () => {
    await editor.open(address([path.join(workspace, profiles.before)]));
    await view.headline(await headlineOf(workspace, profiles.before));
    await view.drawn();
  });
  await picture('first sight');
}
