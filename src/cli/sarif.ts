import { pathToFileURL } from 'node:url';
import { version } from '../../package.json';
import { causes } from '../findings/causes';
import type { Finding } from '../findings/judge';
import { assertNever } from '../profile/assertNever';
import type { Cause, Fix, Severity } from '../ruby/pattern';
import type { TextRange } from '../ruby/textRange';
import { gainName, gainPhrase } from './findingText';
import { placeIn } from './placeIn';
import type { FileSuggestions } from './suggest';

const ROOT_ID = '%SRCROOT%';

/** The suggestions as a log of SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/): one run, a rule per cause. */
export function sarifLog(all: readonly FileSuggestions[], root: string): string {
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Allocation Hotspots', semanticVersion: version, rules: causes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT_ID]: { uri: `${pathToFileURL(root).href.replace(/\/$/, '')}/` } },
        invocations: [
          {
            executionSuccessful: !all.some(({ problems }) => problems.some(({ code }) => isFailure(code))),
            toolExecutionNotifications: all.flatMap((file) =>
              file.problems.map(({ code, message }) => ({
                descriptor: { id: code },
                level: isFailure(code) ? 'error' : 'warning',
                message: { text: message },
                locations: [{ physicalLocation: { artifactLocation: artifactOf(file) } }],
              })),
            ),
          },
        ],
        results: all.flatMap((file) => file.findings.map((finding) => resultOf(finding, file, root))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function isFailure(code: string): boolean {
  return code === 'unreadable' || code === 'unwritable';
}

function ruleOf({ id, title, explanation, severity, gain, safety, section, links }: Cause) {
  const more = links.length === 0 ? '' : ` See ${links.join(', ')}.`;
  return {
    id,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: explanation },
    help: { text: `${title}. ${explanation}${more}` },
    defaultConfiguration: { level: levelOf(severity) },
    properties: { tags: ['performance', section], gain: gainName(gain), safety },
  };
}

function resultOf(finding: Finding, file: FileSuggestions, root: string) {
  const { id, severity, title, explanation, safety, gain, share, objects, savedObjects, fix, alternatives } = finding;
  const fixes = fix === null ? [] : [fix, ...alternatives].map((one) => fixOf(one, file));
  return {
    ruleId: id,
    ruleIndex: causes.findIndex((cause) => cause.id === id),
    level: levelOf(severity),
    message: { text: `${title}. ${explanation}` },
    locations: [locationOf(finding.range, file)],
    relatedLocations: finding.related.map(({ file: other, range, message }, at) => ({
      id: at + 1,
      ...locationOf(range, other === undefined ? file : { path: other, inRoot: placeIn(root, other) }),
      message: { text: message },
    })),
    ...(fixes.length === 0 ? {} : { fixes }),
    properties: { safety, gain: gainName(gain), share, objects, savedObjects, gainText: gainPhrase(finding) },
  };
}

function fixOf({ title, edits }: Fix, file: FileSuggestions) {
  return {
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation: artifactOf(file),
        replacements: edits.map(({ range, newText }) => ({
          deletedRegion: regionOf(range),
          insertedContent: { text: newText },
        })),
      },
    ],
  };
}

/** A file by its path: absolute with `/`, and below the root, or null when it is outside. */
type Artifact = Pick<FileSuggestions, 'path' | 'inRoot'>;

function locationOf(range: TextRange, file: Artifact) {
  return { physicalLocation: { artifactLocation: artifactOf(file), region: regionOf(range) } };
}

function artifactOf({ inRoot, path }: Artifact) {
  if (inRoot === null) return { uri: pathToFileURL(path).href };
  return { uri: inRoot.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT_ID };
}

/** SARIF counts lines and columns from 1. */
function regionOf({ start, end }: TextRange) {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function levelOf(severity: Severity): 'warning' | 'note' {
  switch (severity) {
    case 'warning':
      return 'warning';
    case 'information':
    case 'hint':
      return 'note';
    default:
      return assertNever(severity);
  }
}
