import { findingFilters, findingGroupings } from '../src/protocol/groupFindings';
import { type MethodPlace, type ViewState, viewTabs } from '../src/protocol/webview';
import { comparedWidths } from './changes';
import { colourings } from './colouring';
import { keptFilters } from './viewFilters';

/** What `getState` gave, checked: an older version of the view, or nobody, may have written it. Null when it does not fit. */
export function keptViewState(value: unknown): ViewState | null {
  if (!isRecord(value)) return null;
  const { groupBy, scrollTop, query } = value;
  const tab = viewTabs.find((known) => known === value.tab);
  if (tab === undefined) return null;
  if (groupBy !== 'method' && groupBy !== 'line') return null;
  if (!isNumber(scrollTop) || typeof query !== 'string') return null;
  return {
    tab,
    refinement: keptFilters(value.refinement),
    groupBy,
    direction: value.direction === 'callers' ? 'callers' : 'callees',
    order: value.order === 'time' && value.direction !== 'callers' ? 'time' : 'weight',
    rootsAt: value.rootsAt === 'bottom' ? 'bottom' : 'top',
    colourBy: colourings.find((known) => known === value.colourBy) ?? 'origin',
    scrollTop,
    query,
    compared: value.compared === null ? null : (comparedWidths.find((known) => known === value.compared) ?? 'after'),
    findingGrouping: findingGroupings.find((known) => known === value.findingGrouping) ?? 'pattern',
    findingFilter: findingFilters.find((known) => known === value.findingFilter) ?? 'all',
    range: rangeOf(value.range),
    selected: selectedOf(value.selected),
    middle: methodOf(value.middle),
  };
}

function rangeOf(value: unknown): ViewState['range'] {
  if (!isRecord(value) || !isNumber(value.from) || !isNumber(value.to)) return null;
  return { from: value.from, to: value.to };
}

function selectedOf(value: unknown): ViewState['selected'] {
  if (!isRecord(value) || !isNumber(value.frame) || !isNumber(value.line)) return null;
  return { frame: value.frame, line: value.line };
}

function methodOf(value: unknown): MethodPlace | null {
  if (!isRecord(value)) return null;
  const { frame, name, file, place, definitionLine, origin } = value;
  if (!isNumber(frame) || !isNumber(definitionLine) || !isNumber(origin)) return null;
  if (typeof name !== 'string' || typeof file !== 'string' || typeof place !== 'string') return null;
  return { frame, name, file, place, definitionLine, origin };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
