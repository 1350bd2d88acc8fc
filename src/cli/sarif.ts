import { causes } from '../findings/causes';
import type { Finding } from '../findings/judge';
import { assertNever } from '../profile/assertNever';
import type { Cause, Fix, Severity } from '../ruby/pattern';
import type { TextRange } from '../ruby/textRange';
import { gainName, gainPhrase } from './findingText';
import { artifactOf, sarifText } from './sarifText';
import { type FileNames, type FileSuggestions, namesOf } from './suggest';

/** The suggestions as SARIF: a rule per cause. */
export function sarifLog(all: readonly FileSuggestions[], root: string): string {
  const namesAt = (path: string): FileNames => namesOf(path, path, root);
  return sarifText(root, {
    rules: causes.map(ruleOf),
    successful: !all.some(({ problems }) => problems.some(({ code }) => isFailure(code))),
    notifications: all.flatMap((file) =>
      file.problems.map(({ code, message }) => ({
        descriptor: { id: code },
        level: isFailure(code) ? 'error' : 'warning',
        message: { text: message },
        locations: [{ physicalLocation: { artifactLocation: artifactOf(file) } }],
      })),
    ),
    results: all.flatMap((file) => file.findings.map((finding) => resultOf(finding, file, namesAt))),
  });
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
