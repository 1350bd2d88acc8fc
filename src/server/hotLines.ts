import type { Lens } from '../profile/lens';
import { lineFrames } from '../profile/lineFrames';
import { type LineIndex, type LineRow, lineCallees, ownCertainty, ownOf, throughCertainty } from '../profile/lineIndex';
import { compareText } from '../profile/methods';
import { Origin } from '../profile/origin';
import type { HotLineRow, HotLinesParams, HotLinesResult } from '../protocol/requests';
import type { ViewContext } from './context';
import { mainCalleesOf } from './mainCallees';
import type { OpenProfile } from './openProfile';
import { originOf } from './originOf';

const CALLEES_SHOWN = 5;

/** The hot lines table: lines with own samples under the lens, heaviest first. Throws when the profile is not open. */
export async function hotLines(
  { profiles, refined, settings }: ViewContext,
  params: HotLinesParams,
): Promise<HotLinesResult> {
  const whole = profiles.get(params.uri);
  const { open } = refined.get(whole, params.refinement);
  const threshold = ((await settings.get()).hotLineThreshold / 100) * whole.profile.samples;
  const { profile, view } = open;
  const index = view.lines;
  const ranked = heaviestRows(open, params.lens);
  const rows = ranked.slice(0, Math.max(0, params.limit));
  const callees = lineCallees(profile, index, rows);
  const frames = lineFrames(profile, index, rows);
  const main = mainCalleesOf(open, params.lens);
  const own = ownOf(index, params.lens);
  return {
    rows: rows.map((row, i): HotLineRow => {
      const file = index.file[row]!;
      const frame = frames[i]!;
      const origin = originOf(view, file);
      return {
        file: profile.strings[file]!,
        place: view.map.place[file]!,
        line: index.line[row]!,
        method: frame < 0 ? '' : frameName(open, frame),
        own: own[row]!,
        through: index.through[row]!,
        certainty: ownCertainty(index, params.lens, row),
        throughCertainty: throughCertainty(index, row),
        origin,
        callees: callees[i]!.slice(0, CALLEES_SHOWN).map(({ frame: callee, samples }) => ({
          name: frameName(open, callee),
          samples,
        })),
        mostly: main.frame[row]! < 0 ? null : { name: frameName(open, main.frame[row]!), samples: main.samples[row]! },
        mapped: origin === Origin.Mine,
      };
    }),
    total: ranked.length,
    hot: ranked.filter((row) => own[row]! >= threshold).length,
    elsewhere: index.elsewhere[params.lens],
  };
}

/** Rows with own samples under the lens, heaviest first; ties by file and line. */
export function heaviestRows({ profile, view }: OpenProfile, lens: Lens): LineRow[] {
  const index: LineIndex = view.lines;
  const own = ownOf(index, lens);
  const rows: LineRow[] = [];
  for (let row = 0; row < index.length; row++) if (own[row]! > 0) rows.push(row);
  return rows.sort(
    (a, b) =>
      own[b]! - own[a]! ||
      compareText(profile.strings[index.file[a]!]!, profile.strings[index.file[b]!]!) ||
      index.line[a]! - index.line[b]!,
  );
}

/** Name of a frame as recorded. */
export function frameName({ profile }: OpenProfile, frame: number): string {
  return profile.strings[profile.frames.name[frame]!]!;
}
