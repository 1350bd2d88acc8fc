import { Uri } from 'vscode';

/** Folder of the app in the container where the sample was recorded. */
const recordedRoot = '/app';

/** The recorded profile that comes with the extension: the example app's, before its fixes. */
export function sampleProfile(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'media', 'sample', 'finance_sync.stackprof.dump.gz');
}

/** Where the sample's source is, which comes with the extension too; nothing for other profiles. */
export function sampleMapping(extensionUri: Uri, profile: string): Readonly<Record<string, string>> {
  if (profile !== sampleProfile(extensionUri).toString()) return {};
  return { [recordedRoot]: Uri.joinPath(extensionUri, 'media', 'sample', 'finance-sync').fsPath };
}
