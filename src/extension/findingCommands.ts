import { ConfigurationTarget, Uri, commands as vscodeCommands, window, workspace } from 'vscode';
import { section } from '../protocol/ids';
import { readSetting } from './settings';

/** Opens the page of a pattern, which comes with the extension, as a markdown preview. */
export async function explainFinding(extensionUri: Uri, argument: unknown): Promise<void> {
  if (!isPatternId(argument)) return;
  const page = Uri.joinPath(extensionUri, 'docs', 'findings', `${argument}.md`);
  await vscodeCommands.executeCommand('markdown.showPreview', page);
}

/** Ignores a pattern in this workspace; in a window without one, for the user. */
export async function ignorePattern(argument: unknown): Promise<void> {
  if (!isPatternId(argument)) return;
  const ignored = readSetting('ignoredPatterns');
  if (ignored.includes(argument)) return;
  const hasWorkspace = workspace.workspaceFolders !== undefined;
  const target = hasWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await workspace.getConfiguration(section).update('ignoredPatterns', [...ignored, argument], target);
  window.setStatusBarMessage(
    `$(info) ${argument} is ignored; the setting ${section}.ignoredPatterns brings it back.`,
    8000,
  );
}

/** An id is a file's name in `docs/findings/`: nothing that could lead elsewhere. */
function isPatternId(argument: unknown): argument is string {
  return typeof argument === 'string' && /^[a-z][a-z0-9-]*$/.test(argument);
}
