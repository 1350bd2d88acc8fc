import type { GroupBy } from './lens';
import type { FrameIndex } from './profile';

/** Which call tree is made of a profile's stacks. */
export interface TreeShape {
  readonly groupBy: GroupBy;
  /** `callees`: roots of the stacks on top, what they call below. `callers`: leaves on top, who called them below. */
  readonly direction: 'callees' | 'callers';
  /**
   * Only the stacks through this method, from its outermost occurrence on: what it calls below it, or who calls it. Null:
   * all stacks, whole.
   */
  readonly around: FrameIndex | null;
  /**
   * `weight`: heavier siblings first, every way to a method once. `time`: as recorded, left to right; only of whole stacks,
   * roots on top, and of profiles with a timeline.
   */
  readonly order: 'weight' | 'time';
}

/** What a flame graph shows first. */
export const wholeByLine: TreeShape = { groupBy: 'line', direction: 'callees', around: null, order: 'weight' };
