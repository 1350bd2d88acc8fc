import type { HeatLine } from '../protocol/requests';
import type { DocumentHeat, DocumentLine } from './documentHeat';
import { heatLevel, LEVEL_SHARES } from './heatLevel';
import { frameName } from './hotLines';
import { changePhrase, type LineChanges } from './lineChanges';
import { mainCalleesOf } from './mainCallees';
import { shareOf, shortAmount } from './phrases';

const LONGEST_NAME = 48;

/** How a line is lit and the phrase at its end; null when the line is too cool to show. `changes`: from the baseline. */
export function litLine(
  heat: DocumentHeat,
  line: DocumentLine,
  locale: string,
  changes: LineChanges | null,
): HeatLine | null {
  const { samples } = heat.open.profile;
  const share = samples > 0 ? line.own / samples : 0;
  const level = heatLevel(share, samples > 0 ? line.through / samples : 0);
  if (level === null) return null;
  return {
    line: line.line,
    own: line.own,
    through: line.through,
    share,
    level: line.stale ? -1 : level,
    text: lineText(heat, line, locale, changes),
  };
}

/**
 * `≈229 k objects · 6.1 % · mostly Class#new` for what the line makes itself, `≈1.2 M objects · 31.0 % beneath` for a line
 * that makes next to nothing but calls what does.
 */
export function lineText(heat: DocumentHeat, line: DocumentLine, locale: string, changes: LineChanges | null): string {
  const { measure, profile } = heat.open;
  const change = changes === null ? '' : changePhrase(changes, line, heat, locale);
  const ending = `${change === '' ? '' : ` · ${change}`}${line.stale ? ' · line changed since the recording' : ''}`;
  if (isPassage(line, profile.samples)) {
    const amount = shortAmount(measure, line.through, line.throughCertainty, locale);
    return `${amount} · ${shareOf(line.through, profile.samples, locale)} beneath${ending}`;
  }
  const amount = shortAmount(measure, line.own, line.ownCertainty, locale);
  const callee = mostly(heat, line);
  const cause = callee === null ? '' : ` · mostly ${callee}`;
  return `${amount} · ${shareOf(line.own, profile.samples, locale)}${cause}${ending}`;
}

/** The method under the line that makes more than half of its own objects, or null. */
export function mostly(heat: DocumentHeat, line: DocumentLine): string | null {
  const row = line.rows[0]!;
  const { frame, samples } = mainCalleesOf(heat.open, heat.lens);
  if (frame[row]! < 0 || samples[row]! * 2 <= line.own) return null;
  const name = frameName(heat.open, frame[row]!);
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}

/** Whether the line itself makes little, of the profile and of what goes through it. */
function isPassage(line: DocumentLine, samples: number): boolean {
  return line.own < LEVEL_SHARES[1]! * samples && line.own * 10 < line.through;
}
