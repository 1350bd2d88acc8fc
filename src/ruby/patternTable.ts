import type { Pattern } from './pattern';
import { arDupPerRow } from './patterns/arDupPerRow';
import { arrayKeyPerRow } from './patterns/arrayKeyPerRow';
import { arrayPlusInLoop } from './patterns/arrayPlusInLoop';
import { associationGrows } from './patterns/associationGrows';
import { associationReload } from './patterns/associationReload';
import { attributesIndex } from './patterns/attributesIndex';
import { attributesSliceBulkWrite } from './patterns/attributesSliceBulkWrite';
import { bigdecimalRoundPerStep } from './patterns/bigdecimalRoundPerStep';
import { bigdecimalToS } from './patterns/bigdecimalToS';
import { callerFirst } from './patterns/callerFirst';
import { charsEach } from './patterns/charsEach';
import { charsSize } from './patterns/charsSize';
import { constantConstruct } from './patterns/constantConstruct';
import { createPerRow } from './patterns/createPerRow';
import { csvReadEach } from './patterns/csvReadEach';
import { csvReadVariable } from './patterns/csvReadVariable';
import { fetchDefaultLiteral } from './patterns/fetchDefaultLiteral';
import { fileReadLines } from './patterns/fileReadLines';
import { findEachQueryCache } from './patterns/findEachQueryCache';
import { findInLoop } from './patterns/findInLoop';
import { freshArrayBang } from './patterns/freshArrayBang';
import { freshHashMerge } from './patterns/freshHashMerge';
import { groupByCount } from './patterns/groupByCount';
import { gsubTr } from './patterns/gsubTr';
import { hashTransformValues } from './patterns/hashTransformValues';
import { interpolatedRegexpInLoop } from './patterns/interpolatedRegexpInLoop';
import { jobLoadsEverything } from './patterns/jobLoadsEverything';
import { jsonSymbolize } from './patterns/jsonSymbolize';
import { keyConversionPerRow } from './patterns/keyConversionPerRow';
import { keysEach } from './patterns/keysEach';
import { keysInclude } from './patterns/keysInclude';
import { keysSize } from './patterns/keysSize';
import { lazyFirst } from './patterns/lazyFirst';
import { literalInLoop } from './patterns/literalInLoop';
import { loggerEagerMessage } from './patterns/loggerEagerMessage';
import { mapBangReassign } from './patterns/mapBangReassign';
import { mapCompact } from './patterns/mapCompact';
import { mapFlatten } from './patterns/mapFlatten';
import { mapInclude } from './patterns/mapInclude';
import { mapSum } from './patterns/mapSum';
import { mapToH } from './patterns/mapToH';
import { matchPredicate } from './patterns/matchPredicate';
import { memoryKiller } from './patterns/memoryKiller';
import { mergeInLoop } from './patterns/mergeInLoop';
import { methodObjectBlock } from './patterns/methodObjectBlock';
import { modelNewPerRow } from './patterns/modelNewPerRow';
import { nPlusOne } from './patterns/nPlusOne';
import { openstructPerRow } from './patterns/openstructPerRow';
import { parseDateInLoop } from './patterns/parseDateInLoop';
import { pluckInWhere } from './patterns/pluckInWhere';
import { quadraticFilter } from './patterns/quadraticFilter';
import { rangeToA } from './patterns/rangeToA';
import { readlinesEach } from './patterns/readlinesEach';
import { reduceCopy } from './patterns/reduceCopy';
import { redundantDup } from './patterns/redundantDup';
import { relationCount } from './patterns/relationCount';
import { relationEach } from './patterns/relationEach';
import { relationEmptiness } from './patterns/relationEmptiness';
import { relationFilterInRuby } from './patterns/relationFilterInRuby';
import { relationPluck } from './patterns/relationPluck';
import { relationSum } from './patterns/relationSum';
import { rescueConversion } from './patterns/rescueConversion';
import { reverseEach } from './patterns/reverseEach';
import { roundInterval } from './patterns/roundInterval';
import { selectAny } from './patterns/selectAny';
import { selectCount } from './patterns/selectCount';
import { selectFirst } from './patterns/selectFirst';
import { selectMap } from './patterns/selectMap';
import { sidekiqReliableFetch } from './patterns/sidekiqReliableFetch';
import { sortedEnds } from './patterns/sortedEnds';
import { sortFirst } from './patterns/sortFirst';
import { splitFirst } from './patterns/splitFirst';
import { stackprofGroup } from './patterns/stackprofGroup';
import { stringLiteralInLoop } from './patterns/stringLiteralInLoop';
import { stringPlusInLoop } from './patterns/stringPlusInLoop';
import { updatePerRow } from './patterns/updatePerRow';
import { upsertUnbatched } from './patterns/upsertUnbatched';

/** All patterns, by id. To add one: README.md beside this file. */
export const patterns: readonly Pattern[] = [
  arDupPerRow,
  arrayKeyPerRow,
  arrayPlusInLoop,
  associationGrows,
  associationReload,
  attributesIndex,
  attributesSliceBulkWrite,
  bigdecimalRoundPerStep,
  bigdecimalToS,
  callerFirst,
  charsEach,
  charsSize,
  constantConstruct,
  createPerRow,
  csvReadEach,
  csvReadVariable,
  fetchDefaultLiteral,
  fileReadLines,
  findEachQueryCache,
  findInLoop,
  freshArrayBang,
  freshHashMerge,
  groupByCount,
  gsubTr,
  hashTransformValues,
  interpolatedRegexpInLoop,
  jobLoadsEverything,
  jsonSymbolize,
  keyConversionPerRow,
  keysEach,
  keysInclude,
  keysSize,
  lazyFirst,
  literalInLoop,
  loggerEagerMessage,
  mapBangReassign,
  mapCompact,
  mapFlatten,
  mapInclude,
  mapSum,
  mapToH,
  matchPredicate,
  memoryKiller,
  mergeInLoop,
  methodObjectBlock,
  modelNewPerRow,
  nPlusOne,
  openstructPerRow,
  parseDateInLoop,
  pluckInWhere,
  quadraticFilter,
  rangeToA,
  readlinesEach,
  reduceCopy,
  redundantDup,
  relationCount,
  relationEach,
  relationEmptiness,
  relationFilterInRuby,
  relationPluck,
  relationSum,
  rescueConversion,
  reverseEach,
  roundInterval,
  selectAny,
  selectCount,
  selectFirst,
  selectMap,
  sidekiqReliableFetch,
  sortedEnds,
  sortFirst,
  splitFirst,
  stackprofGroup,
  stringLiteralInLoop,
  stringPlusInLoop,
  updatePerRow,
  upsertUnbatched,
];
