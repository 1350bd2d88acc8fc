import type { Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../findings/judge';
import { severityOf } from './findingDiagnostic';

/** A finding about configuration as a diagnostic: what and why; there is no line whose share it could give. */
export function configurationDiagnostic(
  { id, range, severity, title, explanation, related }: Finding,
  { uri, page, source, uriOf }: { uri: string; page: string | null; source: string; uriOf: (path: string) => string },
): Diagnostic {
  const others = related.map(({ file, range: at, message }) => ({
    location: { uri: file === undefined ? uri : uriOf(file), range: at },
    message,
  }));
  return {
    range,
    severity: severityOf(severity),
    source,
    code: id,
    message: `${title}. ${explanation}`,
    ...(page === null ? {} : { codeDescription: { href: page } }),
    ...(others.length === 0 ? {} : { relatedInformation: others }),
  };
}
