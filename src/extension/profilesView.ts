import {
  type Disposable,
  EventEmitter,
  env,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
} from 'vscode';
import { assertNever } from '../profile/assertNever';
import { commands, views } from '../protocol/ids';
import type { ProfileEntry, ProfileStore } from './profileStore';
import { fullTotal, progressText, samplingText, shortTotal } from './summaryText';

/** The Profiles view: every open profile, the active one marked. Its items are `ProfileEntry`s. */
export function showProfiles(store: ProfileStore): Disposable {
  const changed = new EventEmitter<void>();
  const provider: TreeDataProvider<ProfileEntry> = {
    onDidChangeTreeData: changed.event,
    getChildren: (parent) => (parent === undefined ? [...store.all()] : []),
    getTreeItem: (entry) => itemOf(entry, store.active === entry.uri),
  };
  const view = window.createTreeView(views.profiles, { treeDataProvider: provider });
  const subscription = store.onDidChange(() => changed.fire());
  return {
    dispose: () => {
      subscription.dispose();
      view.dispose();
      changed.dispose();
    },
  };
}

function itemOf(entry: ProfileEntry, active: boolean): TreeItem {
  const item = new TreeItem(entry.name, TreeItemCollapsibleState.None);
  item.id = entry.uri;
  item.contextValue = active ? `${entry.state}.active` : entry.state;
  item.command = { command: commands.showProfile, title: 'Show Profile', arguments: [entry.uri] };
  const path = Uri.parse(entry.uri).fsPath;
  switch (entry.state) {
    case 'loading':
      item.iconPath = new ThemeIcon('loading~spin');
      item.description = progressText(entry.progress);
      item.tooltip = path;
      break;
    case 'failed':
      item.iconPath = new ThemeIcon('error');
      item.description = entry.error.reason === 'cancelled' ? 'cancelled' : 'cannot be shown';
      item.tooltip = `${path}\n${entry.error.message}`;
      break;
    case 'ready': {
      const { summary } = entry;
      item.iconPath = new ThemeIcon(active ? 'flame' : 'graph');
      item.description = `${shortTotal(summary, env.language)}${active ? ' · shown in editors' : ''}`;
      item.tooltip = [path, fullTotal(summary, env.language), samplingText(summary, env.language)].join('\n');
      break;
    }
    default:
      assertNever(entry);
  }
  item.accessibilityInformation = { label: `${entry.name}, ${item.description}` };
  return item;
}
