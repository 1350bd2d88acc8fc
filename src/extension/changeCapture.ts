import { Range, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import type { CaptureChange } from '../capture/planCapture';
import { PlanCapture } from '../protocol/captureRequests';
import type { ServerConnection } from './serverConnection';

/** Folders whose Gemfiles belong to somebody else, and how many applications are offered. */
const notApplications = '**/{node_modules,vendor,tmp,.bundle}/**';
const maxOffered = 20;

type Intent = 'add' | 'remove';

/** Writes the capture kit into an application of the workspace, or takes it back. The user sees every change before it is made. */
export async function changeCapture(server: ServerConnection, intent: Intent): Promise<void> {
  if (!workspace.isTrusted) {
    void window.showWarningMessage('Nothing is written into a workspace that is not trusted.');
    return;
  }
  const gemfile = await chooseGemfile(intent);
  if (gemfile === null) return;
  const folder = Uri.joinPath(gemfile, '..');
  const name = folder.path.slice(folder.path.lastIndexOf('/') + 1);
  const plan = await server.request(PlanCapture, { folder: folder.toString(), intent });
  if (!plan.ok) {
    void window.showWarningMessage(plan.message);
    return;
  }
  const { changes, notes } = plan;
  if (changes.length === 0) {
    const state =
      intent === 'add' ? `Allocation capture is in ${name} already.` : `No allocation capture is in ${name}.`;
    void window.showInformationMessage([state, ...notes].join(' '));
    return;
  }
  // It also saves the files that were edited.
  const isMade = await workspace.applyEdit(previewed(folder, changes, intent), { isRefactoring: true });
  if (!isMade) return;
  const after = await server.request(PlanCapture, { folder: folder.toString(), intent });
  const left = new Set((after.ok ? after.changes : []).map(({ path }) => path));
  void window.showInformationMessage([...report(name, intent, changes, left), ...notes].join(' '));
}

/** What was done and what comes next, in sentences. `left`: files that the user did not tick. */
function report(name: string, intent: Intent, changes: readonly CaptureChange[], left: ReadonlySet<string>): string[] {
  if (left.size > 0) {
    return [`Not ticked, so left as before: ${[...left].join(', ')}. Run the command again to change the rest.`];
  }
  const next = changes.some(({ kind }) => kind === 'edit') ? ['Run bundle install.'] : [];
  if (intent === 'remove') return [`Allocation capture is out of ${name}.`, ...next];
  const use = 'A worker that is started with SIDEKIQ_FLAMEGRAPH=1 writes a profile when it ends.';
  return [`Allocation capture is in ${name}.`, ...next, use];
}

/** The Gemfile of the application at hand; asks where there are several. Null when there is none, which is said, or none was chosen. */
async function chooseGemfile(intent: Intent): Promise<Uri | null> {
  const found = await workspace.findFiles('**/Gemfile', notApplications, maxOffered);
  const [only, ...others] = found.sort((a, b) => a.path.length - b.path.length);
  if (only === undefined) {
    void window.showWarningMessage('There is no Gemfile in this workspace: open the folder of a Ruby application.');
    return null;
  }
  if (others.length === 0) return only;
  const items = found.map((uri) => ({ label: workspace.asRelativePath(Uri.joinPath(uri, '..'), true), uri }));
  const title = intent === 'add' ? 'Add allocation capture to' : 'Remove allocation capture from';
  return (await window.showQuickPick(items, { title }))?.uri ?? null;
}

/**
 * All changes as one edit that one undo takes back. What needs a look is not ticked in the refactoring preview that VS Code shows
 * for it; without such a change there would be no preview, so the first one stands for all.
 */
function previewed(folder: Uri, changes: readonly CaptureChange[], intent: Intent): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  const asks = changes.some(needsLook) ? needsLook : (change: CaptureChange) => change === changes[0];
  for (const change of changes) {
    const uri = Uri.joinPath(folder, change.path);
    const why = { ...words(change, intent), needsConfirmation: asks(change) };
    switch (change.kind) {
      case 'create':
        edit.createFile(uri, { ignoreIfExists: true, contents: new TextEncoder().encode(change.text) }, why);
        break;
      case 'replace':
        edit.replace(uri, wholeText, change.text, why);
        break;
      case 'delete':
        edit.deleteFile(uri, { ignoreIfNotExists: true }, why);
        break;
      case 'edit':
        for (const { range, newText } of change.edits) {
          const { start, end } = range;
          edit.replace(uri, new Range(start.line, start.character, end.line, end.character), newText, why);
        }
    }
  }
  return edit;
}

const wholeText = new Range(0, 0, Number.MAX_SAFE_INTEGER, 0);

/** The Gemfile, and files that hold the user's words or may do so. */
function needsLook(change: CaptureChange): boolean {
  return change.kind === 'edit' || change.kind === 'replace' || (change.kind === 'delete' && change.was !== 'same');
}

function words(change: CaptureChange, intent: Intent): { readonly label: string; readonly description: string } {
  if (change.kind === 'edit') return { label: 'Gemfile', description: change.what };
  if (change.kind === 'create' || change.was === 'same') {
    return {
      label: intent === 'add' ? 'Files of the capture kit' : 'Files as the capture kit wrote them',
      description: '',
    };
  }
  return change.was === 'older'
    ? { label: 'Files of an older version', description: 'look for changes of yours' }
    : { label: 'Files that were changed since', description: 'your changes would be lost' };
}
