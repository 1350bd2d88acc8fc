import { window, workspace } from 'vscode';
import type { PictureFormat } from '../protocol/webview';
import { besides, offerToShow } from './exportProfile';

/** Asks where to, and writes the picture of a profile there. `uri`, `name`: the profile's. */
export async function savePicture(uri: string, name: string, format: PictureFormat, bytes: Uint8Array): Promise<void> {
  const title = `Save the picture as ${format.toUpperCase()}`;
  const target = await window.showSaveDialog({
    defaultUri: besides(uri, name, `.${format}`),
    filters: { [format.toUpperCase()]: [format] },
    title,
  });
  if (target === undefined) return;
  if (target.toString() === uri) {
    void window.showErrorMessage(`${name} is the profile itself: choose another file.`);
    return;
  }
  try {
    await workspace.fs.writeFile(target, bytes);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(`The picture was not saved: ${why}`);
    return;
  }
  await offerToShow(target, bytes.length);
}
