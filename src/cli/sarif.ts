import { pathToFileURL } from 'node:url';
import { version } from '../../package.json';
import { causes } from '../findings/causes';
import type { Finding } from '../findings/judge';
import { assertNever } from '../profile/assertNever';
import type { Cause, Fix, Severity } from '../ruby/pattern';
import type { TextRange } from '../ruby/textRange';
import { gainName, gainPhrase } from './findingText';
import { type FileNames, type FileSuggestions, namesOf } from './suggest';

const ROOT_ID = '%SRCROOT%';

/** The suggestions as a log of SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/): one run, a rule per cause. */
export function sarifLog(all: readonly FileSuggestions[], root: string): string {
  const namesAt = (path: string): FileNames => namesOf(path, path, root);
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
        results: all.flatMap((file) => file.findings.map((finding) => resultOf(finding, file, namesAt))),
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

type NamesAt = (path: string) => FileNames;

function resultOf(finding: Finding, file: FileNames, namesAt: NamesAt) {
  const { id, severity, title, explanation, safety, gain, share, objects, savedObjects, fix, alternatives } = finding;
  const fixes = fix === null ? [] : [fix, ...alternatives].map((one) => fixOf(one, file, namesAt));
  return {
    ruleId: id,
    ruleIndex: causes.findIndex((cause) => cause.id === id),
    level: levelOf(severity),
    message: { text: `${title}. ${explanation}` },
    locations: [locationOf(finding.range, file)],
    relatedLocations: finding.related.map(({ file: other, range, message }, at) => ({
      id: at + 1,
      ...locationOf(range, other === undefined ? file : namesAt(other)),
      message: { text: message },
    })),
    ...(fixes.length === 0 ? {} : { fixes }),
    properties: { safety, gain: gainName(gain), share, objects, savedObjects, gainText: gainPhrase(finding) },
  };
}

function fixOf({ title, edits }: Fix, file: FileNames, namesAt: NamesAt) {
  const paths = [...new Set(edits.map(({ path }) => path))];
  return {
    description: { text: title },
    artifactChanges: paths.map((changed) => ({
      artifactLocation: artifactOf(changed === undefined ? file : namesAt(changed)),
      replacements: edits
        .filter(({ path }) => path === changed)
        .map(({ range, newText }) => ({ deletedRegion: regionOf(range), insertedContent: { text: newText } })),
    })),
  };
}

function locationOf(range: TextRange, file: FileNames) {
  return { physicalLocation: { artifactLocation: artifactOf(file), region: regionOf(range) } };
}

function artifactOf({ inRoot, path }: FileNames) {
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
