/** Which samples are on screen, and the arithmetic of zoom and pan. A range is `from .. to` in samples, never wider than the profile. */

export interface SampleRange {
  readonly from: number;
  readonly to: number;
}

/** Below this many samples there is nothing more to see: a box is at least one sample wide. */
const narrowest = 2;

/** The range moved and cut so that it lies within `0 .. totalSamples` and is not empty. */
export function clampRange(range: SampleRange, totalSamples: number): SampleRange {
  const total = Math.max(totalSamples, 1);
  if (!Number.isFinite(range.from) || !Number.isFinite(range.to)) return { from: 0, to: total };
  const span = Math.min(total, Math.max(range.to - range.from, Math.min(narrowest, total)));
  const from = Math.min(Math.max(range.from, 0), total - span);
  return { from, to: from + span };
}

/** Zooms by `factor` (above 1 is closer) and keeps the sample at `anchor` (0 left edge .. 1 right edge) where it is. */
export function zoomAt(range: SampleRange, factor: number, anchor: number, totalSamples: number): SampleRange {
  const span = range.to - range.from;
  const next = Math.min(Math.max(totalSamples, 1), Math.max(span / factor, Math.min(narrowest, totalSamples)));
  const fixed = range.from + span * anchor;
  return clampRange({ from: fixed - next * anchor, to: fixed + next * (1 - anchor) }, totalSamples);
}

/** Moves by a part of the visible width; 0.1 goes right by a tenth. */
export function panBy(range: SampleRange, part: number, totalSamples: number): SampleRange {
  const by = (range.to - range.from) * part;
  return clampRange({ from: range.from + by, to: range.to + by }, totalSamples);
}

/** A range on the way from one to another; `progress` 0 .. 1. Edges ease out, so the eye can follow. */
export function glide(from: SampleRange, to: SampleRange, progress: number): SampleRange {
  const eased = 1 - (1 - Math.min(1, Math.max(0, progress))) ** 3;
  return { from: from.from + (to.from - from.from) * eased, to: from.to + (to.to - from.to) * eased };
}

export function isWhole(range: SampleRange, totalSamples: number): boolean {
  return range.from <= 0 && range.to >= totalSamples;
}

/** Where to scroll so that a row of boxes can be seen with some of its callers above it and room for callees below. */
export function scrollToRow(depth: number, rowPx: number, scrollTop: number, viewPx: number): number {
  const top = depth * rowPx;
  const fits = top >= scrollTop && top + rowPx <= scrollTop + viewPx * 0.7;
  return fits ? scrollTop : Math.max(0, top - rowPx * 3);
}
