import type { ViewState } from '../src/protocol/webview';

/** What `getState` gave, checked: an older version of the view, or nobody, may have written it. Null when it does not fit. */
export function keptViewState(value: unknown): ViewState | null {
  if (!isRecord(value)) return null;
  const { tab, groupBy, scrollTop, query } = value;
  if (tab !== 'flame' && tab !== 'lines' && tab !== 'methods') return null;
  if (groupBy !== 'method' && groupBy !== 'line') return null;
  if (!isNumber(scrollTop) || typeof query !== 'string') return null;
  return { tab, groupBy, scrollTop, query, range: rangeOf(value.range), selected: selectedOf(value.selected) };
}

function rangeOf(value: unknown): ViewState['range'] {
  if (!isRecord(value) || !isNumber(value.from) || !isNumber(value.to)) return null;
  return { from: value.from, to: value.to };
}

function selectedOf(value: unknown): ViewState['selected'] {
  if (!isRecord(value) || !isNumber(value.frame) || !isNumber(value.line)) return null;
  return { frame: value.frame, line: value.line };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
