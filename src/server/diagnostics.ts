import { type Connection, type Diagnostic, DiagnosticSeverity, type Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { readIgnored } from '../findings/ignored';
import type { Settings } from '../protocol/requests';
import { configurationDiagnostic } from './configurationDiagnostic';
import type { ServerContext } from './context';
import { documentFindings } from './documentFindings';
import { type DocumentHeat, type DocumentLine, documentHeat } from './documentHeat';
import { findingDiagnostic } from './findingDiagnostic';
import { mostly } from './lineText';
import { baseOf, shareOf, shortAmount } from './phrases';

export const DIAGNOSTIC_SOURCE = 'allocation-hotspots';

/** The code of a diagnostic that says where, not why; findings have their own (`findings/`). */
export const HOT_LINE = 'hot-line';

/** Diagnostics of an open document under the active profile and lens; none when it is not in the profile. */
export async function documentDiagnostics(context: ServerContext, document: TextDocument): Promise<Diagnostic[]> {
  const settings = await context.settings.get();
  const heat = settings.diagnostics ? await documentHeat(context, document.uri) : null;
  if (heat === null) return [];
  const locale = context.locale();
  const findings = await documentFindings(context, heat, document);
  // A finding says where and why: where alone would only be said twice.
  const explained = new Set(findings.map(({ range }) => range.start.line));
  const toUri = (path: string): string => context.host.toUri(path);
  const place = { uri: document.uri, toUri, heat, source: DIAGNOSTIC_SOURCE, locale };
  return [
    ...hotLineDiagnostics(heat, document, settings, locale).filter(({ range }) => !explained.has(range.start.line)),
    ...findings.map((finding) => findingDiagnostic(finding, { ...place, page: context.host.findingPage(finding.id) })),
  ];
}

function hotLineDiagnostics(
  heat: DocumentHeat,
  document: TextDocument,
  settings: Settings,
  locale: string,
): Diagnostic[] {
  if (settings.ignoredPatterns.includes(HOT_LINE)) return [];
  const least = (settings.hotLineThreshold / 100) * heat.open.profile.samples;
  const ignored = readIgnored(document.getText());
  return heat.lines
    .filter((line) => !line.stale && line.own > 0 && line.own >= least && !ignored.isIgnored(HOT_LINE, line.line))
    .map((line) => ({
      range: codeRange(document, line.line),
      severity: DiagnosticSeverity.Information,
      source: DIAGNOSTIC_SOURCE,
      code: HOT_LINE,
      message: hotLineMessage(heat, line, locale),
    }));
}

function hotLineMessage(heat: DocumentHeat, line: DocumentLine, locale: string): string {
  const { measure, profile } = heat.open;
  const amount = shortAmount(measure, line.own, line.ownCertainty, locale);
  const share = `${shareOf(line.own, profile.samples, locale)} of ${baseOf(profile.mode)}`;
  const cause = mostly(heat, line);
  return `Hot line: ${amount}, ${share}${cause === null ? '' : `; mostly beneath ${cause}`}.`;
}

/** The line without its indentation and trailing space. */
export function codeRange(document: TextDocument, line: number): Range {
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  const end = text.trimEnd().length;
  const start = Math.min(end, text.length - text.trimStart().length);
  return { start: { line, character: start }, end: { line, character: end } };
}

/**
 * Pushes diagnostics. Of lines only for open documents: a profile has hundreds of hot lines in files nobody looks at, and the
 * tree of hot lines lists those. Configuration speaks once per workspace, also in files that are closed.
 */
export class DiagnosticsPublisher {
  /** Documents that have diagnostics on the client's side. */
  private readonly shown = new Set<string>();
  /** What configuration says, by URI; also of files that are not open. */
  private configuration: ReadonlyMap<string, readonly Diagnostic[]> = new Map();
  private rounds = 0;
  /** Documents being looked at. */
  private readonly running = new Map<string, { done: Promise<void>; again: boolean }>();

  constructor(
    private readonly connection: Connection,
    private readonly context: ServerContext,
  ) {}

  async refreshAll(): Promise<void> {
    await this.lookAtConfiguration();
    const uris = new Set([...this.context.documents.uris(), ...this.shown, ...this.configuration.keys()]);
    await Promise.all([...uris].map((uri) => this.refresh(uri)));
  }

  /** After a document opened, changed or closed: what configuration says may stand in any of its files. */
  async documentChanged(uri: string): Promise<void> {
    const before = [...this.configuration.keys()];
    const isConfiguration = before.includes(uri) || this.context.configuration.concerns(uri);
    if (isConfiguration) await this.lookAtConfiguration();
    const others = isConfiguration ? [...before, ...this.configuration.keys()] : [];
    await Promise.all([...new Set([uri, ...others])].map((one) => this.refresh(one)));
  }

  private async lookAtConfiguration(): Promise<void> {
    const { configuration, host, settings } = this.context;
    const round = ++this.rounds;
    const { diagnostics } = await settings.get();
    const found = diagnostics ? [...(await configuration.findings(this.context))] : [];
    // A later look has newer texts.
    if (round !== this.rounds) return;
    const uriOf = (path: string): string => configuration.uriOf(path);
    this.configuration = new Map(
      found.map(([uri, findings]) => [
        uri,
        findings.map((finding) =>
          configurationDiagnostic(finding, {
            uri,
            page: host.findingPage(finding.id),
            source: DIAGNOSTIC_SOURCE,
            uriOf,
          }),
        ),
      ]),
    );
  }

  /** Brings a document's diagnostics up to date; changes that come while this runs are taken together. */
  refresh(uri: string): Promise<void> {
    const running = this.running.get(uri);
    if (running !== undefined) {
      running.again = true;
      return running.done;
    }
    const run = { done: Promise.resolve(), again: true };
    this.running.set(uri, run);
    run.done = this.publishUntilCurrent(uri, run).finally(() => this.running.delete(uri));
    return run.done;
  }

  private async publishUntilCurrent(uri: string, run: { again: boolean }): Promise<void> {
    while (run.again) {
      run.again = false;
      await this.publish(uri);
    }
  }

  private async publish(uri: string): Promise<void> {
    const document = this.context.documents.get(uri);
    const version = document?.version;
    const ofLines = document === undefined ? [] : await documentDiagnostics(this.context, document);
    // The text moved on: a later round, already asked for, speaks about the new one.
    if (this.context.documents.get(uri)?.version !== version) return;
    const diagnostics = [...ofLines, ...(this.configuration.get(uri) ?? [])];
    if (diagnostics.length === 0 && !this.shown.has(uri)) return;
    if (diagnostics.length === 0) this.shown.delete(uri);
    else this.shown.add(uri);
    await this.connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  }
}
