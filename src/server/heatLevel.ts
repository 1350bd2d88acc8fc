import type { HeatLine } from '../protocol/requests';

/** Own share from which a line has level 0 .. 4: below the first it is not lit, at ten percent nothing can be hotter. */
export const LEVEL_SHARES: readonly number[] = [0.003, 0.01, 0.02, 0.05, 0.1];

/** Share beneath from which a line that has little of its own is shown, at the coolest level: it is on the way to the heat. */
export const THROUGH_SHARE = 0.05;

/** How hot a line is by its own share under the lens; null when there is nothing to show. Shares are 0 .. 1. */
export function heatLevel(ownShare: number, throughShare: number): Exclude<HeatLine['level'], -1> | null {
  if (ownShare >= LEVEL_SHARES[4]!) return 4;
  if (ownShare >= LEVEL_SHARES[3]!) return 3;
  if (ownShare >= LEVEL_SHARES[2]!) return 2;
  if (ownShare >= LEVEL_SHARES[1]!) return 1;
  if (ownShare >= LEVEL_SHARES[0]! || throughShare >= THROUGH_SHARE) return 0;
  return null;
}
