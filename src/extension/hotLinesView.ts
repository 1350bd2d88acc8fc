import {
  type Disposable,
  EventEmitter,
  Range,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
} from 'vscode';
import { type RevealTarget, views } from '../protocol/ids';
import { HotTree, type HotTreeGroup, type HotTreeLine } from '../protocol/requests';
import type { Grouping } from './memory';
import type { ProfileStore } from './profileStore';
import type { ServerConnection } from './serverConnection';
import { TreeSelection, type ViewSelection } from './treeSelection';

/** Code longer than this is cut, so that its figures can be seen beside it; the tooltip has all of it. */
const longestCode = 24;

/** An item of the Hot Lines view. */
export type HotNode = HotGroupNode | HotLineNode;

interface HotGroupNode {
  readonly kind: 'group';
  readonly group: HotTreeGroup;
  readonly profile: string;
  readonly lines: HotLineNode[];
}

interface HotLineNode {
  readonly kind: 'line';
  readonly line: HotTreeLine;
  readonly profile: string;
  readonly parent: HotGroupNode;
}

/** The Hot Lines view: the active profile's hot lines in this workspace, by file or by method. */
export class HotLinesView implements TreeDataProvider<HotNode>, Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly subscriptions: Disposable[];
  private readonly selection: TreeSelection<HotNode>;
  /** What the view shows. */
  private shown: readonly HotGroupNode[] = [];

  constructor(
    private readonly store: ProfileStore,
    private readonly server: ServerConnection,
    private grouping: Grouping,
  ) {
    const view = window.createTreeView<HotNode>(views.hotLines, { treeDataProvider: this, showCollapseAll: true });
    this.selection = new TreeSelection(view, (selection) => this.nodeOf(selection));
    this.subscriptions = [
      view,
      this.selection,
      this.changed,
      server.onHeatChanged(() => this.changed.fire()),
      store.onDidChange((change) => {
        if (change.kind === 'active' || change.kind === 'applied') this.changed.fire();
        view.description = store.activeSummary()?.name ?? '';
      }),
    ];
  }

  group(grouping: Grouping): void {
    this.grouping = grouping;
    this.changed.fire();
  }

  /** Selects the line that is selected in a profile view. */
  select(selection: ViewSelection): void {
    this.selection.select(selection);
  }

  /** The active profile's hot lines; empty without an active profile. URIs as VS Code writes them. */
  async groups(grouping: Grouping): Promise<readonly HotTreeGroup[]> {
    const uri = this.store.activeSummary() === null ? null : this.store.active;
    if (uri === null) return [];
    const { groups } = await this.server.request(HotTree, { uri, lens: this.store.lens, groupBy: grouping });
    return groups.map((group) => ({
      ...group,
      lines: group.lines.map((line) => ({ ...line, uri: Uri.parse(line.uri).toString() })),
    }));
  }

  async getChildren(parent?: HotNode): Promise<HotNode[]> {
    const profile = this.store.active;
    if (profile === null) return [];
    if (parent === undefined) {
      const groups = await this.groups(this.grouping).catch(() => []);
      this.shown = groups.map((group) => groupNode(group, profile));
      return [...this.shown];
    }
    return parent.kind === 'group' ? parent.lines : [];
  }

  getParent(node: HotNode): HotNode | undefined {
    return node.kind === 'line' ? node.parent : undefined;
  }

  getTreeItem(node: HotNode): TreeItem {
    return node.kind === 'group' ? groupItem(node.group, this.grouping) : lineItem(node.line);
  }

  private nodeOf({ profile, file, line }: ViewSelection): HotNode | null {
    const lines = this.shown.filter((group) => group.profile === profile).flatMap((group) => group.lines);
    return lines.find((node) => node.line.file === file && node.line.recordedLine === line) ?? null;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function groupNode(group: HotTreeGroup, profile: string): HotGroupNode {
  const node: HotGroupNode = { kind: 'group', group, profile, lines: [] };
  for (const line of group.lines) node.lines.push({ kind: 'line', line, profile, parent: node });
  return node;
}

/** The place in the profile that a line of the view stands for. */
export function targetOf(node: HotNode): RevealTarget | null {
  return node.kind === 'line' ? { profile: node.profile, file: node.line.file, line: node.line.recordedLine } : null;
}

function groupItem(group: HotTreeGroup, grouping: Grouping): TreeItem {
  const item = new TreeItem(group.label, TreeItemCollapsibleState.Expanded);
  item.description = group.description;
  item.tooltip = group.tooltip;
  item.contextValue = 'group';
  item.accessibilityInformation = { label: `${group.label}, ${group.description}` };
  if (grouping === 'method') {
    item.iconPath = new ThemeIcon('symbol-method');
  } else {
    // The figure stays in sight in a narrow side bar: the file's name, the figure, then its folder.
    const slash = group.label.lastIndexOf('/');
    item.label = group.label.slice(slash + 1);
    if (slash > 0) item.description = `${group.description} · ${group.label.slice(0, slash)}`;
    if (group.uri !== null) {
      item.iconPath = ThemeIcon.File;
      item.resourceUri = Uri.parse(group.uri);
    }
  }
  return item;
}

function lineItem(line: HotTreeLine): TreeItem {
  const item = new TreeItem(shortened(line.label), TreeItemCollapsibleState.None);
  item.description = line.description;
  item.tooltip = line.tooltip;
  item.contextValue = 'line';
  item.accessibilityInformation = { label: `${line.description}, ${line.label}` };
  const options = { selection: new Range(line.line, 0, line.line, 0), preview: true };
  item.command = { command: 'vscode.open', title: 'Open Line', arguments: [Uri.parse(line.uri), options] };
  return item;
}

function shortened(code: string): string {
  return code.length <= longestCode ? code : `${code.slice(0, longestCode - 1).trimEnd()}…`;
}
