import type { Pattern } from './pattern';
import { arDupPerRow } from './patterns/arDupPerRow';
import { attributesSliceBulkWrite } from './patterns/attributesSliceBulkWrite';
import { keysEach } from './patterns/keysEach';
import { loggerEagerMessage } from './patterns/loggerEagerMessage';
import { mergeInLoop } from './patterns/mergeInLoop';
import { relationEach } from './patterns/relationEach';
import { selectFirst } from './patterns/selectFirst';

/** All patterns, by id. To add one: README.md beside this file. */
export const patterns: readonly Pattern[] = [
  arDupPerRow,
  attributesSliceBulkWrite,
  keysEach,
  loggerEagerMessage,
  mergeInLoop,
  relationEach,
  selectFirst,
];
