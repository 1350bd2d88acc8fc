import { hasSource } from './boxSelection';
import { type MenuItem, openMenu } from './menu';
import { filterItems } from './selectionActions';
import type { Selection, SourcePlace } from './state';
import type { Store } from './store';
import type { ViewLinks } from './tab';

/** The menu of a box or a row, at a point of the page: where to go from it, and filters made of it. */
export function openSelectionMenu(
  store: Store,
  links: ViewLinks & { zoom(): void; copies(): readonly MenuItem[] },
  selection: Selection,
  x: number,
  y: number,
): void {
  const { tab, phase } = store.state;
  const source = selection.box ? selection.box.source : ownSource(selection);
  const go: MenuItem[] = [];
  if (source) {
    const label = source.ofCaller ? 'Open caller' : 'Open source';
    go.push({ label, key: 'O', act: () => links.openSource(source, 'go') });
  }
  if (tab === 'flame') go.push({ label: 'Zoom to box', key: 'Enter', act: () => links.zoom() });
  else if (selection.frame >= 0 || selection.line > 0)
    go.push({ label: 'Show in flame graph', key: 'F', act: () => links.showInFlame(selection) });
  const filterable = phase.kind === 'ready' && phase.summary.detail !== 'aggregate';
  if (filterable && selection.frame >= 0) {
    go.push({ label: 'Show in sandwich', key: 'S', act: () => links.showInSandwich(selection) });
  }
  openMenu(x, y, [go, links.copies(), ...(filterable ? filterItems(store, selection) : [])]);
}

function ownSource({ origin, file, line, definitionLine, place }: Selection): SourcePlace | null {
  return hasSource(origin, file) ? { file, line: line || definitionLine, place, ofCaller: false } : null;
}
