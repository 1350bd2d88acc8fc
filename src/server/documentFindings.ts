import type { TextDocument } from 'vscode-languageserver-textdocument';
import { readIgnored } from '../findings/ignored';
import { type Finding, judge } from '../findings/judge';
import type { Settings } from '../protocol/requests';
import type { MatchContext } from '../ruby/matchContext';
import { matchPatterns } from '../ruby/matchPatterns';
import type { RubyParser } from '../ruby/parseRuby';
import type { ServerContext } from './context';
import { documentEvidence } from './documentEvidence';
import { type DocumentHeat, documentHeat } from './documentHeat';

/** What of a Ruby document has a known cause that the active profile proves, less what the user ignores. */
export async function documentFindings(
  context: ServerContext,
  heat: DocumentHeat,
  document: TextDocument,
): Promise<readonly Finding[]> {
  const settings = await context.settings.get();
  const path = context.host.toPath(document.uri);
  const { profile } = heat.open;
  const threshold = settings.hotLineThreshold / 100;
  const isHot = heat.lines.some((line) => line.through >= threshold * profile.samples);
  if (path === null || profile.mode !== 'object' || !isHot || document.languageId !== 'ruby') return [];
  const parser = await context.parser.get();
  if (parser === null) return [];
  const project = await context.projects.contextOf(path, parser, profile.metadata);
  const text = document.getText();
  const make = (): Finding[] => findingsNow(text, path, heat, settings, project, parser);
  return heat.drift.isOf(text) ? kept(document, [text, heat.open.view, settings, project], make) : make();
}

/** The same for a document that may be closed, or not in the active profile. */
export async function findingsOf(context: ServerContext, uri: string): Promise<readonly Finding[]> {
  const document = context.documents.get(uri);
  const heat = document === undefined ? null : await documentHeat(context, uri);
  return document === undefined || heat === null ? [] : documentFindings(context, heat, document);
}

function findingsNow(
  text: string,
  path: string,
  { open, files, drift }: DocumentHeat,
  settings: Settings,
  project: MatchContext,
  parser: RubyParser,
): Finding[] {
  const evidence = documentEvidence(open, files, path, (line) => {
    const recorded = drift.toRecorded(line - 1);
    return recorded === null || drift.toCurrent(recorded)?.stale !== false ? null : recorded;
  });
  const ignored = readIgnored(text);
  const off = new Set(settings.ignoredPatterns);
  return judge(matchPatterns(parser, text, project), evidence, settings.hotLineThreshold / 100).filter(
    ({ id, range }) =>
      !off.has(id) && !ignored.isIgnored(id, range.start.line) && !ignored.isIgnored(id, range.end.line),
  );
}

interface Kept {
  /** What the findings were made from; all of it is replaced, never changed. */
  readonly from: readonly unknown[];
  readonly findings: readonly Finding[];
}

const lastOf = new WeakMap<TextDocument, Kept>();

/** Diagnostics, hover, lens and fixes ask for one version of a text: it is looked at once. */
function kept(document: TextDocument, from: readonly unknown[], make: () => Finding[]): readonly Finding[] {
  const last = lastOf.get(document);
  if (last?.from.every((part, index) => part === from[index])) return last.findings;
  const findings = make();
  lastOf.set(document, { from, findings });
  return findings;
}
