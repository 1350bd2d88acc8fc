/** The value at a share of the sorted values by nearest rank; NaN of none. `sorted`: ascending. */
export function nearestRank(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/** By nearest rank, so that it is a value that was there; NaN of none. */
export function medianOf(values: ArrayLike<number>): number {
  return nearestRank(Float64Array.from(values).sort(), 0.5);
}

/** The narrowest interval with more than half of the values: where they cluster, whatever the others do. */
export function narrowestHalf(values: ArrayLike<number>): { readonly centre: number; readonly width: number } {
  const sorted = Float64Array.from(values).sort();
  const size = (sorted.length >> 1) + 1;
  let best = 0;
  for (let at = 1; at + size <= sorted.length; at++) {
    if (sorted[at + size - 1]! - sorted[at]! < sorted[best + size - 1]! - sorted[best]!) best = at;
  }
  const half = sorted.subarray(best, best + size);
  return { centre: nearestRank(half, 0.5), width: half[half.length - 1]! - half[0]! };
}

/** How likely at least `hits` of `tries` fair coins show heads. */
export function fairChance(hits: number, tries: number): number {
  if (tries > 500) {
    const z = (hits - 0.5 - tries / 2) / Math.sqrt(tries / 4);
    return upperTail(z);
  }
  let term = 2 ** -tries;
  let sum = 0;
  for (let heads = 0; heads <= tries; heads++) {
    if (heads >= hits) sum += term;
    term *= (tries - heads) / (heads + 1);
  }
  return Math.min(1, sum);
}

/** Median of the slopes between all pairs of points: what single outliers cannot turn (Theil and Sen). At most a few hundred points. */
export function medianSlope(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const slopes: number[] = [];
  for (let a = 0; a < x.length; a++) {
    for (let b = a + 1; b < x.length; b++) if (x[b]! > x[a]!) slopes.push((y[b]! - y[a]!) / (x[b]! - x[a]!));
  }
  return slopes.length === 0 ? Number.NaN : medianOf(slopes);
}

/** Share of pairs that rise less that of pairs that fall: 1 for a series that only rises (Kendall's tau). */
export function risingPairs(y: ArrayLike<number>): number {
  let rises = 0;
  let pairs = 0;
  for (let a = 0; a < y.length; a++) {
    for (let b = a + 1; b < y.length; b++) {
      rises += Math.sign(y[b]! - y[a]!);
      pairs++;
    }
  }
  return pairs === 0 ? 0 : rises / pairs;
}

/** Of the normal distribution (Abramowitz and Stegun 26.2.17), good to 1e-7. */
function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
}
