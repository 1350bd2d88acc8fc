import type { Pattern } from './pattern';
import { relationEach } from './patterns/relationEach';

/** All patterns, by id. To add one: README.md beside this file. */
export const patterns: readonly Pattern[] = [relationEach];
