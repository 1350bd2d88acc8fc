/** The unit of a profile's weights and how samples become it. */
export interface Measure {
  /** Objects allocated; microseconds of wall or CPU time; or bare samples (custom). */
  readonly unit: 'objects' | 'microseconds' | 'samples';
  /** The whole profile in that unit. */
  readonly total: number;
  /** True when `total` is a count, not samples x interval. */
  readonly exact: boolean;
  /** Unit per sample; figures below the total are samples x this, hence estimates unless it is exactly 1. */
  readonly perSample: number;
}
