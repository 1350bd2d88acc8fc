import { Position, Selection, Uri, ViewColumn, commands as vscodeCommands, window, workspace } from 'vscode';
import { assertNever } from '../profile/assertNever';
import { commands } from '../protocol/ids';
import { Locate, type LocateResult } from '../protocol/requests';
import type { Opening } from '../protocol/webview';
import type { ServerConnection } from './serverConnection';

/** A recorded place to open, and where the view is that asked. */
export interface SourceRequest {
  readonly profile: string;
  readonly file: string;
  /** 1-based as recorded; 0 for none. */
  readonly line: number;
  readonly viewColumn: ViewColumn | undefined;
  readonly opening: Opening;
}

/** Opens recorded code at its line beside the view, or says why there is nothing to open. */
export async function openSource(server: ServerConnection, request: SourceRequest): Promise<void> {
  const { profile, file, line, viewColumn, opening } = request;
  const located = await server.request(Locate, { uri: profile, file, line });
  if (!located.ok) return explain(located, profile);
  const uri = Uri.parse(located.uri);
  const document = await workspace.openTextDocument(uri);
  const position = new Position(Math.min(located.line, document.lineCount - 1), 0);
  const start = new Position(position.line, document.lineAt(position).firstNonWhitespaceCharacterIndex);
  await window.showTextDocument(document, {
    viewColumn: sourceColumn(uri, viewColumn),
    selection: new Selection(start, start),
    preview: true,
    preserveFocus: opening === 'preview',
  });
  if (located.stale) {
    window.setStatusBarMessage('$(info) This line changed since the profile was captured.', 6000);
  }
}

/** The view must stay in sight: a group that shows the file already, else another group, else a new one. */
export function sourceColumn(uri: Uri, viewColumn: ViewColumn | undefined): ViewColumn {
  if (viewColumn === undefined) return ViewColumn.Active;
  const shown = window.visibleTextEditors.find(
    (editor) => editor.document.uri.toString() === uri.toString() && editor.viewColumn !== viewColumn,
  );
  if (shown?.viewColumn !== undefined) return shown.viewColumn;
  const other = window.tabGroups.all.find((group) => group.viewColumn !== viewColumn);
  return other?.viewColumn ?? ViewColumn.Beside;
}

async function explain(located: Extract<LocateResult, { ok: false }>, profile: string): Promise<void> {
  switch (located.reason) {
    // Frames of gems are clicked in passing: a notification for each would only be in the way.
    case 'no-source':
    case 'not-installed':
      window.setStatusBarMessage(`$(info) ${located.message}`, 8000);
      return;
    case 'missing': {
      const choice = await window.showWarningMessage(located.message, 'Show Path Mapping');
      if (choice !== undefined) await vscodeCommands.executeCommand(commands.showMapping, profile);
      return;
    }
    default:
      assertNever(located.reason);
  }
}
