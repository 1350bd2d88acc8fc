import type { ViewTab } from '../src/protocol/webview';
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

/** The tabs from left to right; the flame graph is the one that the rest of the view knows by name. */
export function tabViews(flame: TabView, store: Store, links: ViewLinks): readonly TabRow[] {
  return [
    { tab: 'flame', title: 'Flame graph', view: flame },
    { tab: 'lines', title: 'Hot lines', view: new LinesView(store, links) },
    { tab: 'methods', title: 'Methods', view: new MethodsView(store, links) },
    { tab: 'findings', title: 'Findings', view: new FindingsView(store, links) },
  ];
}
