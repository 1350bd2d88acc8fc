import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { Finding } from '../findings/judge';
import { assertNever } from '../profile/assertNever';
import type { TextPosition, TextRange } from '../ruby/textRange';
import type { DocumentHeat } from './documentHeat';
import { savingPhrase, shareOf, shortAmount } from './phrases';

/** What a finding's diagnostic needs to know of the place it stands in. */
export interface FindingPlace {
  readonly uri: string;
  /** URI of another file that the finding speaks of. */
  readonly toUri: (path: string) => string;
  readonly heat: DocumentHeat;
  /** URI of the page that explains it, or null. */
  readonly page: string | null;
  readonly source: string;
  readonly locale: string;
}

/** A finding as a diagnostic: what, how much goes through it, what the rewrite saves, why. */
export function findingDiagnostic(
  finding: Finding,
  { uri, toUri, heat, page, source, locale }: FindingPlace,
): Diagnostic {
  const related = finding.related.map(({ range, message, file }) => ({
    location: { uri: file === undefined ? uri : toUri(file), range },
    message,
  }));
  return {
    range: finding.range,
    severity: severityOf(finding.severity),
    source,
    code: finding.id,
    message: messageOf(finding, heat, locale),
    ...(page === null ? {} : { codeDescription: { href: page } }),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    ...(isUnnecessary(finding) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}

function messageOf(finding: Finding, { open }: DocumentHeat, locale: string): string {
  const { profile, measure } = open;
  const samples = (finding.share ?? 0) * profile.samples;
  const share = shareOf(samples, profile.samples, locale);
  const amount = shortAmount(measure, samples, 'exact', locale);
  const saving = savingPhrase(finding, measure, locale);
  const sure = finding.confidence === 'low' ? ' Low confidence.' : '';
  return `${finding.title} (${saving}). ${share} of all allocated objects (${amount}) go through this line.${sure} ${finding.explanation}`;
}

/** How loud, in the editor's terms. */
export function severityOf(severity: Finding['severity']): DiagnosticSeverity {
  switch (severity) {
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'information':
      return DiagnosticSeverity.Information;
    case 'hint':
      return DiagnosticSeverity.Hint;
    default:
      return assertNever(severity);
  }
}

/** The editor fades what is unnecessary: only where all that is underlined can go without anything in its place. */
function isUnnecessary({ safety, fix, range }: Finding): boolean {
  const [edit, ...more] = fix?.edits ?? [];
  return (
    safety === 'safe' && edit !== undefined && more.length === 0 && edit.newText === '' && holds(edit.range, range)
  );
}

function holds(outer: TextRange, inner: TextRange): boolean {
  return compare(outer.start, inner.start) <= 0 && compare(inner.end, outer.end) <= 0;
}

function compare(a: TextPosition, b: TextPosition): number {
  return a.line - b.line || a.character - b.character;
}
