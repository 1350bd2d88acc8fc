import type { FlameData } from '../src/protocol/requests';

/** Stretches of samples at a depth, by start; equally long columns. */
export interface Gaps {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly depth: Uint16Array;
}

export const noGaps: Gaps = { from: new Float64Array(0), to: new Float64Array(0), depth: new Uint16Array(0) };

/**
 * In the order of time, own samples of a box and calls too narrow to be here both leave space between its children. The
 * space counts as calls where these are the larger part of it, per box. Only inside of the samples that were asked for:
 * own samples of a box that leads out of them are taken to be spread evenly.
 */
export function gapsOf(data: FlameData, cover: { readonly from: number; readonly to: number }): Gaps {
  const { length, start, total, self, depth, parent, totalSamples } = data;
  const right = (row: number): number => start[row]! + total[row]!;
  const inside = (row: number): number =>
    Math.max(0, Math.min(right(row), cover.to) - Math.max(start[row]!, cover.from));
  /** Samples below each box, and (the last entry) of the picture, that no box stands for. */
  const space = new Float64Array(length + 1);
  space[length] = Math.min(totalSamples, cover.to) - cover.from;
  for (let row = 0; row < length; row++) {
    space[row]! += inside(row);
    space[parent[row]! < 0 ? length : parent[row]!]! -= inside(row);
  }
  const ofCalls = (row: number): boolean => {
    const own = row === length ? 0 : self[row]! * (inside(row) / total[row]!);
    return space[row]! > 2 * own;
  };
  const found: { from: number; to: number; depth: number }[] = [];
  /** Where the last child so far ends, of each box and of the picture. */
  const end = new Float64Array(length + 1);
  end.set(start);
  const fill = (above: number, until: number, level: number): void => {
    const from = Math.max(end[above]!, cover.from);
    const to = Math.min(until, cover.to);
    if (to > from && ofCalls(above)) found.push({ from, to, depth: level });
    end[above] = Math.max(end[above]!, until);
  };
  for (let row = 0; row < length; row++) {
    const above = parent[row]! < 0 ? length : parent[row]!;
    fill(above, start[row]!, depth[row]!);
    end[above] = right(row);
  }
  for (let row = 0; row < length; row++) fill(row, right(row), depth[row]! + 1);
  fill(length, totalSamples, 0);
  found.sort((a, b) => a.from - b.from);
  return {
    from: Float64Array.from(found, (gap) => gap.from),
    to: Float64Array.from(found, (gap) => gap.to),
    depth: Uint16Array.from(found, (gap) => gap.depth),
  };
}
