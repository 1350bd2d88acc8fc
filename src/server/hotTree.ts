import { lineFrames } from '../profile/lineFrames';
import { type LineRow, ownCertainty, ownOf } from '../profile/lineIndex';
import { Origin } from '../profile/origin';
import type { StringIndex } from '../profile/profile';
import type { HotTreeGroup, HotTreeLine, HotTreeParams, HotTreeResult } from '../protocol/requests';
import type { ServerContext } from './context';
import { type DocumentDrift, driftOf } from './drift';
import { LEVEL_SHARES } from './heatLevel';
import { frameName, heaviestRows } from './hotLines';
import type { OpenProfile } from './openProfile';
import { pathKey } from './pathKey';
import { baseOf, fullAmount, shareOf, shortAmount } from './phrases';

const MOST_LINES = 500;
/** A flat profile has no line that is lit; its heaviest are listed all the same. */
const ALWAYS_LISTED = 50;
const LONGEST_LABEL = 120;

/** The hottest lines of the workspace's code, by file or by method, heaviest group first. Throws when the profile is not open. */
export async function hotTree(context: ServerContext, params: HotTreeParams): Promise<HotTreeResult> {
  const open = context.profiles.get(params.uri);
  const { profile, view } = open;
  const least = LEVEL_SHARES[0]! * profile.samples;
  const threshold = ((await context.settings.get()).hotLineThreshold / 100) * profile.samples;
  const own = ownOf(view.lines, params.lens);
  const rows = heaviestRows(open, params.lens)
    .filter((row) => view.map.origin[view.lines.file[row]!] === Origin.Mine)
    .filter((row, rank) => rank < ALWAYS_LISTED || (rank < MOST_LINES && own[row]! >= least));
  const files = await sourcesOf(context, open, rows);
  const frames = params.groupBy === 'method' ? lineFrames(profile, view.lines, rows) : [];

  const groups = new Map<string, { rows: LineRow[]; lines: HotTreeLine[]; file: StringIndex; label: string }>();
  rows.forEach((row, i) => {
    const file = view.lines.file[row]!;
    const source = files.get(file);
    if (source === undefined) return;
    const frame = frames[i] ?? -1;
    const label = frame < 0 ? view.map.place[file]! : frameName(open, frame);
    const key = params.groupBy === 'file' ? source.uri : `${label}\0${source.uri}`;
    const group = groups.get(key) ?? { rows: [], lines: [], file, label };
    groups.set(key, group);
    group.rows.push(row);
    group.lines.push({ ...lineOf(context, params, open, row, source), hot: own[row]! > 0 && own[row]! >= threshold });
  });
  return {
    groups: [...groups.values()]
      .map((group) => ({ group, samples: group.rows.reduce((sum, row) => sum + own[row]!, 0) }))
      .sort((a, b) => b.samples - a.samples)
      .map(({ group, samples }) => groupOf(context, params, open, group, samples, files)),
  };
}

interface Source {
  readonly uri: string;
  readonly drift: DocumentDrift;
}

/** Where each of the rows' files is, and how its lines moved. */
async function sourcesOf(
  context: ServerContext,
  open: OpenProfile,
  rows: readonly LineRow[],
): Promise<Map<StringIndex, Source>> {
  const { lines, map, filesByKey } = open.view;
  const files = [...new Set(rows.map((row) => lines.file[row]!))];
  const sources = await Promise.all(
    files.map(async (file): Promise<[StringIndex, Source] | null> => {
      const path = map.path[file] ?? null;
      if (path === null) return null;
      const key = await pathKey(path, context.host.files);
      const uri = context.host.toUri(path);
      return [file, { uri, drift: await driftOf(context, open, filesByKey.get(key) ?? [file], key) }];
    }),
  );
  return new Map(sources.filter((source) => source !== null));
}

function lineOf(
  context: ServerContext,
  { lens }: HotTreeParams,
  open: OpenProfile,
  row: LineRow,
  { uri, drift }: Source,
): Omit<HotTreeLine, 'hot'> {
  const { profile, view, measure } = open;
  const locale = context.locale();
  const recordedLine = view.lines.line[row]!;
  const now = drift.toCurrent(recordedLine);
  const line = now?.line ?? Math.max(0, Math.min(recordedLine, drift.lineCount) - 1);
  const own = ownOf(view.lines, lens)[row]!;
  const certainty = ownCertainty(view.lines, lens, row);
  const share = shareOf(own, profile.samples, locale);
  const code = now === null ? '' : drift.lineText(line).trim();
  return {
    label: code === '' ? `Line ${line + 1}` : shortened(code),
    description: `${share} · ${shortAmount(measure, own, certainty, locale)}`,
    tooltip: `${view.map.place[view.lines.file[row]!]}:${line + 1}\n${fullAmount(measure, own, certainty, locale)}, ${share} of ${baseOf(profile.mode)}`,
    uri,
    line,
    file: profile.strings[view.lines.file[row]!]!,
    recordedLine,
  };
}

function groupOf(
  context: ServerContext,
  params: HotTreeParams,
  open: OpenProfile,
  group: { readonly label: string; readonly file: StringIndex; readonly lines: readonly HotTreeLine[] },
  samples: number,
  sources: ReadonlyMap<StringIndex, Source>,
): HotTreeGroup {
  const { profile, view, measure } = open;
  const locale = context.locale();
  const share = shareOf(samples, profile.samples, locale);
  const place = view.map.place[group.file]!;
  const count = `${group.lines.length} hot ${group.lines.length === 1 ? 'line' : 'lines'}`;
  return {
    label: group.label,
    description: params.groupBy === 'file' ? share : `${share} · ${place}`,
    tooltip: `${place}\n${fullAmount(measure, samples, 'exact', locale)}, ${share} of ${baseOf(profile.mode)}, in ${count}`,
    uri: sources.get(group.file)?.uri ?? null,
    lines: group.lines,
  };
}

function shortened(code: string): string {
  return code.length > LONGEST_LABEL ? `${code.slice(0, LONGEST_LABEL - 1)}…` : code;
}
