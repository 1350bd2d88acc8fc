/** Parameters as they arrive (the view's questions are passed on unread) into typed ones, or a clear refusal. */

import type { ComparedWidth } from '../profile/compareTrees';
import { exportFormats } from '../profile/exports/exportProfile';
import type { Lens } from '../profile/lens';
import type { PlanCaptureParams, RunnablesParams } from '../protocol/captureRequests';
import type { CompareParams, SetBaselineParams } from '../protocol/compareRequests';
import type { ReadJobLogParams } from '../protocol/jobLog';
import { readScaling } from '../protocol/readScaling';
import type {
  Baseline,
  CallersParams,
  ChooseMappingParams,
  CloseProfileParams,
  ExportParams,
  FileHeatParams,
  FindingsParams,
  FlameParams,
  HotLinesParams,
  HotTreeParams,
  LocateParams,
  MethodsParams,
  OpenProfileParams,
  RefinedParams,
  ResolveParams,
  RollUpParams,
  SearchParams,
  SetActiveParams,
  TreeRowsParams,
} from '../protocol/requests';
import { field, refused } from './params';
import { parseRefinement, parseTreeShape } from './parseRefinement';

export function parseOpenProfile(params: unknown): OpenProfileParams {
  return {
    uri: text(params, 'uri'),
    remembered: texts(params, 'remembered'),
    leftOut: addresses(params, 'leftOut'),
    baseline: baseline(params),
  };
}

export function parseCloseProfile(params: unknown): CloseProfileParams {
  return { uri: text(params, 'uri') };
}

export function parseSetActive(params: unknown): SetActiveParams {
  return { uri: field(params, 'uri') === null ? null : text(params, 'uri'), lens: lens(params) };
}

export function parseChooseMapping(params: unknown): ChooseMappingParams {
  return { uri: text(params, 'uri'), from: text(params, 'from'), to: text(params, 'to') };
}

export function parseSetBaseline(params: unknown): SetBaselineParams {
  return { uri: text(params, 'uri'), baseline: baseline(params) };
}

export function parseCompare(params: unknown): CompareParams {
  return { ...refinedParams(params), lens: lens(params) };
}

export function parseExport(params: unknown): ExportParams {
  const format = exportFormats.find((one) => one === field(params, 'format'));
  if (format === undefined) throw refused('format');
  const groupBy = field(params, 'groupBy');
  if (groupBy !== 'method' && groupBy !== 'line') throw refused('groupBy');
  return { ...refinedParams(params), format, groupBy, lens: lens(params) };
}

export function parseFlame(params: unknown): FlameParams {
  return {
    ...refinedParams(params),
    ...comparedShape(params),
    from: number(params, 'from'),
    to: field(params, 'to') === null ? null : number(params, 'to'),
    minSamples: number(params, 'minSamples'),
  };
}

export function parseTreeRows(params: unknown): TreeRowsParams {
  const part = field(params, 'part');
  if (part !== 'children' && part !== 'heaviest' && part !== 'path') throw refused('part');
  const shape = parseTreeShape(field(params, 'shape'));
  // Rows under a row are those of one way to a method, heaviest first.
  if (shape.order === 'time') throw refused('order');
  return { ...refinedParams(params), shape, node: number(params, 'node'), part };
}

export function parseHotLines(params: unknown): HotLinesParams {
  return { ...refinedParams(params), lens: lens(params), limit: number(params, 'limit') };
}

export function parseMethods(params: unknown): MethodsParams {
  return { ...refinedParams(params), lens: lens(params) };
}

export function parseRollUp(params: unknown): RollUpParams {
  const by = field(params, 'by');
  if (by !== 'file' && by !== 'package') throw refused('by');
  const only = field(params, 'package') === null ? null : text(params, 'package');
  return { ...refinedParams(params), lens: lens(params), by, package: only };
}

export function parseCallers(params: unknown): CallersParams {
  return { ...refinedParams(params), frame: number(params, 'frame') };
}

export function parseSearch(params: unknown): SearchParams {
  return {
    ...refinedParams(params),
    query: text(params, 'query'),
    ...comparedShape(params),
  };
}

export function parseLocate(params: unknown): LocateParams {
  return { uri: text(params, 'uri'), file: text(params, 'file'), line: number(params, 'line') };
}

export function parseFileHeat(params: unknown): FileHeatParams {
  return { uri: text(params, 'uri') };
}

export function parseFindings(params: unknown): FindingsParams {
  return { uri: text(params, 'uri') };
}

export function parseHotTree(params: unknown): HotTreeParams {
  const by = field(params, 'groupBy');
  if (by !== 'file' && by !== 'method') throw refused('groupBy');
  return { uri: text(params, 'uri'), lens: lens(params), groupBy: by };
}

export function parseResolve(params: unknown): ResolveParams {
  return { uri: text(params, 'uri'), line: number(params, 'line') };
}

export function parseReadJobLog(params: unknown): ReadJobLogParams {
  return { uri: text(params, 'uri') };
}

export function parsePlanCapture(params: unknown): PlanCaptureParams {
  const intent = field(params, 'intent');
  if (intent !== 'add' && intent !== 'remove') throw refused('intent');
  return { folder: text(params, 'folder'), intent };
}

export function parseRunnables(params: unknown): RunnablesParams {
  return { uri: text(params, 'uri') };
}

/** Two recordings have no order of time in common. */
function comparedShape(params: unknown): Pick<FlameParams, 'shape' | 'compared'> {
  const shape = parseTreeShape(field(params, 'shape'));
  const width = compared(params);
  if (width !== null && shape.order === 'time') throw refused('order');
  return { shape, compared: width };
}

function compared(params: unknown): ComparedWidth | null {
  const width = field(params, 'compared') ?? null;
  if (width !== null && width !== 'before' && width !== 'after' && width !== 'both') throw refused('compared');
  return width;
}

function baseline(params: unknown): Baseline | null {
  const value = field(params, 'baseline') ?? null;
  if (value === null) return null;
  const scaling = readScaling(field(value, 'scaling'));
  if (scaling === null) throw refused('scaling');
  return { uri: text(value, 'uri'), scaling };
}

function refinedParams(params: unknown): RefinedParams {
  return { uri: text(params, 'uri'), refinement: parseRefinement(field(params, 'refinement')) };
}

function text(params: unknown, key: string): string {
  const value = field(params, key);
  if (typeof value !== 'string') throw refused(key);
  return value;
}

function number(params: unknown, key: string): number {
  const value = field(params, key);
  if (typeof value !== 'number' || !Number.isFinite(value)) throw refused(key);
  return value;
}

function texts(params: unknown, key: string): Record<string, string> {
  const value = field(params, key);
  if (typeof value !== 'object' || value === null) throw refused(key);
  const found: Record<string, string> = {};
  for (const [name, entry] of Object.entries(value)) if (typeof entry === 'string') found[name] = entry;
  return found;
}

function addresses(params: unknown, key: string): readonly string[] {
  const value = field(params, key);
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) throw refused(key);
  return value;
}

function lens(params: unknown): Lens {
  const value = field(params, 'lens');
  if (value !== 'recorded' && value !== 'caller' && value !== 'mine') throw refused('lens');
  return value;
}
