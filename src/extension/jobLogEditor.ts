import {
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  type Disposable,
  type Uri,
  commands as vscodeCommands,
  type WebviewPanel,
  window,
} from 'vscode';
import { jobLogEditor } from '../protocol/ids';
import { type JobLogContext, JobLogPanel } from './jobLogPanel';

/** The read-only editor of worker logs: a panel per tab. The bytes are read by the server, never here. */
export function provideJobLogs(context: JobLogContext): Disposable {
  const panels = new Set<JobLogPanel>();
  const provider: CustomReadonlyEditorProvider = {
    openCustomDocument: (uri): CustomDocument => ({ uri, dispose: () => undefined }),
    resolveCustomEditor(document: CustomDocument, webviewPanel: WebviewPanel): void {
      const panel = new JobLogPanel(document.uri, webviewPanel, context);
      panels.add(panel);
      webviewPanel.onDidDispose(() => {
        panels.delete(panel);
        panel.dispose();
      });
    },
  };
  const registration = window.registerCustomEditorProvider(jobLogEditor, provider, {
    supportsMultipleEditorsPerDocument: true,
    webviewOptions: { retainContextWhenHidden: true },
  });
  return {
    dispose: () => {
      registration.dispose();
      for (const panel of panels) panel.dispose();
    },
  };
}

/** Opens logs in the job log view: the given file, else what the user chooses. */
export async function openJobLog(file: Uri | null): Promise<void> {
  const chosen = file === null ? await chooseLogs() : [file];
  for (const uri of chosen) await vscodeCommands.executeCommand('vscode.openWith', uri, jobLogEditor);
}

async function chooseLogs(): Promise<readonly Uri[]> {
  const picked = await window.showOpenDialog({
    title: 'Open Job Log',
    openLabel: 'Open Log',
    canSelectMany: true,
    filters: { Logs: ['log', 'gz', 'txt', 'json', 'jsonl'], 'All files': ['*'] },
  });
  return picked ?? [];
}
