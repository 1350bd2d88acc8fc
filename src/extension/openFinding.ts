import { Position, Selection, Uri, type ViewColumn, commands as vscodeCommands, window, workspace } from 'vscode';
import type { FindingPlace, Opening } from '../protocol/webview';
import { sourceColumn } from './openSource';

/** Opens a finding's line beside the view that asks; `fix` also opens the menu of its rewrites there. */
export async function openFinding(
  { uri, line, character }: FindingPlace,
  opening: Opening | 'fix',
  viewColumn: ViewColumn | undefined,
): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const at = document.validatePosition(new Position(line, character));
  await window.showTextDocument(document, {
    viewColumn: sourceColumn(document.uri, viewColumn),
    selection: new Selection(at, at),
    preview: true,
    preserveFocus: opening === 'preview',
  });
  if (opening === 'fix') await vscodeCommands.executeCommand('editor.action.quickFix');
}
