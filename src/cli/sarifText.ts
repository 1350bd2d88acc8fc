import { pathToFileURL } from 'node:url';
import { version } from '../../package.json';

const ROOT_ID = '%SRCROOT%';

/** What a log says; the objects are those of SARIF. */
export interface SarifRun {
  readonly rules: readonly object[];
  readonly results: readonly object[];
  readonly notifications: readonly object[];
  /** Whether all was read, and written where that was asked. */
  readonly successful: boolean;
}

/** A log of SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/) with one run. `root`: absolute. */
export function sarifText(root: string, { rules, results, notifications, successful }: SarifRun): string {
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Allocation Hotspots', semanticVersion: version, rules } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT_ID]: { uri: `${pathToFileURL(root).href.replace(/\/$/, '')}/` } },
        invocations: [{ executionSuccessful: successful, toolExecutionNotifications: notifications }],
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** A file of a log. `inRoot`: relative to the root with `/`, or null when it is outside; `path`: absolute. */
export function artifactOf({ inRoot, path }: { readonly inRoot: string | null; readonly path: string }) {
  if (inRoot === null) return { uri: pathToFileURL(path).href };
  return { uri: inRoot.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT_ID };
}
