/**
 * What of a profile is looked at: filters in pprof's words, applied in order. `refineStacks` makes the profile they leave.
 *
 *   stack        A > B > C > D                 filter on C
 *   focus        A > B > C > D                 stacks that have C; the others go
 *   ignore       -                             stacks that have C go
 *   hide         A > B > D                     C goes, its own samples are B's
 *   show         C                             only C stays, with the samples of what it called
 *   foldRecursion  A > B > A > C  becomes  A > C: a method that is on the stack already stands there once, outermost
 */
import type { Origin } from './origin';
import type { FrameIndex, FrameKind } from './profile';

/** Which frames a filter means. */
export type FilterSubject =
  | { readonly by: 'frame'; readonly frame: FrameIndex }
  /** File as recorded. */
  | { readonly by: 'file'; readonly file: string }
  /** As `FrameFacts.package` names it. */
  | { readonly by: 'package'; readonly package: string }
  | { readonly by: 'origin'; readonly origin: Origin }
  | { readonly by: 'kind'; readonly kind: FrameKind }
  /** A search text: name or file has it, or matches the regular expression between slashes. */
  | { readonly by: 'text'; readonly text: string };

export type FilterKind = 'focus' | 'ignore' | 'hide' | 'show';

export type StackFilter =
  | { readonly kind: FilterKind; readonly of: FilterSubject }
  | { readonly kind: 'foldRecursion' };

/** Filters in the order in which they apply; none: the whole profile. */
export type Refinement = readonly StackFilter[];

/** What filters ask of a frame's file; both per StringIndex. */
export interface FrameFacts {
  /** An `Origin`. */
  readonly origin: Uint8Array;
  /** Whose code it is: `app`, a gem's name, `ruby` for core and standard library, `eval`, `gc`. */
  readonly package: readonly string[];
}
