import type { Cause } from '../ruby/pattern';
import { patterns } from '../ruby/patternTable';
import { mallocArena } from './configuration/mallocArena';

/** All that findings can be about: the patterns of Ruby text, and what other files show. */
export const causes: readonly Cause[] = [...patterns, mallocArena];
