import type { Finding } from '../findings/judge';
import { rowsOfFile } from '../profile/lineIndex';
import { Origin } from '../profile/origin';
import type { StringIndex } from '../profile/profile';
import type { FindingRow, FindingsParams, FindingsResult } from '../protocol/requests';
import type { ServerContext } from './context';
import { textFindings } from './documentFindings';
import { type DocumentHeat, documentHeat } from './documentHeat';
import type { OpenProfile } from './openProfile';
import { savingPhrase, shareOf } from './phrases';

/** All findings of a profile in the workspace's Ruby files; only files with a hot line are read. Throws when it is not open. */
export async function findings(context: ServerContext, params: FindingsParams): Promise<FindingsResult> {
  const open = context.profiles.get(params.uri);
  if (open.profile.mode !== 'object') return { findings: [] };
  const lens = context.active()?.lens ?? 'mine';
  const threshold = (await context.settings.get()).hotLineThreshold / 100;
  const found: { readonly finding: Finding; readonly row: FindingRow }[] = [];
  // One file after the other: other requests get their turn in between.
  for (const [key, files] of open.view.filesByKey) {
    if (!isHotRuby(open, files, threshold)) continue;
    const path = open.view.map.path[files[0]!] ?? null;
    if (path === null) continue;
    const uri = context.host.toUri(path);
    const document = await context.documents.ofFile(key);
    const text = document?.getText() ?? (await context.host.files.readText(path));
    const heat = text === null ? null : await documentHeat(context, uri, { open, lens });
    if (text === null || heat === null) continue;
    const at = { uri, place: open.view.map.place[files[0]!]!, file: open.profile.strings[files[0]!]!, heat };
    for (const finding of await textFindings(context, heat, uri, text)) {
      found.push({ finding, row: rowOf(finding, at, context.locale()) });
    }
  }
  found.sort((a, b) => weightOf(b.finding) - weightOf(a.finding));
  return { findings: found.map(({ row }) => row) };
}

function isHotRuby({ profile, view }: OpenProfile, files: readonly StringIndex[], threshold: number): boolean {
  return files.some((file) => {
    if (view.map.origin[file] !== Origin.Mine || !/\.(?:rb|rake|ru|gemspec|jbuilder)$/.test(profile.strings[file]!))
      return false;
    const { from, to } = rowsOfFile(view.lines, file);
    return view.lines.through.subarray(from, to).some((samples) => samples >= threshold * profile.samples);
  });
}

/** The file a finding is in: here, and as recorded. */
interface FoundIn {
  readonly uri: string;
  readonly place: string;
  readonly file: string;
  readonly heat: DocumentHeat;
}

function rowOf(finding: Finding, { uri, place, file, heat }: FoundIn, locale: string): FindingRow {
  const { id, title, safety, range, explanation } = finding;
  const share = finding.share ?? 0;
  const saving = savingPhrase(finding, heat.open.measure, locale);
  const { line, character } = range.start;
  return {
    id,
    title,
    safety,
    share,
    saving,
    explanation,
    hasFix: finding.fix !== null,
    description: `${shareOf(share, 1, locale)} · ${saving}`,
    tooltip: `${place}:${line + 1}\n${title} (${saving}).\n${explanation}`,
    uri,
    place,
    line,
    character,
    file,
    recordedLine: heat.drift.toRecorded(line) ?? 0,
  };
}

/** Objects saved decide; a share is below one object. */
function weightOf({ savedObjects, share }: Finding): number {
  return (savedObjects ?? 0) + (share ?? 0);
}
