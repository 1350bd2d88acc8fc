import { Uri, workspace } from 'vscode';
import type { Application } from '../capture/profileRun';

/**
 * The application that a file belongs to: the nearest folder above it with a Gemfile, up to `outermost`; without one, `outermost`.
 * `pathOf` gives a file's path inside of it, or the whole path of one outside.
 */
export async function findApplication(
  file: Uri,
  outermost: Uri,
): Promise<{ readonly app: Application; readonly pathOf: (file: Uri) => string }> {
  let root = outermost;
  let hasGemfile = false;
  for (let folder = Uri.joinPath(file, '..'); isInside(folder, outermost); folder = Uri.joinPath(folder, '..')) {
    hasGemfile = await exists(Uri.joinPath(folder, 'Gemfile'));
    if (hasGemfile) root = folder;
    if (hasGemfile || folder.path === '/') break;
  }
  const isRails = hasGemfile && (await exists(Uri.joinPath(root, 'bin', 'rails')));
  const pathOf = (one: Uri): string =>
    one.path.startsWith(`${root.path}/`) ? one.path.slice(root.path.length + 1) : one.fsPath;
  return { app: { root: root.fsPath, hasGemfile, isRails }, pathOf };
}

function isInside(folder: Uri, outermost: Uri): boolean {
  return folder.path === outermost.path || folder.path.startsWith(`${outermost.path}/`);
}

async function exists(file: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
