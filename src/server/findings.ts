import type { Finding } from '../findings/judge';
import { rowsOfFile } from '../profile/lineIndex';
import { Origin } from '../profile/origin';
import type { StringIndex } from '../profile/profile';
import type { FindingRow, FindingsResult } from '../protocol/requests';
import type { ServerContext } from './context';
import { textFindings } from './documentFindings';
import { documentHeat } from './documentHeat';
import type { OpenProfile } from './openProfile';
import { savingPhrase, shareOf } from './phrases';

/** All findings of the active profile in the workspace's Ruby files; only files with a hot line are read. */
export async function findings(context: ServerContext): Promise<FindingsResult> {
  const active = context.active();
  if (active === null || active.open.profile.mode !== 'object') return { findings: [] };
  const { open } = active;
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
    const heat = text === null ? null : await documentHeat(context, uri);
    if (text === null || heat === null || heat.open !== open) continue;
    const place = open.view.map.place[files[0]!]!;
    for (const finding of await textFindings(context, heat, uri, text)) {
      found.push({ finding, row: rowOf(finding, uri, place, open, context.locale()) });
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

function rowOf(finding: Finding, uri: string, place: string, { measure }: OpenProfile, locale: string): FindingRow {
  const { id, title, safety, range, explanation } = finding;
  const share = finding.share ?? 0;
  const saving = savingPhrase(finding, measure, locale);
  const { line, character } = range.start;
  return {
    id,
    title,
    safety,
    share,
    description: `${shareOf(share, 1, locale)} · ${saving}`,
    tooltip: `${place}:${line + 1}\n${title} (${saving}).\n${explanation}`,
    uri,
    place,
    line,
    character,
  };
}

/** Objects saved decide; a share is below one object. */
function weightOf({ savedObjects, share }: Finding): number {
  return (savedObjects ?? 0) + (share ?? 0);
}
