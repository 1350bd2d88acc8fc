import type { TextDocument } from 'vscode-languageserver-textdocument';
import { readIgnored } from '../findings/ignored';
import { type Finding, isConfiguration, judge } from '../findings/judge';
import { asksOtherFiles, withValueObjects } from '../findings/withValueObjects';
import type { Settings } from '../protocol/requests';
import type { Program } from '../ruby/flow/program';
import type { MatchContext } from '../ruby/matchContext';
import { matchPatterns } from '../ruby/matchPatterns';
import type { RubyParser } from '../ruby/parseRuby';
import { folderOf } from '../source/paths';
import type { ServerContext } from './context';
import { documentEvidence } from './documentEvidence';
import { type DocumentHeat, documentHeat } from './documentHeat';
import type { MappedView } from './openProfile';

/** What of a Ruby document has a known cause that the active profile proves, less what the user ignores. */
export async function documentFindings(
  context: ServerContext,
  heat: DocumentHeat,
  document: TextDocument,
): Promise<readonly Finding[]> {
  return document.languageId === 'ruby' ? textFindings(context, heat, document.uri, document.getText()) : [];
}

/** The same for the Ruby in a file, whether it is open or not. */
export async function textFindings(
  context: ServerContext,
  heat: DocumentHeat,
  uri: string,
  text: string,
): Promise<readonly Finding[]> {
  const settings = await context.settings.get();
  const path = context.host.toPath(uri);
  const { profile } = heat.open;
  const threshold = settings.hotLineThreshold / 100;
  const isHot = heat.lines.some((line) => line.through >= threshold * profile.samples);
  if (path === null || profile.mode !== 'object' || !isHot) return [];
  const parser = await context.parser.get();
  if (parser === null) return [];
  const project = await context.projects.contextOf(path, parser, profile.metadata);
  const make = (): Finding[] => findingsNow(text, path, heat, settings, project, parser);
  const findings = heat.drift.isOf(text) ? kept(heat.open.view, path, [text, settings, project], make) : make();
  return acrossFiles(context, findings, path, project, parser);
}

const knownAcross = new WeakMap<readonly Finding[], { readonly program: Program; readonly findings: Finding[] }>();

/** What the other files of the application make of the findings; those are only read for findings that ask. */
async function acrossFiles(
  { projects, programs }: ServerContext,
  findings: readonly Finding[],
  path: string,
  project: MatchContext,
  parser: RubyParser,
): Promise<readonly Finding[]> {
  const root = findings.some(asksOtherFiles) ? await projects.rootOf(folderOf(path)) : null;
  if (root === null) return findings;
  const program = await programs.programOf(root, parser);
  const known = knownAcross.get(findings);
  if (known?.program === program) return known.findings;
  const made = withValueObjects(findings, program, project, parser);
  knownAcross.set(findings, { program, findings: made });
  return made;
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
    ({ id, gain, range }) =>
      !isConfiguration({ gain }) &&
      !off.has(id) &&
      !ignored.isIgnored(id, range.start.line) &&
      !ignored.isIgnored(id, range.end.line),
  );
}

interface Kept {
  /** What the findings were made from; all of it is replaced, never changed. */
  readonly from: readonly unknown[];
  readonly findings: readonly Finding[];
}

const lastOf = new WeakMap<MappedView, Map<string, Kept>>();

/** Diagnostics, hover, lens, fixes and the list ask for one text of a file: it is looked at once. */
function kept(view: MappedView, path: string, from: readonly unknown[], make: () => Finding[]): readonly Finding[] {
  const byPath = lastOf.get(view) ?? new Map<string, Kept>();
  lastOf.set(view, byPath);
  const last = byPath.get(path);
  if (last?.from.every((part, index) => part === from[index])) return last.findings;
  const findings = make();
  byPath.set(path, { from, findings });
  return findings;
}
