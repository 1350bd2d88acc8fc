/** Changes below these parts of the whole count as 0, 1 and 2; above as 3. */
export const CHANGE_LIMITS = [0.002, 0.01, 0.05] as const;

/** -3 (much less) .. 3 (much more) for a change of samples out of `base`. */
export function changeLevel(delta: number, base: number): number {
  const share = base > 0 ? Math.abs(delta) / base : 0;
  const size = CHANGE_LIMITS.filter((limit) => share >= limit).length;
  return delta < 0 ? 0 - size : size;
}
