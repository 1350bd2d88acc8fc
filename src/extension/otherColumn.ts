import { ViewColumn, window } from 'vscode';

/** Another editor group than the active one when there is one, else a new one beside it. */
export function otherColumn(): ViewColumn {
  const other = window.tabGroups.all.find((group) => !group.isActive);
  return other?.viewColumn ?? ViewColumn.Beside;
}
