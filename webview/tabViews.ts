import type { ViewTab } from '../src/protocol/webview';
import { type CompareLinks, CompareView } from './compareView';
import { FilesView } from './filesView';
import { FindingsView } from './findingsView';
import { LinesView } from './linesView';
import { MethodsView } from './methodsView';
import type { Store } from './store';
import type { TabView, ViewLinks } from './tab';

export interface TabRow {
  readonly tab: ViewTab;
  readonly title: string;
  readonly view: TabView;
}

/** The tabs from left to right; those that ask for more as they are looked at are made with the host in `app.ts`. */
export function tabViews(
  flame: TabView,
  sandwich: TabView,
  tree: TabView,
  store: Store,
  links: ViewLinks,
  compare: CompareLinks,
): readonly TabRow[] {
  return [
    { tab: 'flame', title: 'Flame graph', view: flame },
    { tab: 'sandwich', title: 'Sandwich', view: sandwich },
    { tab: 'tree', title: 'Call tree', view: tree },
    { tab: 'lines', title: 'Hot lines', view: new LinesView(store, links) },
    { tab: 'methods', title: 'Methods', view: new MethodsView(store, links) },
    { tab: 'files', title: 'Files & gems', view: new FilesView(store, links) },
    { tab: 'findings', title: 'Findings', view: new FindingsView(store, links) },
    { tab: 'compare', title: 'Compare', view: new CompareView(store, links, compare) },
  ];
}
