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
  workspace,
} from 'vscode';
import { type FindingFilter, type FindingGroup, type FindingGrouping, groupFindings } from '../protocol/groupFindings';
import { views } from '../protocol/ids';
import { type FindingRow, Findings } from '../protocol/requests';
import type { ProfileStore } from './profileStore';
import { isRubyDocument } from './rubyDocuments';
import type { ServerConnection } from './serverConnection';
import { TreeSelection, type ViewSelection } from './treeSelection';

/** An item of the Findings view. */
export type FindingNode = FindingGroupNode | FindingLineNode;

interface FindingGroupNode {
  readonly kind: 'findings';
  readonly group: FindingGroup;
  readonly lines: FindingLineNode[];
}

interface FindingLineNode {
  readonly kind: 'finding';
  readonly finding: FindingRow;
  readonly parent: FindingGroupNode;
}

/** The Findings view: what the active profile shows to have a known cause, by pattern or by file. */
export class FindingsView implements TreeDataProvider<FindingNode>, Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private filter: FindingFilter = 'all';
  private readonly subscriptions: Disposable[];
  private readonly selection: TreeSelection<FindingNode>;
  /** What the view shows, of which profile. */
  private shown: { readonly profile: string | null; readonly groups: readonly FindingGroupNode[] } = {
    profile: null,
    groups: [],
  };

  constructor(
    private readonly store: ProfileStore,
    private readonly server: ServerConnection,
    private grouping: FindingGrouping,
  ) {
    const view = window.createTreeView<FindingNode>(views.findings, { treeDataProvider: this, showCollapseAll: true });
    this.selection = new TreeSelection(view, (selection) => this.nodeOf(selection));
    this.subscriptions = [
      view,
      this.selection,
      this.changed,
      server.onHeatChanged(() => this.changed.fire()),
      store.onDidChange((change) => {
        if (change.kind === 'active' || change.kind === 'applied') this.changed.fire();
      }),
      // While somebody types the list stands still; diagnostics follow every key.
      workspace.onDidSaveTextDocument((document) => isRubyDocument(document) && this.changed.fire()),
      this.changed.event(() => {
        view.description = this.filter === 'all' ? '' : this.filter;
      }),
    ];
  }

  group(grouping: FindingGrouping): void {
    this.grouping = grouping;
    this.changed.fire();
  }

  show(filter: FindingFilter): void {
    this.filter = filter;
    this.changed.fire();
  }

  /** Selects the finding on the line that is selected in a profile view. */
  select(selection: ViewSelection): void {
    this.selection.select(selection);
  }

  /** The findings that the filter lets through; empty without an active profile. URIs as VS Code writes them. */
  async groups(grouping: FindingGrouping): Promise<readonly FindingGroup[]> {
    const summary = this.store.activeSummary();
    if (summary === null) return [];
    const { findings } = await this.server.request(Findings, { uri: summary.uri });
    const rows = findings.map((finding) => ({ ...finding, uri: Uri.parse(finding.uri).toString() }));
    return groupFindings(rows, grouping, this.filter);
  }

  async getChildren(parent?: FindingNode): Promise<FindingNode[]> {
    if (parent === undefined) {
      const groups = await this.groups(this.grouping).catch(() => []);
      this.shown = { profile: this.store.active, groups: groups.map(groupNode) };
      return [...this.shown.groups];
    }
    return parent.kind === 'findings' ? parent.lines : [];
  }

  getParent(node: FindingNode): FindingNode | undefined {
    return node.kind === 'finding' ? node.parent : undefined;
  }

  getTreeItem(node: FindingNode): TreeItem {
    return node.kind === 'findings' ? groupItem(node.group, this.grouping) : findingItem(node.finding, this.grouping);
  }

  private nodeOf({ profile, file, line }: ViewSelection): FindingNode | null {
    if (profile !== this.shown.profile) return null;
    const lines = this.shown.groups.flatMap((group) => group.lines);
    return lines.find(({ finding }) => finding.file === file && finding.recordedLine === line) ?? null;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function groupNode(group: FindingGroup): FindingGroupNode {
  const node: FindingGroupNode = { kind: 'findings', group, lines: [] };
  for (const finding of group.lines) node.lines.push({ kind: 'finding', finding, parent: node });
  return node;
}

function groupItem(group: FindingGroup, grouping: FindingGrouping): TreeItem {
  const item = new TreeItem(group.label, TreeItemCollapsibleState.Expanded);
  item.description = group.description;
  item.contextValue = 'findings';
  item.iconPath = grouping === 'file' ? ThemeIcon.File : new ThemeIcon('lightbulb');
  const [first] = group.lines;
  if (grouping === 'file' && first !== undefined) item.resourceUri = Uri.parse(first.uri);
  return item;
}

function findingItem(finding: FindingRow, grouping: FindingGrouping): TreeItem {
  const { id, place, line, character, safety, description } = finding;
  const at = `${place.slice(place.lastIndexOf('/') + 1)}:${line + 1}`;
  const item = new TreeItem(grouping === 'file' ? id : at, TreeItemCollapsibleState.None);
  item.description = `${description} · ${safety}`;
  item.tooltip = finding.tooltip;
  item.contextValue = 'finding';
  item.accessibilityInformation = { label: `${id}, ${at}, ${item.description}` };
  const options = { selection: new Range(line, character, line, character), preview: true };
  item.command = { command: 'vscode.open', title: 'Open Line', arguments: [Uri.parse(finding.uri), options] };
  return item;
}
