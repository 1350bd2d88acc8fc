/** Where a frame's code comes from; the flame graph's colours and the "my code" lens go by it. Values cross borders in Uint8Array columns. */
export const Origin = {
  /** A file of the workspace that is not a dependency. */
  Mine: 0,
  Gem: 1,
  Stdlib: 2,
  /** C functions and `<internal:`. */
  Core: 3,
  /** eval, `-e`, and files that belong to nothing known. */
  Other: 4,
  Gc: 5,
} as const;
export type Origin = (typeof Origin)[keyof typeof Origin];
