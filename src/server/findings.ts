import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Finding, judge } from '../findings/judge';
import { assertNever } from '../profile/assertNever';
import { matchPatterns } from '../ruby/matchPatterns';
import { loadPrism, type RubyParser } from '../ruby/parseRuby';
import type { ServerContext } from './context';
import { documentEvidence } from './documentEvidence';
import type { DocumentHeat } from './documentHeat';
import type { Host } from './host';
import { shareOf, shortAmount } from './phrases';

/** What of a Ruby document has a known cause that the active profile proves. `threshold`: share (0 to 1) through its line. */
export async function documentFindings(
  context: ServerContext,
  heat: DocumentHeat,
  document: TextDocument,
  threshold: number,
): Promise<Finding[]> {
  const { open, files, drift } = heat;
  const path = context.host.toPath(document.uri);
  const { samples, mode } = open.profile;
  const isHot = heat.lines.some((line) => line.through >= threshold * samples);
  if (path === null || mode !== 'object' || !isHot || document.languageId !== 'ruby') return [];
  const text = document.getText();
  const parser = await context.parser.get();
  if (parser === null) return [];
  const evidence = documentEvidence(open, files, path, (line) => {
    const recorded = drift.toRecorded(line - 1);
    return recorded === null || drift.toCurrent(recorded)?.stale !== false ? null : recorded;
  });
  return judge(matchPatterns(parser, text), evidence, threshold);
}

/** A finding as a diagnostic. `page`: URI of its explanation, or null. */
export function findingDiagnostic(
  finding: Finding,
  heat: DocumentHeat,
  page: string | null,
  source: string,
  locale: string,
): Diagnostic {
  const { profile, measure } = heat.open;
  const samples = (finding.share ?? 0) * profile.samples;
  const share = shareOf(samples, profile.samples, locale);
  const amount = shortAmount(measure, samples, 'exact', locale);
  return {
    range: finding.range,
    severity: severityOf(finding),
    source,
    code: finding.id,
    message: `${finding.title}. ${share} of all allocated objects (${amount}) go through this line. ${finding.explanation}`,
    ...(page === null ? {} : { codeDescription: { href: page } }),
  };
}

function severityOf({ severity }: Finding): DiagnosticSeverity {
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

/** Prism, loaded when the first hot Ruby document is looked at. */
export class ParserCache {
  private parser: Promise<RubyParser | null> | null = null;

  constructor(
    private readonly host: Host,
    private readonly log: (error: unknown) => void,
  ) {}

  /** Null when Prism cannot be loaded: then there are no findings, and the log says why, once. */
  get(): Promise<RubyParser | null> {
    this.parser ??= this.host
      .prismWasm()
      .then(loadPrism)
      .catch((error: unknown) => {
        this.log(error);
        return null;
      });
    return this.parser;
  }
}
