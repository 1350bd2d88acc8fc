/**
 * When to ask the server for finer boxes. The view keeps one coarse tree of everything and one fine tree of where the
 * user is; both agree on every box they share, so the picture only ever gains boxes.
 */
import { type FlameCover, type FlameTree, pictureOf } from './flameTree';
import { clampRange, isWhole, type SampleRange } from './viewport';

/** Boxes below half a CSS pixel are not asked for. */
const narrowestCssPx = 0.5;
/** A tree up to this much coarser than wanted is kept: asking again for every step of the wheel gains nothing. */
const tolerance = 2;
/** Asked for beyond each edge, in visible widths, so that panning finds boxes. */
const margin = 0.5;

/** The next `flame` question for what is on screen, or null when what is here is fine enough. */
export function wantedDetail(
  base: FlameTree,
  detail: FlameTree | null,
  range: SampleRange,
  widthCssPx: number,
): FlameCover | null {
  if (!base.pruned || widthCssPx <= 0) return null;
  const minSamples = ((range.to - range.from) / widthCssPx) * narrowestCssPx;
  if (base.minSamples <= minSamples * tolerance) return null;
  if (detail && detail.minSamples <= minSamples * tolerance && covers(detail, range)) return null;
  const span = range.to - range.from;
  const wide = { from: range.from - span * margin, to: range.to + span * margin };
  const asked = isWhole(wide, base.totalSamples)
    ? { from: 0, to: base.totalSamples }
    : { from: Math.max(0, wide.from), to: Math.min(base.totalSamples, wide.to) };
  return { ...pictureOf(base), ...asked, minSamples };
}

/** The narrowest box of the first picture: about half a pixel of a common screen. */
export function firstMinSamples(samples: number): number {
  return samples / 2000;
}

export function covers(cover: SampleRange, range: SampleRange): boolean {
  const { from, to } = clampRange(range, Number.MAX_SAFE_INTEGER);
  return cover.from <= from && cover.to >= to;
}
